package com.roster.example;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import com.roster.ServiceConfig;
import com.roster.v1.CreateUserRequest;
import com.roster.v1.DeleteUserRequest;
import com.roster.v1.GetUserByExternalIdRequest;
import com.roster.v1.ListUsersRequest;
import com.roster.v1.ListUsersResponse;
import com.roster.v1.Order;
import com.roster.v1.UpdateUserRequest;
import com.roster.v1.User;
import com.roster.v1.UserServiceGrpc;
import com.roster.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A tour of Roster's UserService: creates three users, finds, lists, changes and deletes them.
 *
 * <p>Usage: mvn compile exec:java -Dexec.args=address
 */
public final class Main {
  // All attempts of a call share its deadline.
  private static final long CALL_TIMEOUT_SECONDS = 5;
  private static final long LIST_TIMEOUT_SECONDS = 60;

  // Whatever the platform's own encoding is.
  private static final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final UserServiceBlockingStub stub;

  private Main(ManagedChannel channel) {
    stub = UserServiceGrpc.newBlockingStub(channel);
  }

  public static void main(String[] args) throws InterruptedException {
    String address = System.getenv().getOrDefault("ROSTER_ADDRESS", "127.0.0.1:50051");
    if (args.length > 0) {
      address = args[0];
    }
    Map<String, ?> serviceConfig = new Gson().fromJson(ServiceConfig.JSON, new TypeToken<Map<String, ?>>() {});
    ManagedChannelBuilder<?> builder =
        Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).defaultServiceConfig(serviceConfig);
    String key = System.getenv("ROSTER_API_KEY");
    if (key != null && !key.isEmpty()) {
      builder.intercept(MetadataUtils.newAttachHeadersInterceptor(apiKey(key)));
    }
    ManagedChannel channel = builder.build();
    try {
      new Main(channel).tour();
    } catch (StatusRuntimeException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } finally {
      channel.shutdown();
      channel.awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  /** What goes with every call. */
  private static Metadata apiKey(String key) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
    return headers;
  }

  private void tour() {
    // So that the tour can be taken again and again.
    String run = UUID.randomUUID().toString();

    List<User> created = new ArrayList<>();
    for (String name : List.of("Ada Lovelace", "Grace Hopper", "Zoë Müller")) {
      int number = created.size() + 1;
      CreateUserRequest request =
          CreateUserRequest.newBuilder()
              .setEmail(run + "-" + number + "@example.com")
              .setName(name)
              .setExternalId(run + "-" + number)
              .putMetadata("team", "analytical engines")
              // The same in every attempt: a retry finds the user that an attempt before it created.
              .setRequestId(requestId())
              .build();
      User user = users().createUser(request).getUser();
      created.add(user);
      out.printf("created %s at revision %d%n", user.getName(), user.getRevision());
    }

    User ada =
        users()
            .getUserByExternalId(
                GetUserByExternalIdRequest.newBuilder().setExternalId(created.get(0).getExternalId()).build())
            .getUser();
    out.printf("got %s by external id%n", ada.getName());

    ListUsersRequest list =
        ListUsersRequest.newBuilder()
            .setPageSize(2)
            .setOrder(Order.ORDER_ASC)
            .addAllExternalIds(created.stream().map(User::getExternalId).toList())
            .build();
    // The server reads from its database only as fast as this loop reads from the stream.
    Iterator<ListUsersResponse> pages =
        stub.withDeadlineAfter(LIST_TIMEOUT_SECONDS, TimeUnit.SECONDS).listUsers(list);
    while (pages.hasNext()) {
      ListUsersResponse page = pages.next();
      for (User user : page.getUsersList()) {
        out.printf("listed %s%n", user.getName());
      }
      out.printf("end of page, more: %b%n", page.getListMetadata().hasAfter());
    }

    User updated =
        users()
            .updateUser(
                UpdateUserRequest.newBuilder()
                    .setId(ada.getId())
                    .setName("Countess of Lovelace")
                    .setExpectedRevision(ada.getRevision())
                    .setRequestId(requestId())
                    .build())
            .getUser();
    out.printf("updated to %s at revision %d%n", updated.getName(), updated.getRevision());

    try {
      users().createUser(CreateUserRequest.newBuilder().setEmail(ada.getEmail()).setRequestId(requestId()).build());
      throw new IllegalStateException("created a user with a taken email");
    } catch (StatusRuntimeException e) {
      if (!reportEmailTaken(e)) {
        throw e;
      }
    }

    for (User user : created) {
      users().deleteUser(DeleteUserRequest.newBuilder().setId(user.getId()).setRequestId(requestId()).build());
    }
    out.printf("deleted %d users%n", created.size());
  }

  /** The stub for one unary call: the deadline counts from now. */
  private UserServiceBlockingStub users() {
    return stub.withDeadlineAfter(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  private static String requestId() {
    return UUID.randomUUID().toString();
  }

  /** Reports the one error that the tour expects, told by its reason; false for any other. */
  private static boolean reportEmailTaken(StatusRuntimeException error) {
    String reason = "";
    String resource = "";
    try {
      for (Any detail : StatusProto.fromThrowable(error).getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          reason = detail.unpack(ErrorInfo.class).getReason();
        } else if (detail.is(ResourceInfo.class)) {
          resource = detail.unpack(ResourceInfo.class).getResourceType();
        }
      }
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
    if (error.getStatus().getCode() != Status.Code.ALREADY_EXISTS || !reason.equals("EMAIL_NOT_AVAILABLE")) {
      return false;
    }
    out.printf("refused: %s, resource %s%n", reason, resource);
    return true;
  }
}
