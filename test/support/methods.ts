import { readFileSync } from "node:fs";
import { createFileRegistry, type DescMessage, type DescMethod, fromBinary, getOption } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { type Client, type ClientReadableStream, Metadata, type ServiceError } from "@grpc/grpc-js";

const set = fromBinary(FileDescriptorSetSchema, readFileSync(new URL("../../gen/descriptors.binpb", import.meta.url)));
const registry = createFileRegistry({ ...set, file: [...new Map(set.file.map((file) => [file.name, file])).values()] });
const scopeOption = registry.getExtension("roster.v1.scope");

/** A method of a service that the server offers, as its descriptor has it. */
export interface ServedMethod {
  readonly path: string;
  readonly kind: DescMethod["methodKind"];
  readonly request: DescMessage;
  /** What the option of the method states; empty without one. */
  readonly scope: string;
}

/** Every method of every service in the descriptors. */
export const servedMethods: readonly ServedMethod[] = [...registry]
  .flatMap((type) => (type.kind === "service" ? type.methods : []))
  .map((method) => ({
    path: `/${method.parent.typeName}/${method.name}`,
    kind: method.methodKind,
    request: method.input,
    scope: scopeOption === undefined ? "" : String(getOption(method, scopeOption)),
  }));

const asIs = (bytes: Buffer): Buffer => bytes;

/** Calls any method with an empty message; undefined once there is an answer, or else the error. */
export const callEmpty = (
  client: Client,
  method: Pick<ServedMethod, "path" | "kind">,
  authorization?: string,
): Promise<ServiceError | undefined> => callWith(client, method, Buffer.alloc(0), authorization);

/** The same with a message of these bytes. */
export const callWith = (
  client: Client,
  { path, kind }: Pick<ServedMethod, "path" | "kind">,
  message: Buffer,
  authorization?: string,
): Promise<ServiceError | undefined> =>
  new Promise((resolve) => {
    const metadata = new Metadata();
    if (authorization !== undefined) metadata.set("authorization", authorization);
    const options = { deadline: Date.now() + 10_000 };
    if (kind === "unary") {
      client.makeUnaryRequest(path, asIs, asIs, message, metadata, options, (error) => resolve(error ?? undefined));
      return;
    }
    let stream: ClientReadableStream<Buffer>;
    if (kind === "server_streaming") {
      stream = client.makeServerStreamRequest(path, asIs, asIs, message, metadata, options);
    } else {
      const duplex = client.makeBidiStreamRequest(path, asIs, asIs, metadata, options);
      duplex.write(message);
      duplex.end();
      stream = duplex;
    }
    stream.on("error", (error) => resolve(error as ServiceError));
    stream.on("end", () => resolve(undefined));
    stream.on("data", () => {
      resolve(undefined);
      stream.cancel();
    });
  });
