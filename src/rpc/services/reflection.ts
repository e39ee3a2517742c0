import { readFileSync } from "node:fs";
import { createFileRegistry, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { status } from "@grpc/grpc-js";
import * as v1 from "../../../gen/ts/grpc/reflection/v1/reflection.js";
import type { Adapter } from "../adapter.js";
import { type Method, method } from "../service.js";

type Answer = v1.ServerReflectionResponse["messageResponse"];

const loadDescriptors = () => {
  const bytes = readFileSync(new URL("../../../gen/descriptors.binpb", import.meta.url));
  const set = fromBinary(FileDescriptorSetSchema, bytes);
  const files = new Map(set.file.map((file) => [file.name, file]));
  return { files, registry: createFileRegistry({ ...set, file: [...files.values()] }) };
};

/** The full name of everything that a file declares. */
const symbolsOf = (file: FileDescriptorProto): string[] => {
  const names: string[] = [];
  const add = (scope: string, { name }: { name: string }): string => {
    const fullName = scope === "" ? name : `${scope}.${name}`;
    names.push(fullName);
    return fullName;
  };
  const addEnum = (scope: string, type: EnumDescriptorProto) => {
    add(scope, type);
    // The values of an enum stand beside it, not in it.
    for (const value of type.value) add(scope, value);
  };
  const addMessage = (scope: string, type: DescriptorProto) => {
    const inside = add(scope, type);
    for (const member of [...type.field, ...type.oneofDecl, ...type.extension]) add(inside, member);
    for (const nested of type.enumType) addEnum(inside, nested);
    for (const nested of type.nestedType) addMessage(inside, nested);
  };
  for (const type of file.messageType) addMessage(file.package, type);
  for (const type of file.enumType) addEnum(file.package, type);
  for (const extension of file.extension) add(file.package, extension);
  for (const service of file.service) {
    const inside = add(file.package, service);
    for (const method of service.method) add(inside, method);
  }
  return names;
};

/**
 * Server reflection, `grpc.reflection.v1` (and v1alpha, which has the same messages), after
 * https://github.com/grpc/grpc/blob/master/doc/server-reflection.md. Answers from the descriptors that buf built.
 */
export const reflectionService = (
  services: readonly string[],
  adapter: Adapter,
): Record<keyof v1.ServerReflectionService, Method> => {
  const { files, registry } = loadDescriptors();
  const symbols = new Map([...files.values()].flatMap((file) => symbolsOf(file).map((name) => [name, file.name])));

  /** The file and everything that it imports. */
  const withImports = (name: string, seen = new Map<string, Uint8Array>()): Uint8Array[] => {
    const file = files.get(name);
    if (file && !seen.has(name)) {
      seen.set(name, toBinary(FileDescriptorProtoSchema, file));
      for (const imported of file.dependency) withImports(imported, seen);
    }
    return [...seen.values()];
  };

  const fileAnswer = (name: string | undefined): Answer => {
    const fileDescriptorProto = withImports(name ?? "").map((bytes) => Buffer.from(bytes));
    return fileDescriptorProto.length > 0
      ? { $case: "fileDescriptorResponse", value: { fileDescriptorProto } }
      : notFound;
  };

  const answer = (request: v1.ServerReflectionRequest["messageRequest"]): Answer => {
    switch (request?.$case) {
      case "listServices":
        return { $case: "listServicesResponse", value: { service: services.map((name) => ({ name })) } };
      case "fileByFilename":
        return fileAnswer(request.value);
      case "fileContainingSymbol":
        return fileAnswer(symbols.get(request.value));
      case "fileContainingExtension": {
        const extended = registry.getMessage(request.value.containingType);
        const extension = extended && registry.getExtensionFor(extended, request.value.extensionNumber);
        return fileAnswer(extension?.file.proto.name);
      }
      case "allExtensionNumbersOfType": {
        const extensionNumber = [...registry]
          .filter((type) => type.kind === "extension" && type.extendee.typeName === request.value)
          .map((type) => (type.kind === "extension" ? type.number : 0));
        if (extensionNumber.length === 0 && !registry.getMessage(request.value)) return notFound;
        return { $case: "allExtensionNumbersResponse", value: { baseTypeName: request.value, extensionNumber } };
      }
      default:
        return errorAnswer(status.INVALID_ARGUMENT, "the request asks for nothing");
    }
  };

  return {
    serverReflectionInfo: method(
      v1.ServerReflectionRequest,
      v1.ServerReflectionResponse,
      adapter.bidiStream("notice", async function* (requests: AsyncIterable<v1.ServerReflectionRequest>) {
        for await (const request of requests) {
          const messageResponse = answer(request.messageRequest);
          yield { validHost: request.host, originalRequest: request, messageResponse };
        }
      }),
    ),
  };
};

const errorAnswer = (errorCode: status, errorMessage: string): Answer => ({
  $case: "errorResponse",
  value: { errorCode, errorMessage },
});

const notFound = errorAnswer(status.NOT_FOUND, "this server has no such name");
