import { createRequire } from "node:module";
import { Server, type ServiceDefinition, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { afterAll } from "vitest";
import { flushOutput, noteSecret } from "./output.js";

/** The fields of messages that hold secrets. */
const secretFields: Readonly<Record<string, string>> = {
  password: "password",
  hash: "password hash",
  secret: "API key",
};

/** A hash of some formats is a list of parameters, a salt and a hash. */
const partsOf = (hash: string): string[] => [hash, ...hash.split(/[$,=}]/).filter((part) => part.length >= 20)];

const noteIn = (message: unknown): void => {
  if (Array.isArray(message)) for (const each of message) noteIn(each);
  else if (typeof message === "object" && message !== null && !ArrayBuffer.isView(message)) {
    for (const [field, value] of Object.entries(message)) {
      const kind = secretFields[field];
      if (typeof value === "object") noteIn(value);
      else if (kind !== undefined && typeof value === "string") {
        for (const text of partsOf(value)) noteSecret({ kind, text });
      }
    }
  }
};

const noting = <A extends unknown[], B>(convert: (...given: A) => B): ((...given: A) => B) => {
  return (...given) => {
    const made = convert(...given);
    for (const each of [...given, made]) noteIn(each);
    return made;
  };
};

// Every message of every client and every server of the tests, so that no test has to tell which secrets it uses.
const clientCalls = createRequire(import.meta.url)("@grpc/grpc-js/build/src/client-interceptors.js");
const { getInterceptingCall } = clientCalls;
clientCalls.getInterceptingCall = (interceptors: unknown, method: any, ...rest: unknown[]) => {
  const conversions = {
    requestSerialize: noting(method.requestSerialize),
    responseDeserialize: noting(method.responseDeserialize),
  };
  return getInterceptingCall(interceptors, { ...method, ...conversions }, ...rest);
};

const addService = Server.prototype.addService;
Server.prototype.addService = function addNotedService(
  definition: ServiceDefinition,
  implementation: UntypedServiceImplementation,
): void {
  const noted = Object.entries(definition).map(([name, method]) => {
    const { requestDeserialize, responseSerialize } = method;
    const conversions = {
      requestDeserialize: noting(requestDeserialize),
      responseSerialize: noting(responseSerialize),
    };
    return [name, { ...method, ...conversions }];
  });
  addService.call(this, Object.fromEntries(noted), implementation);
};

afterAll(flushOutput);
