import type {
  handleBidiStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  ServiceDefinition,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { decoder, encoder, type MessageType } from "./codec.js";

type Handle<Request, Response> =
  | handleUnaryCall<Request, Response>
  | handleServerStreamingCall<Request, Response>
  | handleBidiStreamingCall<Request, Response>;

/** A method's messages and its handler. */
export interface Method<Request = unknown, Response = unknown> {
  readonly request: MessageType<Request>;
  readonly response: MessageType<Response>;
  readonly handle: Handle<Request, Response>;
}

/** A service as it is registered at a grpc-js server. */
export interface Service {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
}

/** Puts a handler together with its messages. */
export const method = <Request, Response>(
  request: MessageType<Request>,
  response: MessageType<Response>,
  handle: Handle<Request, Response>,
): Method => ({ request, response, handle }) as unknown as Method;

/** Makes a service of a generated definition: every method of it, with this server's own decoder and encoder. */
export const service = <Definition extends ServiceDefinition>(
  definition: Definition,
  methods: { readonly [Name in keyof Definition]: Method },
  maxRequestBytes: number,
): Service => {
  const coded = Object.entries(definition).map(([name, generated]) => {
    const { request, response } = methods[name] as Method;
    return [
      name,
      { ...generated, requestDeserialize: decoder(request, maxRequestBytes), responseSerialize: encoder(response) },
    ];
  });
  const implementation = Object.entries(methods).map(([name, { handle }]) => [name, handle]);
  return {
    definition: Object.fromEntries(coded) as ServiceDefinition,
    implementation: Object.fromEntries(implementation) as UntypedServiceImplementation,
  };
};
