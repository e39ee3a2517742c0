package com.roster.compatibility;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.reflect.TypeToken;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import com.roster.ServiceConfig;
import com.roster.v1.CreateUserRequest;
import com.roster.v1.DeleteUserRequest;
import com.roster.v1.GetUserByExternalIdRequest;
import com.roster.v1.ListUsersRequest;
import com.roster.v1.ListUsersResponse;
import com.roster.v1.UpdateUserRequest;
import com.roster.v1.User;
import com.roster.v1.UserServiceGrpc;
import com.roster.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Reads what cases.json asks for from a server and prints what a Java client saw of it as JSON.
 *
 * <p>Usage: Main address cases.json
 */
public final class Main {
  /** The inputs in cases.json. */
  private record Inputs(
      List<String> externalIds,
      JsonObject create,
      Map<String, JsonObject> refusedCreates,
      Map<String, JsonObject> refusedUpdates,
      String newerRequest,
      List<Integer> headerSizes) {}

  private record Cases(Inputs inputs) {}

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final UserServiceBlockingStub stub;
  private final Inputs inputs;

  private Main(UserServiceBlockingStub stub, Inputs inputs) {
    this.stub = stub;
    this.inputs = inputs;
  }

  public static void main(String[] args) throws Exception {
    Inputs inputs = new Gson().fromJson(Files.readString(Path.of(args[1])), Cases.class).inputs();
    Map<String, ?> serviceConfig = new Gson().fromJson(ServiceConfig.JSON, new TypeToken<Map<String, ?>>() {});
    ManagedChannel channel =
        Grpc.newChannelBuilder(args[0], InsecureChannelCredentials.create())
            .defaultServiceConfig(serviceConfig)
            .build();
    Main client = new Main(UserServiceGrpc.newBlockingStub(channel), inputs);
    Map<String, Object> seen = new TreeMap<>();
    seen.put("users", client.readUsers());
    seen.put("created", client.create());
    seen.put("errors", client.refusals());
    seen.put("newer", client.newer());
    seen.put("left", client.leave());
    seen.put("headers", client.headers());
    channel.shutdown();
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .println(new GsonBuilder().serializeNulls().create().toJson(seen));
  }

  private Object readUsers() {
    Map<String, Object> seen = new TreeMap<>();
    for (String externalId : inputs.externalIds()) {
      seen.put(externalId, describe(users().getUserByExternalId(byExternalId(externalId)).getUser()));
    }
    return seen;
  }

  private Object create() throws InvalidProtocolBufferException {
    User user = users().createUser(createRequest(inputs.create())).getUser();
    users().deleteUser(DeleteUserRequest.newBuilder().setId(user.getId()).build());
    return describe(user);
  }

  private Object refusals() throws InvalidProtocolBufferException {
    Map<String, Object> seen = new TreeMap<>();
    for (var refused : inputs.refusedCreates().entrySet()) {
      seen.put(refused.getKey(), refusal(users()::createUser, createRequest(refused.getValue())));
    }
    for (var refused : inputs.refusedUpdates().entrySet()) {
      UpdateUserRequest.Builder request = UpdateUserRequest.newBuilder();
      JsonFormat.parser().merge(refused.getValue().toString(), request);
      seen.put(refused.getKey(), refusal(users()::updateUser, request.build()));
    }
    return seen;
  }

  private static <R extends Message> Object refusal(Function<R, ?> method, R request)
      throws InvalidProtocolBufferException {
    try {
      method.apply(request);
      return null;
    } catch (StatusRuntimeException e) {
      return describeError(e);
    }
  }

  /** Reads a message with a field and an enum value that this client does not know. */
  private Object newer() throws InvalidProtocolBufferException {
    byte[] bytes = HexFormat.of().parseHex(inputs.newerRequest());
    ListUsersRequest request = ListUsersRequest.parseFrom(bytes);
    boolean kept = request.toByteArray().length == bytes.length;
    return Map.of("pageSize", request.getPageSize(), "order", request.getOrderValue(), "unknownFieldKept", kept);
  }

  /** Cancels a stream after its second page. */
  private Object leave() throws Exception {
    Context.CancellableContext context = Context.current().withCancellation();
    return context.call(
        () -> {
          Iterator<ListUsersResponse> pages = users().listUsers(ListUsersRequest.newBuilder().setPageSize(1).build());
          pages.next();
          pages.next();
          context.cancel(null);
          try {
            while (pages.hasNext()) {
              pages.next();
            }
            return Map.of("code", 0);
          } catch (StatusRuntimeException e) {
            return Map.of("code", e.getStatus().getCode().value());
          }
        });
  }

  /** Sends metadata of several sizes. */
  private Object headers() {
    Map<String, Object> seen = new TreeMap<>();
    for (int size : inputs.headerSizes()) {
      Metadata headers = new Metadata();
      headers.put(Metadata.Key.of("x-filler", Metadata.ASCII_STRING_MARSHALLER), "a".repeat(size));
      int code = 0;
      try {
        stub.withDeadlineAfter(2, TimeUnit.SECONDS)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .getUserByExternalId(byExternalId(inputs.externalIds().get(0)));
      } catch (StatusRuntimeException e) {
        code = e.getStatus().getCode().value();
      }
      seen.put(String.valueOf(size), code);
    }
    return seen;
  }

  private UserServiceBlockingStub users() {
    return stub.withDeadlineAfter(5, TimeUnit.SECONDS);
  }

  private static GetUserByExternalIdRequest byExternalId(String externalId) {
    return GetUserByExternalIdRequest.newBuilder().setExternalId(externalId).build();
  }

  private static CreateUserRequest createRequest(JsonObject json) throws InvalidProtocolBufferException {
    CreateUserRequest.Builder request = CreateUserRequest.newBuilder();
    JsonFormat.parser().merge(json.toString(), request);
    return request.build();
  }

  private static Object describe(User user) {
    Map<String, Object> seen = new TreeMap<>();
    seen.put("id", user.getId());
    seen.put("email", user.getEmail());
    seen.put("emailVerified", user.getEmailVerified());
    seen.put("firstName", user.hasFirstName() ? user.getFirstName() : null);
    seen.put("lastName", user.hasLastName() ? user.getLastName() : null);
    seen.put("name", user.hasName() ? user.getName() : null);
    seen.put("metadata", user.getMetadataMap());
    seen.put("locale", user.hasLocale() ? user.getLocale() : null);
    seen.put("lastSignInAt", user.hasLastSignInAt() ? describe(user.getLastSignInAt()) : null);
    seen.put("createdAt", describe(user.getCreatedAt()));
    seen.put("revision", String.valueOf(user.getRevision()));
    return seen;
  }

  private static String describe(Timestamp time) {
    return MILLISECONDS.format(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()));
  }

  private static Object describeError(StatusRuntimeException error) throws InvalidProtocolBufferException {
    Map<String, Object> seen = new TreeMap<>();
    seen.put("code", error.getStatus().getCode().value());
    seen.put("message", error.getStatus().getDescription());
    for (Any detail : StatusProto.fromThrowable(error).getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        ErrorInfo info = detail.unpack(ErrorInfo.class);
        seen.put("info", Arrays.asList(info.getDomain(), info.getReason(), info.getMetadataMap()));
      } else if (detail.is(ResourceInfo.class)) {
        ResourceInfo resource = detail.unpack(ResourceInfo.class);
        seen.put("resource", List.of(resource.getResourceType(), resource.getResourceName()));
      } else if (detail.is(BadRequest.class)) {
        var violations = detail.unpack(BadRequest.class).getFieldViolationsList();
        seen.put("fields", violations.stream().map(BadRequest.FieldViolation::getField).toList());
      }
    }
    return seen;
  }
}
