package com.roster.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Checks passwords.
 * Wrong passwords are counted for 10 minutes, on all servers together, whether a user has the email or not: 10 for one email
 * from one `ip_address`, 100 for one email, 100 from one `ip_address`. (All of these are settings.) Calls without `ip_address`
 * count as from one address in the first of these counts, and not in the last; an IPv6 address counts by its first 64 bits.
 * Beyond, both methods that check fail with RESOURCE_EXHAUSTED `TOO_MANY_ATTEMPTS` and a `google.rpc.RetryInfo`, also with the
 * right password.
 * Checks under way hold a place in these counts. When only these stand in the way, a further check waits for them, for 2
 * seconds at most, and then fails with a `RetryInfo` of one second. A success takes back the failures of this email from this
 * address, in all counts. A check that has begun is brought to its end, and counts, also when the call is cancelled or its deadline
 * passes; one that has not begun does not count.
 * When more passwords wait than the server can check, both fail with RESOURCE_EXHAUSTED `HASHING_OVERLOADED`.
 * Every check that was made has an `authentication.*` event.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AuthenticationServiceGrpc {

  private AuthenticationServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "roster.v1.AuthenticationService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<com.roster.v1.AuthenticateWithPasswordRequest,
      com.roster.v1.AuthenticateWithPasswordResponse> getAuthenticateWithPasswordMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AuthenticateWithPassword",
      requestType = com.roster.v1.AuthenticateWithPasswordRequest.class,
      responseType = com.roster.v1.AuthenticateWithPasswordResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.AuthenticateWithPasswordRequest,
      com.roster.v1.AuthenticateWithPasswordResponse> getAuthenticateWithPasswordMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.AuthenticateWithPasswordRequest, com.roster.v1.AuthenticateWithPasswordResponse> getAuthenticateWithPasswordMethod;
    if ((getAuthenticateWithPasswordMethod = AuthenticationServiceGrpc.getAuthenticateWithPasswordMethod) == null) {
      synchronized (AuthenticationServiceGrpc.class) {
        if ((getAuthenticateWithPasswordMethod = AuthenticationServiceGrpc.getAuthenticateWithPasswordMethod) == null) {
          AuthenticationServiceGrpc.getAuthenticateWithPasswordMethod = getAuthenticateWithPasswordMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.AuthenticateWithPasswordRequest, com.roster.v1.AuthenticateWithPasswordResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AuthenticateWithPassword"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.AuthenticateWithPasswordRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.AuthenticateWithPasswordResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuthenticationServiceMethodDescriptorSupplier("AuthenticateWithPassword"))
              .build();
        }
      }
    }
    return getAuthenticateWithPasswordMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.ClearFailedAttemptsRequest,
      com.roster.v1.ClearFailedAttemptsResponse> getClearFailedAttemptsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ClearFailedAttempts",
      requestType = com.roster.v1.ClearFailedAttemptsRequest.class,
      responseType = com.roster.v1.ClearFailedAttemptsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.ClearFailedAttemptsRequest,
      com.roster.v1.ClearFailedAttemptsResponse> getClearFailedAttemptsMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.ClearFailedAttemptsRequest, com.roster.v1.ClearFailedAttemptsResponse> getClearFailedAttemptsMethod;
    if ((getClearFailedAttemptsMethod = AuthenticationServiceGrpc.getClearFailedAttemptsMethod) == null) {
      synchronized (AuthenticationServiceGrpc.class) {
        if ((getClearFailedAttemptsMethod = AuthenticationServiceGrpc.getClearFailedAttemptsMethod) == null) {
          AuthenticationServiceGrpc.getClearFailedAttemptsMethod = getClearFailedAttemptsMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.ClearFailedAttemptsRequest, com.roster.v1.ClearFailedAttemptsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ClearFailedAttempts"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ClearFailedAttemptsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ClearFailedAttemptsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuthenticationServiceMethodDescriptorSupplier("ClearFailedAttempts"))
              .build();
        }
      }
    }
    return getClearFailedAttemptsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.VerifyPasswordRequest,
      com.roster.v1.VerifyPasswordResponse> getVerifyPasswordMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "VerifyPassword",
      requestType = com.roster.v1.VerifyPasswordRequest.class,
      responseType = com.roster.v1.VerifyPasswordResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.VerifyPasswordRequest,
      com.roster.v1.VerifyPasswordResponse> getVerifyPasswordMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.VerifyPasswordRequest, com.roster.v1.VerifyPasswordResponse> getVerifyPasswordMethod;
    if ((getVerifyPasswordMethod = AuthenticationServiceGrpc.getVerifyPasswordMethod) == null) {
      synchronized (AuthenticationServiceGrpc.class) {
        if ((getVerifyPasswordMethod = AuthenticationServiceGrpc.getVerifyPasswordMethod) == null) {
          AuthenticationServiceGrpc.getVerifyPasswordMethod = getVerifyPasswordMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.VerifyPasswordRequest, com.roster.v1.VerifyPasswordResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "VerifyPassword"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.VerifyPasswordRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.VerifyPasswordResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuthenticationServiceMethodDescriptorSupplier("VerifyPassword"))
              .build();
        }
      }
    }
    return getVerifyPasswordMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AuthenticationServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuthenticationServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuthenticationServiceStub>() {
        @java.lang.Override
        public AuthenticationServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuthenticationServiceStub(channel, callOptions);
        }
      };
    return AuthenticationServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AuthenticationServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuthenticationServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuthenticationServiceBlockingV2Stub>() {
        @java.lang.Override
        public AuthenticationServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuthenticationServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AuthenticationServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AuthenticationServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuthenticationServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuthenticationServiceBlockingStub>() {
        @java.lang.Override
        public AuthenticationServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuthenticationServiceBlockingStub(channel, callOptions);
        }
      };
    return AuthenticationServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AuthenticationServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuthenticationServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuthenticationServiceFutureStub>() {
        @java.lang.Override
        public AuthenticationServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuthenticationServiceFutureStub(channel, callOptions);
        }
      };
    return AuthenticationServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Checks passwords.
   * Wrong passwords are counted for 10 minutes, on all servers together, whether a user has the email or not: 10 for one email
   * from one `ip_address`, 100 for one email, 100 from one `ip_address`. (All of these are settings.) Calls without `ip_address`
   * count as from one address in the first of these counts, and not in the last; an IPv6 address counts by its first 64 bits.
   * Beyond, both methods that check fail with RESOURCE_EXHAUSTED `TOO_MANY_ATTEMPTS` and a `google.rpc.RetryInfo`, also with the
   * right password.
   * Checks under way hold a place in these counts. When only these stand in the way, a further check waits for them, for 2
   * seconds at most, and then fails with a `RetryInfo` of one second. A success takes back the failures of this email from this
   * address, in all counts. A check that has begun is brought to its end, and counts, also when the call is cancelled or its deadline
   * passes; one that has not begun does not count.
   * When more passwords wait than the server can check, both fail with RESOURCE_EXHAUSTED `HASHING_OVERLOADED`.
   * Every check that was made has an `authentication.*` event.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Signs a user in: checks the password and sets `last_sign_in_at`. A wrong password, an unknown email and a user without
     * a password get the same answer after the same work: UNAUTHENTICATED `INVALID_CREDENTIALS`. An inactive user gets it
     * too, and with the right password FAILED_PRECONDITION `USER_INACTIVE`: a failure that sets nothing.
     * </pre>
     */
    default void authenticateWithPassword(com.roster.v1.AuthenticateWithPasswordRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.AuthenticateWithPasswordResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAuthenticateWithPasswordMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes back all failures that are counted for an email, whether a user has it or not: for a user who is locked out by
     * somebody else's attempts. A new password (`UserService.UpdateUser`, an import) does the same. Checks under way go on, and
     * count when they fail. Has no event.
     * </pre>
     */
    default void clearFailedAttempts(com.roster.v1.ClearFailedAttemptsRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ClearFailedAttemptsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getClearFailedAttemptsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Tells whether a password is the user's, for a user who is signed in and has to prove it once more. It is no sign-in.
     * Absent user: NOT_FOUND `USER_NOT_FOUND`. The right password of an inactive user: FAILED_PRECONDITION `USER_INACTIVE`.
     * </pre>
     */
    default void verifyPassword(com.roster.v1.VerifyPasswordRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.VerifyPasswordResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getVerifyPasswordMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AuthenticationService.
   * <pre>
   * Checks passwords.
   * Wrong passwords are counted for 10 minutes, on all servers together, whether a user has the email or not: 10 for one email
   * from one `ip_address`, 100 for one email, 100 from one `ip_address`. (All of these are settings.) Calls without `ip_address`
   * count as from one address in the first of these counts, and not in the last; an IPv6 address counts by its first 64 bits.
   * Beyond, both methods that check fail with RESOURCE_EXHAUSTED `TOO_MANY_ATTEMPTS` and a `google.rpc.RetryInfo`, also with the
   * right password.
   * Checks under way hold a place in these counts. When only these stand in the way, a further check waits for them, for 2
   * seconds at most, and then fails with a `RetryInfo` of one second. A success takes back the failures of this email from this
   * address, in all counts. A check that has begun is brought to its end, and counts, also when the call is cancelled or its deadline
   * passes; one that has not begun does not count.
   * When more passwords wait than the server can check, both fail with RESOURCE_EXHAUSTED `HASHING_OVERLOADED`.
   * Every check that was made has an `authentication.*` event.
   * </pre>
   */
  public static abstract class AuthenticationServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AuthenticationServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AuthenticationService.
   * <pre>
   * Checks passwords.
   * Wrong passwords are counted for 10 minutes, on all servers together, whether a user has the email or not: 10 for one email
   * from one `ip_address`, 100 for one email, 100 from one `ip_address`. (All of these are settings.) Calls without `ip_address`
   * count as from one address in the first of these counts, and not in the last; an IPv6 address counts by its first 64 bits.
   * Beyond, both methods that check fail with RESOURCE_EXHAUSTED `TOO_MANY_ATTEMPTS` and a `google.rpc.RetryInfo`, also with the
   * right password.
   * Checks under way hold a place in these counts. When only these stand in the way, a further check waits for them, for 2
   * seconds at most, and then fails with a `RetryInfo` of one second. A success takes back the failures of this email from this
   * address, in all counts. A check that has begun is brought to its end, and counts, also when the call is cancelled or its deadline
   * passes; one that has not begun does not count.
   * When more passwords wait than the server can check, both fail with RESOURCE_EXHAUSTED `HASHING_OVERLOADED`.
   * Every check that was made has an `authentication.*` event.
   * </pre>
   */
  public static final class AuthenticationServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AuthenticationServiceStub> {
    private AuthenticationServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuthenticationServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuthenticationServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Signs a user in: checks the password and sets `last_sign_in_at`. A wrong password, an unknown email and a user without
     * a password get the same answer after the same work: UNAUTHENTICATED `INVALID_CREDENTIALS`. An inactive user gets it
     * too, and with the right password FAILED_PRECONDITION `USER_INACTIVE`: a failure that sets nothing.
     * </pre>
     */
    public void authenticateWithPassword(com.roster.v1.AuthenticateWithPasswordRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.AuthenticateWithPasswordResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAuthenticateWithPasswordMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes back all failures that are counted for an email, whether a user has it or not: for a user who is locked out by
     * somebody else's attempts. A new password (`UserService.UpdateUser`, an import) does the same. Checks under way go on, and
     * count when they fail. Has no event.
     * </pre>
     */
    public void clearFailedAttempts(com.roster.v1.ClearFailedAttemptsRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ClearFailedAttemptsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getClearFailedAttemptsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Tells whether a password is the user's, for a user who is signed in and has to prove it once more. It is no sign-in.
     * Absent user: NOT_FOUND `USER_NOT_FOUND`. The right password of an inactive user: FAILED_PRECONDITION `USER_INACTIVE`.
     * </pre>
     */
    public void verifyPassword(com.roster.v1.VerifyPasswordRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.VerifyPasswordResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getVerifyPasswordMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AuthenticationService.
   * <pre>
   * Checks passwords.
   * Wrong passwords are counted for 10 minutes, on all servers together, whether a user has the email or not: 10 for one email
   * from one `ip_address`, 100 for one email, 100 from one `ip_address`. (All of these are settings.) Calls without `ip_address`
   * count as from one address in the first of these counts, and not in the last; an IPv6 address counts by its first 64 bits.
   * Beyond, both methods that check fail with RESOURCE_EXHAUSTED `TOO_MANY_ATTEMPTS` and a `google.rpc.RetryInfo`, also with the
   * right password.
   * Checks under way hold a place in these counts. When only these stand in the way, a further check waits for them, for 2
   * seconds at most, and then fails with a `RetryInfo` of one second. A success takes back the failures of this email from this
   * address, in all counts. A check that has begun is brought to its end, and counts, also when the call is cancelled or its deadline
   * passes; one that has not begun does not count.
   * When more passwords wait than the server can check, both fail with RESOURCE_EXHAUSTED `HASHING_OVERLOADED`.
   * Every check that was made has an `authentication.*` event.
   * </pre>
   */
  public static final class AuthenticationServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AuthenticationServiceBlockingV2Stub> {
    private AuthenticationServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuthenticationServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuthenticationServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Signs a user in: checks the password and sets `last_sign_in_at`. A wrong password, an unknown email and a user without
     * a password get the same answer after the same work: UNAUTHENTICATED `INVALID_CREDENTIALS`. An inactive user gets it
     * too, and with the right password FAILED_PRECONDITION `USER_INACTIVE`: a failure that sets nothing.
     * </pre>
     */
    public com.roster.v1.AuthenticateWithPasswordResponse authenticateWithPassword(com.roster.v1.AuthenticateWithPasswordRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAuthenticateWithPasswordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes back all failures that are counted for an email, whether a user has it or not: for a user who is locked out by
     * somebody else's attempts. A new password (`UserService.UpdateUser`, an import) does the same. Checks under way go on, and
     * count when they fail. Has no event.
     * </pre>
     */
    public com.roster.v1.ClearFailedAttemptsResponse clearFailedAttempts(com.roster.v1.ClearFailedAttemptsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getClearFailedAttemptsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells whether a password is the user's, for a user who is signed in and has to prove it once more. It is no sign-in.
     * Absent user: NOT_FOUND `USER_NOT_FOUND`. The right password of an inactive user: FAILED_PRECONDITION `USER_INACTIVE`.
     * </pre>
     */
    public com.roster.v1.VerifyPasswordResponse verifyPassword(com.roster.v1.VerifyPasswordRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getVerifyPasswordMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AuthenticationService.
   * <pre>
   * Checks passwords.
   * Wrong passwords are counted for 10 minutes, on all servers together, whether a user has the email or not: 10 for one email
   * from one `ip_address`, 100 for one email, 100 from one `ip_address`. (All of these are settings.) Calls without `ip_address`
   * count as from one address in the first of these counts, and not in the last; an IPv6 address counts by its first 64 bits.
   * Beyond, both methods that check fail with RESOURCE_EXHAUSTED `TOO_MANY_ATTEMPTS` and a `google.rpc.RetryInfo`, also with the
   * right password.
   * Checks under way hold a place in these counts. When only these stand in the way, a further check waits for them, for 2
   * seconds at most, and then fails with a `RetryInfo` of one second. A success takes back the failures of this email from this
   * address, in all counts. A check that has begun is brought to its end, and counts, also when the call is cancelled or its deadline
   * passes; one that has not begun does not count.
   * When more passwords wait than the server can check, both fail with RESOURCE_EXHAUSTED `HASHING_OVERLOADED`.
   * Every check that was made has an `authentication.*` event.
   * </pre>
   */
  public static final class AuthenticationServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AuthenticationServiceBlockingStub> {
    private AuthenticationServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuthenticationServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuthenticationServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Signs a user in: checks the password and sets `last_sign_in_at`. A wrong password, an unknown email and a user without
     * a password get the same answer after the same work: UNAUTHENTICATED `INVALID_CREDENTIALS`. An inactive user gets it
     * too, and with the right password FAILED_PRECONDITION `USER_INACTIVE`: a failure that sets nothing.
     * </pre>
     */
    public com.roster.v1.AuthenticateWithPasswordResponse authenticateWithPassword(com.roster.v1.AuthenticateWithPasswordRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAuthenticateWithPasswordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes back all failures that are counted for an email, whether a user has it or not: for a user who is locked out by
     * somebody else's attempts. A new password (`UserService.UpdateUser`, an import) does the same. Checks under way go on, and
     * count when they fail. Has no event.
     * </pre>
     */
    public com.roster.v1.ClearFailedAttemptsResponse clearFailedAttempts(com.roster.v1.ClearFailedAttemptsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getClearFailedAttemptsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells whether a password is the user's, for a user who is signed in and has to prove it once more. It is no sign-in.
     * Absent user: NOT_FOUND `USER_NOT_FOUND`. The right password of an inactive user: FAILED_PRECONDITION `USER_INACTIVE`.
     * </pre>
     */
    public com.roster.v1.VerifyPasswordResponse verifyPassword(com.roster.v1.VerifyPasswordRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getVerifyPasswordMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AuthenticationService.
   * <pre>
   * Checks passwords.
   * Wrong passwords are counted for 10 minutes, on all servers together, whether a user has the email or not: 10 for one email
   * from one `ip_address`, 100 for one email, 100 from one `ip_address`. (All of these are settings.) Calls without `ip_address`
   * count as from one address in the first of these counts, and not in the last; an IPv6 address counts by its first 64 bits.
   * Beyond, both methods that check fail with RESOURCE_EXHAUSTED `TOO_MANY_ATTEMPTS` and a `google.rpc.RetryInfo`, also with the
   * right password.
   * Checks under way hold a place in these counts. When only these stand in the way, a further check waits for them, for 2
   * seconds at most, and then fails with a `RetryInfo` of one second. A success takes back the failures of this email from this
   * address, in all counts. A check that has begun is brought to its end, and counts, also when the call is cancelled or its deadline
   * passes; one that has not begun does not count.
   * When more passwords wait than the server can check, both fail with RESOURCE_EXHAUSTED `HASHING_OVERLOADED`.
   * Every check that was made has an `authentication.*` event.
   * </pre>
   */
  public static final class AuthenticationServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AuthenticationServiceFutureStub> {
    private AuthenticationServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuthenticationServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuthenticationServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Signs a user in: checks the password and sets `last_sign_in_at`. A wrong password, an unknown email and a user without
     * a password get the same answer after the same work: UNAUTHENTICATED `INVALID_CREDENTIALS`. An inactive user gets it
     * too, and with the right password FAILED_PRECONDITION `USER_INACTIVE`: a failure that sets nothing.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.AuthenticateWithPasswordResponse> authenticateWithPassword(
        com.roster.v1.AuthenticateWithPasswordRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAuthenticateWithPasswordMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes back all failures that are counted for an email, whether a user has it or not: for a user who is locked out by
     * somebody else's attempts. A new password (`UserService.UpdateUser`, an import) does the same. Checks under way go on, and
     * count when they fail. Has no event.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.ClearFailedAttemptsResponse> clearFailedAttempts(
        com.roster.v1.ClearFailedAttemptsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getClearFailedAttemptsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Tells whether a password is the user's, for a user who is signed in and has to prove it once more. It is no sign-in.
     * Absent user: NOT_FOUND `USER_NOT_FOUND`. The right password of an inactive user: FAILED_PRECONDITION `USER_INACTIVE`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.VerifyPasswordResponse> verifyPassword(
        com.roster.v1.VerifyPasswordRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getVerifyPasswordMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_AUTHENTICATE_WITH_PASSWORD = 0;
  private static final int METHODID_CLEAR_FAILED_ATTEMPTS = 1;
  private static final int METHODID_VERIFY_PASSWORD = 2;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_AUTHENTICATE_WITH_PASSWORD:
          serviceImpl.authenticateWithPassword((com.roster.v1.AuthenticateWithPasswordRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.AuthenticateWithPasswordResponse>) responseObserver);
          break;
        case METHODID_CLEAR_FAILED_ATTEMPTS:
          serviceImpl.clearFailedAttempts((com.roster.v1.ClearFailedAttemptsRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.ClearFailedAttemptsResponse>) responseObserver);
          break;
        case METHODID_VERIFY_PASSWORD:
          serviceImpl.verifyPassword((com.roster.v1.VerifyPasswordRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.VerifyPasswordResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getAuthenticateWithPasswordMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.AuthenticateWithPasswordRequest,
              com.roster.v1.AuthenticateWithPasswordResponse>(
                service, METHODID_AUTHENTICATE_WITH_PASSWORD)))
        .addMethod(
          getClearFailedAttemptsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.ClearFailedAttemptsRequest,
              com.roster.v1.ClearFailedAttemptsResponse>(
                service, METHODID_CLEAR_FAILED_ATTEMPTS)))
        .addMethod(
          getVerifyPasswordMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.VerifyPasswordRequest,
              com.roster.v1.VerifyPasswordResponse>(
                service, METHODID_VERIFY_PASSWORD)))
        .build();
  }

  private static abstract class AuthenticationServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AuthenticationServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return com.roster.v1.AuthenticationServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AuthenticationService");
    }
  }

  private static final class AuthenticationServiceFileDescriptorSupplier
      extends AuthenticationServiceBaseDescriptorSupplier {
    AuthenticationServiceFileDescriptorSupplier() {}
  }

  private static final class AuthenticationServiceMethodDescriptorSupplier
      extends AuthenticationServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AuthenticationServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (AuthenticationServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AuthenticationServiceFileDescriptorSupplier())
              .addMethod(getAuthenticateWithPasswordMethod())
              .addMethod(getClearFailedAttemptsMethod())
              .addMethod(getVerifyPasswordMethod())
              .build();
        }
      }
    }
    return result;
  }
}
