import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import * as v1 from "../../gen/ts/grpc/reflection/v1/reflection.js";
import * as v1alpha from "../../gen/ts/grpc/reflection/v1alpha/reflection.js";
import { collect } from "../support/call.js";
import { useServer } from "../support/server.js";

const server = useServer();

type Question = v1.ServerReflectionRequest["messageRequest"];

describe.each([
  { version: "v1", client: v1.ServerReflectionClient },
  { version: "v1alpha", client: v1alpha.ServerReflectionClient },
])("reflection $version", ({ client }) => {
  /** Asks questions in one stream and returns the answers. */
  const ask = async (...questions: Question[]) => {
    const stream = server.current.client<v1.ServerReflectionClient>(client).serverReflectionInfo();
    for (const messageRequest of questions) stream.write({ host: "roster.example", messageRequest });
    stream.end();
    return collect<v1.ServerReflectionResponse>(stream);
  };

  const filesFor = async (question: Question): Promise<FileDescriptorProto[]> => {
    const [answer] = await ask(question);
    const response = answer?.messageResponse;
    expect(response?.$case).toBe("fileDescriptorResponse");
    const files = response?.$case === "fileDescriptorResponse" ? response.value.fileDescriptorProto : [];
    return files.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));
  };

  it("lists the services", async () => {
    const [answer] = await ask({ $case: "listServices", value: "" });
    expect(answer?.validHost).toBe("roster.example");
    const response = answer?.messageResponse;
    const services = response?.$case === "listServicesResponse" ? response.value.service : [];
    expect(services.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "roster.v1.UserService",
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection",
      ]),
    );
  });

  const symbols: [symbol: string, file: string][] = [
    ["roster.v1.UserService", "roster/v1/user_service.proto"],
    ["roster.v1.UserService.GetUser", "roster/v1/user_service.proto"],
    ["roster.v1.User", "roster/v1/user.proto"],
    ["roster.v1.User.email", "roster/v1/user.proto"],
    ["roster.v1.User.MetadataEntry", "roster/v1/user.proto"],
    ["roster.v1.User.MetadataEntry.key", "roster/v1/user.proto"],
    ["roster.v1.User._first_name", "roster/v1/user.proto"],
    ["roster.v1.Order", "roster/v1/list.proto"],
    ["roster.v1.ORDER_ASC", "roster/v1/list.proto"],
    ["roster.v1.ErrorReason", "roster/v1/error_reason.proto"],
    ["roster.v1.scope", "roster/v1/scope.proto"],
    ["roster.v1.ApiKeyService", "roster/v1/api_key_service.proto"],
    ["google.protobuf.MethodOptions", "google/protobuf/descriptor.proto"],
    ["google.rpc.ErrorInfo", "google/rpc/error_details.proto"],
    ["google.protobuf.Timestamp", "google/protobuf/timestamp.proto"],
    ["grpc.health.v1.Health", "health/v1/health.proto"],
    ["grpc.health.v1.HealthCheckResponse.ServingStatus", "health/v1/health.proto"],
    ["grpc.reflection.v1.ServerReflection", "grpc/reflection/v1/reflection.proto"],
    ["grpc.reflection.v1alpha.ServerReflection", "grpc/reflection/v1alpha/reflection.proto"],
  ];

  it.each(symbols)("finds the file of %s, with all that it imports", async (value, name) => {
    const files = await filesFor({ $case: "fileContainingSymbol", value });
    expect(files[0]?.name).toBe(name);
    // Throws when an import is missing.
    const registry = createFileRegistry(files[0] as FileDescriptorProto, (imported) =>
      files.find((file) => file.name === imported),
    );
    expect([...registry.files].map((file) => file.proto.name).toSorted()).toEqual(
      files.map((file) => file.name).toSorted(),
    );
  });

  it("finds a file by its name", async () => {
    const files = await filesFor({ $case: "fileByFilename", value: "roster/v1/user.proto" });
    expect(files.map(({ name }) => name)).toEqual(["roster/v1/user.proto", "google/protobuf/timestamp.proto"]);
  });

  it("describes fields in full: their JSON names, and which are optional", async () => {
    const files = await filesFor({ $case: "fileContainingSymbol", value: "roster.v1.User" });
    const user = files[0]?.messageType.find(({ name }) => name === "User");
    const fields = user?.field.map(({ name, jsonName, proto3Optional }) => [name, jsonName, proto3Optional]);
    expect(fields?.slice(0, 5)).toEqual([
      ["id", "id", false],
      ["email", "email", false],
      ["email_verified", "emailVerified", false],
      ["first_name", "firstName", true],
      ["last_name", "lastName", true],
    ]);
  });

  const unknown: Question[] = [
    { $case: "fileContainingSymbol", value: "roster.v1.Nothing" },
    { $case: "fileContainingSymbol", value: "roster.v1.User.nothing" },
    { $case: "fileContainingSymbol", value: "roster.v1.UserService.Nothing" },
    { $case: "fileContainingSymbol", value: "roster.v1" },
    { $case: "fileContainingSymbol", value: "" },
    { $case: "fileByFilename", value: "nothing.proto" },
    { $case: "fileByFilename", value: "../package.json" },
    { $case: "fileContainingExtension", value: { containingType: "roster.v1.User", extensionNumber: 1 } },
    { $case: "allExtensionNumbersOfType", value: "roster.v1.Nothing" },
  ];

  it("answers a name that it does not know with NOT_FOUND, and goes on", async () => {
    const answers = await ask(...unknown, { $case: "listServices", value: "*" });
    const notFound = { $case: "errorResponse", value: { errorCode: 5, errorMessage: "this server has no such name" } };
    expect(answers.slice(0, -1).map(({ messageResponse }) => messageResponse)).toEqual(unknown.map(() => notFound));
    expect(answers.slice(0, -1).map(({ originalRequest }) => originalRequest?.messageRequest)).toEqual(unknown);
    expect(answers.at(-1)?.messageResponse?.$case).toBe("listServicesResponse");
  });

  it("answers that a message has no extensions", async () => {
    const [answer] = await ask({ $case: "allExtensionNumbersOfType", value: "roster.v1.User" });
    expect(answer?.messageResponse).toEqual({
      $case: "allExtensionNumbersResponse",
      value: { baseTypeName: "roster.v1.User", extensionNumber: [] },
    });
  });

  it("finds the option that states the scopes of methods", async () => {
    const containingType = "google.protobuf.MethodOptions";
    const [numbers] = await ask({ $case: "allExtensionNumbersOfType", value: containingType });
    expect(numbers?.messageResponse).toEqual({
      $case: "allExtensionNumbersResponse",
      value: { baseTypeName: containingType, extensionNumber: [50_051] },
    });
    const files = await filesFor({
      $case: "fileContainingExtension",
      value: { containingType, extensionNumber: 50_051 },
    });
    expect(files.map(({ name }) => name)).toEqual(["roster/v1/scope.proto", "google/protobuf/descriptor.proto"]);
  });

  it("refuses a question that asks nothing", async () => {
    const [answer] = await ask(undefined);
    expect(answer?.messageResponse).toEqual({
      $case: "errorResponse",
      value: { errorCode: 3, errorMessage: "the request asks for nothing" },
    });
  });
});
