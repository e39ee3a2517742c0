package com.roster.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Keeps which users belong to which organizations.
 * What the comment of `UserService` states of errors, writes and reads holds here too.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class OrganizationMembershipServiceGrpc {

  private OrganizationMembershipServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "roster.v1.OrganizationMembershipService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<com.roster.v1.GetOrganizationMembershipRequest,
      com.roster.v1.GetOrganizationMembershipResponse> getGetOrganizationMembershipMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetOrganizationMembership",
      requestType = com.roster.v1.GetOrganizationMembershipRequest.class,
      responseType = com.roster.v1.GetOrganizationMembershipResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.GetOrganizationMembershipRequest,
      com.roster.v1.GetOrganizationMembershipResponse> getGetOrganizationMembershipMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.GetOrganizationMembershipRequest, com.roster.v1.GetOrganizationMembershipResponse> getGetOrganizationMembershipMethod;
    if ((getGetOrganizationMembershipMethod = OrganizationMembershipServiceGrpc.getGetOrganizationMembershipMethod) == null) {
      synchronized (OrganizationMembershipServiceGrpc.class) {
        if ((getGetOrganizationMembershipMethod = OrganizationMembershipServiceGrpc.getGetOrganizationMembershipMethod) == null) {
          OrganizationMembershipServiceGrpc.getGetOrganizationMembershipMethod = getGetOrganizationMembershipMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.GetOrganizationMembershipRequest, com.roster.v1.GetOrganizationMembershipResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetOrganizationMembership"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.GetOrganizationMembershipRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.GetOrganizationMembershipResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrganizationMembershipServiceMethodDescriptorSupplier("GetOrganizationMembership"))
              .build();
        }
      }
    }
    return getGetOrganizationMembershipMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.ListOrganizationMembershipsRequest,
      com.roster.v1.ListOrganizationMembershipsResponse> getListOrganizationMembershipsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListOrganizationMemberships",
      requestType = com.roster.v1.ListOrganizationMembershipsRequest.class,
      responseType = com.roster.v1.ListOrganizationMembershipsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<com.roster.v1.ListOrganizationMembershipsRequest,
      com.roster.v1.ListOrganizationMembershipsResponse> getListOrganizationMembershipsMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.ListOrganizationMembershipsRequest, com.roster.v1.ListOrganizationMembershipsResponse> getListOrganizationMembershipsMethod;
    if ((getListOrganizationMembershipsMethod = OrganizationMembershipServiceGrpc.getListOrganizationMembershipsMethod) == null) {
      synchronized (OrganizationMembershipServiceGrpc.class) {
        if ((getListOrganizationMembershipsMethod = OrganizationMembershipServiceGrpc.getListOrganizationMembershipsMethod) == null) {
          OrganizationMembershipServiceGrpc.getListOrganizationMembershipsMethod = getListOrganizationMembershipsMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.ListOrganizationMembershipsRequest, com.roster.v1.ListOrganizationMembershipsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListOrganizationMemberships"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ListOrganizationMembershipsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ListOrganizationMembershipsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrganizationMembershipServiceMethodDescriptorSupplier("ListOrganizationMemberships"))
              .build();
        }
      }
    }
    return getListOrganizationMembershipsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.CreateOrganizationMembershipRequest,
      com.roster.v1.CreateOrganizationMembershipResponse> getCreateOrganizationMembershipMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateOrganizationMembership",
      requestType = com.roster.v1.CreateOrganizationMembershipRequest.class,
      responseType = com.roster.v1.CreateOrganizationMembershipResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.CreateOrganizationMembershipRequest,
      com.roster.v1.CreateOrganizationMembershipResponse> getCreateOrganizationMembershipMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.CreateOrganizationMembershipRequest, com.roster.v1.CreateOrganizationMembershipResponse> getCreateOrganizationMembershipMethod;
    if ((getCreateOrganizationMembershipMethod = OrganizationMembershipServiceGrpc.getCreateOrganizationMembershipMethod) == null) {
      synchronized (OrganizationMembershipServiceGrpc.class) {
        if ((getCreateOrganizationMembershipMethod = OrganizationMembershipServiceGrpc.getCreateOrganizationMembershipMethod) == null) {
          OrganizationMembershipServiceGrpc.getCreateOrganizationMembershipMethod = getCreateOrganizationMembershipMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.CreateOrganizationMembershipRequest, com.roster.v1.CreateOrganizationMembershipResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateOrganizationMembership"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.CreateOrganizationMembershipRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.CreateOrganizationMembershipResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrganizationMembershipServiceMethodDescriptorSupplier("CreateOrganizationMembership"))
              .build();
        }
      }
    }
    return getCreateOrganizationMembershipMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.UpdateOrganizationMembershipRequest,
      com.roster.v1.UpdateOrganizationMembershipResponse> getUpdateOrganizationMembershipMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateOrganizationMembership",
      requestType = com.roster.v1.UpdateOrganizationMembershipRequest.class,
      responseType = com.roster.v1.UpdateOrganizationMembershipResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.UpdateOrganizationMembershipRequest,
      com.roster.v1.UpdateOrganizationMembershipResponse> getUpdateOrganizationMembershipMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.UpdateOrganizationMembershipRequest, com.roster.v1.UpdateOrganizationMembershipResponse> getUpdateOrganizationMembershipMethod;
    if ((getUpdateOrganizationMembershipMethod = OrganizationMembershipServiceGrpc.getUpdateOrganizationMembershipMethod) == null) {
      synchronized (OrganizationMembershipServiceGrpc.class) {
        if ((getUpdateOrganizationMembershipMethod = OrganizationMembershipServiceGrpc.getUpdateOrganizationMembershipMethod) == null) {
          OrganizationMembershipServiceGrpc.getUpdateOrganizationMembershipMethod = getUpdateOrganizationMembershipMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.UpdateOrganizationMembershipRequest, com.roster.v1.UpdateOrganizationMembershipResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateOrganizationMembership"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.UpdateOrganizationMembershipRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.UpdateOrganizationMembershipResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrganizationMembershipServiceMethodDescriptorSupplier("UpdateOrganizationMembership"))
              .build();
        }
      }
    }
    return getUpdateOrganizationMembershipMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.DeactivateOrganizationMembershipRequest,
      com.roster.v1.DeactivateOrganizationMembershipResponse> getDeactivateOrganizationMembershipMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeactivateOrganizationMembership",
      requestType = com.roster.v1.DeactivateOrganizationMembershipRequest.class,
      responseType = com.roster.v1.DeactivateOrganizationMembershipResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.DeactivateOrganizationMembershipRequest,
      com.roster.v1.DeactivateOrganizationMembershipResponse> getDeactivateOrganizationMembershipMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.DeactivateOrganizationMembershipRequest, com.roster.v1.DeactivateOrganizationMembershipResponse> getDeactivateOrganizationMembershipMethod;
    if ((getDeactivateOrganizationMembershipMethod = OrganizationMembershipServiceGrpc.getDeactivateOrganizationMembershipMethod) == null) {
      synchronized (OrganizationMembershipServiceGrpc.class) {
        if ((getDeactivateOrganizationMembershipMethod = OrganizationMembershipServiceGrpc.getDeactivateOrganizationMembershipMethod) == null) {
          OrganizationMembershipServiceGrpc.getDeactivateOrganizationMembershipMethod = getDeactivateOrganizationMembershipMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.DeactivateOrganizationMembershipRequest, com.roster.v1.DeactivateOrganizationMembershipResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeactivateOrganizationMembership"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.DeactivateOrganizationMembershipRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.DeactivateOrganizationMembershipResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrganizationMembershipServiceMethodDescriptorSupplier("DeactivateOrganizationMembership"))
              .build();
        }
      }
    }
    return getDeactivateOrganizationMembershipMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.ReactivateOrganizationMembershipRequest,
      com.roster.v1.ReactivateOrganizationMembershipResponse> getReactivateOrganizationMembershipMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReactivateOrganizationMembership",
      requestType = com.roster.v1.ReactivateOrganizationMembershipRequest.class,
      responseType = com.roster.v1.ReactivateOrganizationMembershipResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.ReactivateOrganizationMembershipRequest,
      com.roster.v1.ReactivateOrganizationMembershipResponse> getReactivateOrganizationMembershipMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.ReactivateOrganizationMembershipRequest, com.roster.v1.ReactivateOrganizationMembershipResponse> getReactivateOrganizationMembershipMethod;
    if ((getReactivateOrganizationMembershipMethod = OrganizationMembershipServiceGrpc.getReactivateOrganizationMembershipMethod) == null) {
      synchronized (OrganizationMembershipServiceGrpc.class) {
        if ((getReactivateOrganizationMembershipMethod = OrganizationMembershipServiceGrpc.getReactivateOrganizationMembershipMethod) == null) {
          OrganizationMembershipServiceGrpc.getReactivateOrganizationMembershipMethod = getReactivateOrganizationMembershipMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.ReactivateOrganizationMembershipRequest, com.roster.v1.ReactivateOrganizationMembershipResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReactivateOrganizationMembership"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ReactivateOrganizationMembershipRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ReactivateOrganizationMembershipResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrganizationMembershipServiceMethodDescriptorSupplier("ReactivateOrganizationMembership"))
              .build();
        }
      }
    }
    return getReactivateOrganizationMembershipMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.DeleteOrganizationMembershipRequest,
      com.roster.v1.DeleteOrganizationMembershipResponse> getDeleteOrganizationMembershipMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteOrganizationMembership",
      requestType = com.roster.v1.DeleteOrganizationMembershipRequest.class,
      responseType = com.roster.v1.DeleteOrganizationMembershipResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.DeleteOrganizationMembershipRequest,
      com.roster.v1.DeleteOrganizationMembershipResponse> getDeleteOrganizationMembershipMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.DeleteOrganizationMembershipRequest, com.roster.v1.DeleteOrganizationMembershipResponse> getDeleteOrganizationMembershipMethod;
    if ((getDeleteOrganizationMembershipMethod = OrganizationMembershipServiceGrpc.getDeleteOrganizationMembershipMethod) == null) {
      synchronized (OrganizationMembershipServiceGrpc.class) {
        if ((getDeleteOrganizationMembershipMethod = OrganizationMembershipServiceGrpc.getDeleteOrganizationMembershipMethod) == null) {
          OrganizationMembershipServiceGrpc.getDeleteOrganizationMembershipMethod = getDeleteOrganizationMembershipMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.DeleteOrganizationMembershipRequest, com.roster.v1.DeleteOrganizationMembershipResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteOrganizationMembership"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.DeleteOrganizationMembershipRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.DeleteOrganizationMembershipResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrganizationMembershipServiceMethodDescriptorSupplier("DeleteOrganizationMembership"))
              .build();
        }
      }
    }
    return getDeleteOrganizationMembershipMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static OrganizationMembershipServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrganizationMembershipServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrganizationMembershipServiceStub>() {
        @java.lang.Override
        public OrganizationMembershipServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrganizationMembershipServiceStub(channel, callOptions);
        }
      };
    return OrganizationMembershipServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static OrganizationMembershipServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrganizationMembershipServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrganizationMembershipServiceBlockingV2Stub>() {
        @java.lang.Override
        public OrganizationMembershipServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrganizationMembershipServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return OrganizationMembershipServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static OrganizationMembershipServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrganizationMembershipServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrganizationMembershipServiceBlockingStub>() {
        @java.lang.Override
        public OrganizationMembershipServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrganizationMembershipServiceBlockingStub(channel, callOptions);
        }
      };
    return OrganizationMembershipServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static OrganizationMembershipServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrganizationMembershipServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrganizationMembershipServiceFutureStub>() {
        @java.lang.Override
        public OrganizationMembershipServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrganizationMembershipServiceFutureStub(channel, callOptions);
        }
      };
    return OrganizationMembershipServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Keeps which users belong to which organizations.
   * What the comment of `UserService` states of errors, writes and reads holds here too.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Gets one membership by id. Absent: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`.
     * </pre>
     */
    default void getOrganizationMembership(com.roster.v1.GetOrganizationMembershipRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.GetOrganizationMembershipResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetOrganizationMembershipMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the memberships of a user, of an organization, or the one of both, as a stream of pages, in order of creation.
     * The promises are those of `UserService.ListUsers`. A user or an organization that does not exist has none.
     * </pre>
     */
    default void listOrganizationMemberships(com.roster.v1.ListOrganizationMembershipsRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ListOrganizationMembershipsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListOrganizationMembershipsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes a user a member of an organization, or invites one. An inactive membership of the two becomes active again, or
     * pending where that is asked for. A pending one becomes active where `status` is given and says so. Either keeps its
     * id, and its role unless the request gives one.
     * Errors: NOT_FOUND `USER_NOT_FOUND` or `ORGANIZATION_NOT_FOUND`; ALREADY_EXISTS
     * `ORGANIZATION_MEMBERSHIP_ALREADY_EXISTS` when the membership is active, or is pending and `status` is not set or
     * pending.
     * </pre>
     */
    default void createOrganizationMembership(com.roster.v1.CreateOrganizationMembershipRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.CreateOrganizationMembershipResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateOrganizationMembershipMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes a membership, whatever its status: what is present in the request changes, what is absent stays. A call that
     * changes nothing writes nothing and returns the membership as it is.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    default void updateOrganizationMembership(com.roster.v1.UpdateOrganizationMembershipRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.UpdateOrganizationMembershipResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateOrganizationMembershipMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes an active membership inactive. One that is inactive already stays as it is, and is returned.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`; FAILED_PRECONDITION
     * `ORGANIZATION_MEMBERSHIP_PENDING`.
     * </pre>
     */
    default void deactivateOrganizationMembership(com.roster.v1.DeactivateOrganizationMembershipRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.DeactivateOrganizationMembershipResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeactivateOrganizationMembershipMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes an inactive membership active again, with the role that it had. One that is active already stays as it is, and
     * is returned.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`; FAILED_PRECONDITION
     * `ORGANIZATION_MEMBERSHIP_PENDING`.
     * </pre>
     */
    default void reactivateOrganizationMembership(com.roster.v1.ReactivateOrganizationMembershipRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ReactivateOrganizationMembershipResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReactivateOrganizationMembershipMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a membership for good, whatever its status. The user and their identities stay, so that
     * `UserService.ProvisionUser` may make a new one: deactivate a membership to shut a user out.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    default void deleteOrganizationMembership(com.roster.v1.DeleteOrganizationMembershipRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.DeleteOrganizationMembershipResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteOrganizationMembershipMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service OrganizationMembershipService.
   * <pre>
   * Keeps which users belong to which organizations.
   * What the comment of `UserService` states of errors, writes and reads holds here too.
   * </pre>
   */
  public static abstract class OrganizationMembershipServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return OrganizationMembershipServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service OrganizationMembershipService.
   * <pre>
   * Keeps which users belong to which organizations.
   * What the comment of `UserService` states of errors, writes and reads holds here too.
   * </pre>
   */
  public static final class OrganizationMembershipServiceStub
      extends io.grpc.stub.AbstractAsyncStub<OrganizationMembershipServiceStub> {
    private OrganizationMembershipServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrganizationMembershipServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrganizationMembershipServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Gets one membership by id. Absent: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`.
     * </pre>
     */
    public void getOrganizationMembership(com.roster.v1.GetOrganizationMembershipRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.GetOrganizationMembershipResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetOrganizationMembershipMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the memberships of a user, of an organization, or the one of both, as a stream of pages, in order of creation.
     * The promises are those of `UserService.ListUsers`. A user or an organization that does not exist has none.
     * </pre>
     */
    public void listOrganizationMemberships(com.roster.v1.ListOrganizationMembershipsRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ListOrganizationMembershipsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getListOrganizationMembershipsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes a user a member of an organization, or invites one. An inactive membership of the two becomes active again, or
     * pending where that is asked for. A pending one becomes active where `status` is given and says so. Either keeps its
     * id, and its role unless the request gives one.
     * Errors: NOT_FOUND `USER_NOT_FOUND` or `ORGANIZATION_NOT_FOUND`; ALREADY_EXISTS
     * `ORGANIZATION_MEMBERSHIP_ALREADY_EXISTS` when the membership is active, or is pending and `status` is not set or
     * pending.
     * </pre>
     */
    public void createOrganizationMembership(com.roster.v1.CreateOrganizationMembershipRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.CreateOrganizationMembershipResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateOrganizationMembershipMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes a membership, whatever its status: what is present in the request changes, what is absent stays. A call that
     * changes nothing writes nothing and returns the membership as it is.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public void updateOrganizationMembership(com.roster.v1.UpdateOrganizationMembershipRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.UpdateOrganizationMembershipResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateOrganizationMembershipMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes an active membership inactive. One that is inactive already stays as it is, and is returned.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`; FAILED_PRECONDITION
     * `ORGANIZATION_MEMBERSHIP_PENDING`.
     * </pre>
     */
    public void deactivateOrganizationMembership(com.roster.v1.DeactivateOrganizationMembershipRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.DeactivateOrganizationMembershipResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeactivateOrganizationMembershipMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes an inactive membership active again, with the role that it had. One that is active already stays as it is, and
     * is returned.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`; FAILED_PRECONDITION
     * `ORGANIZATION_MEMBERSHIP_PENDING`.
     * </pre>
     */
    public void reactivateOrganizationMembership(com.roster.v1.ReactivateOrganizationMembershipRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ReactivateOrganizationMembershipResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReactivateOrganizationMembershipMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a membership for good, whatever its status. The user and their identities stay, so that
     * `UserService.ProvisionUser` may make a new one: deactivate a membership to shut a user out.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public void deleteOrganizationMembership(com.roster.v1.DeleteOrganizationMembershipRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.DeleteOrganizationMembershipResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteOrganizationMembershipMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service OrganizationMembershipService.
   * <pre>
   * Keeps which users belong to which organizations.
   * What the comment of `UserService` states of errors, writes and reads holds here too.
   * </pre>
   */
  public static final class OrganizationMembershipServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<OrganizationMembershipServiceBlockingV2Stub> {
    private OrganizationMembershipServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrganizationMembershipServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrganizationMembershipServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Gets one membership by id. Absent: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.GetOrganizationMembershipResponse getOrganizationMembership(com.roster.v1.GetOrganizationMembershipRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetOrganizationMembershipMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the memberships of a user, of an organization, or the one of both, as a stream of pages, in order of creation.
     * The promises are those of `UserService.ListUsers`. A user or an organization that does not exist has none.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, com.roster.v1.ListOrganizationMembershipsResponse>
        listOrganizationMemberships(com.roster.v1.ListOrganizationMembershipsRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getListOrganizationMembershipsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a user a member of an organization, or invites one. An inactive membership of the two becomes active again, or
     * pending where that is asked for. A pending one becomes active where `status` is given and says so. Either keeps its
     * id, and its role unless the request gives one.
     * Errors: NOT_FOUND `USER_NOT_FOUND` or `ORGANIZATION_NOT_FOUND`; ALREADY_EXISTS
     * `ORGANIZATION_MEMBERSHIP_ALREADY_EXISTS` when the membership is active, or is pending and `status` is not set or
     * pending.
     * </pre>
     */
    public com.roster.v1.CreateOrganizationMembershipResponse createOrganizationMembership(com.roster.v1.CreateOrganizationMembershipRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateOrganizationMembershipMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a membership, whatever its status: what is present in the request changes, what is absent stays. A call that
     * changes nothing writes nothing and returns the membership as it is.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.roster.v1.UpdateOrganizationMembershipResponse updateOrganizationMembership(com.roster.v1.UpdateOrganizationMembershipRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateOrganizationMembershipMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes an active membership inactive. One that is inactive already stays as it is, and is returned.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`; FAILED_PRECONDITION
     * `ORGANIZATION_MEMBERSHIP_PENDING`.
     * </pre>
     */
    public com.roster.v1.DeactivateOrganizationMembershipResponse deactivateOrganizationMembership(com.roster.v1.DeactivateOrganizationMembershipRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeactivateOrganizationMembershipMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes an inactive membership active again, with the role that it had. One that is active already stays as it is, and
     * is returned.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`; FAILED_PRECONDITION
     * `ORGANIZATION_MEMBERSHIP_PENDING`.
     * </pre>
     */
    public com.roster.v1.ReactivateOrganizationMembershipResponse reactivateOrganizationMembership(com.roster.v1.ReactivateOrganizationMembershipRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReactivateOrganizationMembershipMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a membership for good, whatever its status. The user and their identities stay, so that
     * `UserService.ProvisionUser` may make a new one: deactivate a membership to shut a user out.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.roster.v1.DeleteOrganizationMembershipResponse deleteOrganizationMembership(com.roster.v1.DeleteOrganizationMembershipRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteOrganizationMembershipMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service OrganizationMembershipService.
   * <pre>
   * Keeps which users belong to which organizations.
   * What the comment of `UserService` states of errors, writes and reads holds here too.
   * </pre>
   */
  public static final class OrganizationMembershipServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<OrganizationMembershipServiceBlockingStub> {
    private OrganizationMembershipServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrganizationMembershipServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrganizationMembershipServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Gets one membership by id. Absent: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.GetOrganizationMembershipResponse getOrganizationMembership(com.roster.v1.GetOrganizationMembershipRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetOrganizationMembershipMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the memberships of a user, of an organization, or the one of both, as a stream of pages, in order of creation.
     * The promises are those of `UserService.ListUsers`. A user or an organization that does not exist has none.
     * </pre>
     */
    public java.util.Iterator<com.roster.v1.ListOrganizationMembershipsResponse> listOrganizationMemberships(
        com.roster.v1.ListOrganizationMembershipsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getListOrganizationMembershipsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a user a member of an organization, or invites one. An inactive membership of the two becomes active again, or
     * pending where that is asked for. A pending one becomes active where `status` is given and says so. Either keeps its
     * id, and its role unless the request gives one.
     * Errors: NOT_FOUND `USER_NOT_FOUND` or `ORGANIZATION_NOT_FOUND`; ALREADY_EXISTS
     * `ORGANIZATION_MEMBERSHIP_ALREADY_EXISTS` when the membership is active, or is pending and `status` is not set or
     * pending.
     * </pre>
     */
    public com.roster.v1.CreateOrganizationMembershipResponse createOrganizationMembership(com.roster.v1.CreateOrganizationMembershipRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateOrganizationMembershipMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a membership, whatever its status: what is present in the request changes, what is absent stays. A call that
     * changes nothing writes nothing and returns the membership as it is.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.roster.v1.UpdateOrganizationMembershipResponse updateOrganizationMembership(com.roster.v1.UpdateOrganizationMembershipRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateOrganizationMembershipMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes an active membership inactive. One that is inactive already stays as it is, and is returned.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`; FAILED_PRECONDITION
     * `ORGANIZATION_MEMBERSHIP_PENDING`.
     * </pre>
     */
    public com.roster.v1.DeactivateOrganizationMembershipResponse deactivateOrganizationMembership(com.roster.v1.DeactivateOrganizationMembershipRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeactivateOrganizationMembershipMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes an inactive membership active again, with the role that it had. One that is active already stays as it is, and
     * is returned.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`; FAILED_PRECONDITION
     * `ORGANIZATION_MEMBERSHIP_PENDING`.
     * </pre>
     */
    public com.roster.v1.ReactivateOrganizationMembershipResponse reactivateOrganizationMembership(com.roster.v1.ReactivateOrganizationMembershipRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReactivateOrganizationMembershipMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a membership for good, whatever its status. The user and their identities stay, so that
     * `UserService.ProvisionUser` may make a new one: deactivate a membership to shut a user out.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.roster.v1.DeleteOrganizationMembershipResponse deleteOrganizationMembership(com.roster.v1.DeleteOrganizationMembershipRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteOrganizationMembershipMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service OrganizationMembershipService.
   * <pre>
   * Keeps which users belong to which organizations.
   * What the comment of `UserService` states of errors, writes and reads holds here too.
   * </pre>
   */
  public static final class OrganizationMembershipServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<OrganizationMembershipServiceFutureStub> {
    private OrganizationMembershipServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrganizationMembershipServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrganizationMembershipServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Gets one membership by id. Absent: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.GetOrganizationMembershipResponse> getOrganizationMembership(
        com.roster.v1.GetOrganizationMembershipRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetOrganizationMembershipMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes a user a member of an organization, or invites one. An inactive membership of the two becomes active again, or
     * pending where that is asked for. A pending one becomes active where `status` is given and says so. Either keeps its
     * id, and its role unless the request gives one.
     * Errors: NOT_FOUND `USER_NOT_FOUND` or `ORGANIZATION_NOT_FOUND`; ALREADY_EXISTS
     * `ORGANIZATION_MEMBERSHIP_ALREADY_EXISTS` when the membership is active, or is pending and `status` is not set or
     * pending.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.CreateOrganizationMembershipResponse> createOrganizationMembership(
        com.roster.v1.CreateOrganizationMembershipRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateOrganizationMembershipMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes a membership, whatever its status: what is present in the request changes, what is absent stays. A call that
     * changes nothing writes nothing and returns the membership as it is.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.UpdateOrganizationMembershipResponse> updateOrganizationMembership(
        com.roster.v1.UpdateOrganizationMembershipRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateOrganizationMembershipMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes an active membership inactive. One that is inactive already stays as it is, and is returned.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`; FAILED_PRECONDITION
     * `ORGANIZATION_MEMBERSHIP_PENDING`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.DeactivateOrganizationMembershipResponse> deactivateOrganizationMembership(
        com.roster.v1.DeactivateOrganizationMembershipRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeactivateOrganizationMembershipMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes an inactive membership active again, with the role that it had. One that is active already stays as it is, and
     * is returned.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`; FAILED_PRECONDITION
     * `ORGANIZATION_MEMBERSHIP_PENDING`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.ReactivateOrganizationMembershipResponse> reactivateOrganizationMembership(
        com.roster.v1.ReactivateOrganizationMembershipRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReactivateOrganizationMembershipMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a membership for good, whatever its status. The user and their identities stay, so that
     * `UserService.ProvisionUser` may make a new one: deactivate a membership to shut a user out.
     * Errors: NOT_FOUND `ORGANIZATION_MEMBERSHIP_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.DeleteOrganizationMembershipResponse> deleteOrganizationMembership(
        com.roster.v1.DeleteOrganizationMembershipRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteOrganizationMembershipMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_ORGANIZATION_MEMBERSHIP = 0;
  private static final int METHODID_LIST_ORGANIZATION_MEMBERSHIPS = 1;
  private static final int METHODID_CREATE_ORGANIZATION_MEMBERSHIP = 2;
  private static final int METHODID_UPDATE_ORGANIZATION_MEMBERSHIP = 3;
  private static final int METHODID_DEACTIVATE_ORGANIZATION_MEMBERSHIP = 4;
  private static final int METHODID_REACTIVATE_ORGANIZATION_MEMBERSHIP = 5;
  private static final int METHODID_DELETE_ORGANIZATION_MEMBERSHIP = 6;

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
        case METHODID_GET_ORGANIZATION_MEMBERSHIP:
          serviceImpl.getOrganizationMembership((com.roster.v1.GetOrganizationMembershipRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.GetOrganizationMembershipResponse>) responseObserver);
          break;
        case METHODID_LIST_ORGANIZATION_MEMBERSHIPS:
          serviceImpl.listOrganizationMemberships((com.roster.v1.ListOrganizationMembershipsRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.ListOrganizationMembershipsResponse>) responseObserver);
          break;
        case METHODID_CREATE_ORGANIZATION_MEMBERSHIP:
          serviceImpl.createOrganizationMembership((com.roster.v1.CreateOrganizationMembershipRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.CreateOrganizationMembershipResponse>) responseObserver);
          break;
        case METHODID_UPDATE_ORGANIZATION_MEMBERSHIP:
          serviceImpl.updateOrganizationMembership((com.roster.v1.UpdateOrganizationMembershipRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.UpdateOrganizationMembershipResponse>) responseObserver);
          break;
        case METHODID_DEACTIVATE_ORGANIZATION_MEMBERSHIP:
          serviceImpl.deactivateOrganizationMembership((com.roster.v1.DeactivateOrganizationMembershipRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.DeactivateOrganizationMembershipResponse>) responseObserver);
          break;
        case METHODID_REACTIVATE_ORGANIZATION_MEMBERSHIP:
          serviceImpl.reactivateOrganizationMembership((com.roster.v1.ReactivateOrganizationMembershipRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.ReactivateOrganizationMembershipResponse>) responseObserver);
          break;
        case METHODID_DELETE_ORGANIZATION_MEMBERSHIP:
          serviceImpl.deleteOrganizationMembership((com.roster.v1.DeleteOrganizationMembershipRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.DeleteOrganizationMembershipResponse>) responseObserver);
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
          getGetOrganizationMembershipMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.GetOrganizationMembershipRequest,
              com.roster.v1.GetOrganizationMembershipResponse>(
                service, METHODID_GET_ORGANIZATION_MEMBERSHIP)))
        .addMethod(
          getListOrganizationMembershipsMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              com.roster.v1.ListOrganizationMembershipsRequest,
              com.roster.v1.ListOrganizationMembershipsResponse>(
                service, METHODID_LIST_ORGANIZATION_MEMBERSHIPS)))
        .addMethod(
          getCreateOrganizationMembershipMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.CreateOrganizationMembershipRequest,
              com.roster.v1.CreateOrganizationMembershipResponse>(
                service, METHODID_CREATE_ORGANIZATION_MEMBERSHIP)))
        .addMethod(
          getUpdateOrganizationMembershipMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.UpdateOrganizationMembershipRequest,
              com.roster.v1.UpdateOrganizationMembershipResponse>(
                service, METHODID_UPDATE_ORGANIZATION_MEMBERSHIP)))
        .addMethod(
          getDeactivateOrganizationMembershipMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.DeactivateOrganizationMembershipRequest,
              com.roster.v1.DeactivateOrganizationMembershipResponse>(
                service, METHODID_DEACTIVATE_ORGANIZATION_MEMBERSHIP)))
        .addMethod(
          getReactivateOrganizationMembershipMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.ReactivateOrganizationMembershipRequest,
              com.roster.v1.ReactivateOrganizationMembershipResponse>(
                service, METHODID_REACTIVATE_ORGANIZATION_MEMBERSHIP)))
        .addMethod(
          getDeleteOrganizationMembershipMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.DeleteOrganizationMembershipRequest,
              com.roster.v1.DeleteOrganizationMembershipResponse>(
                service, METHODID_DELETE_ORGANIZATION_MEMBERSHIP)))
        .build();
  }

  private static abstract class OrganizationMembershipServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    OrganizationMembershipServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return com.roster.v1.OrganizationMembershipServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("OrganizationMembershipService");
    }
  }

  private static final class OrganizationMembershipServiceFileDescriptorSupplier
      extends OrganizationMembershipServiceBaseDescriptorSupplier {
    OrganizationMembershipServiceFileDescriptorSupplier() {}
  }

  private static final class OrganizationMembershipServiceMethodDescriptorSupplier
      extends OrganizationMembershipServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    OrganizationMembershipServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (OrganizationMembershipServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new OrganizationMembershipServiceFileDescriptorSupplier())
              .addMethod(getGetOrganizationMembershipMethod())
              .addMethod(getListOrganizationMembershipsMethod())
              .addMethod(getCreateOrganizationMembershipMethod())
              .addMethod(getUpdateOrganizationMembershipMethod())
              .addMethod(getDeactivateOrganizationMembershipMethod())
              .addMethod(getReactivateOrganizationMembershipMethod())
              .addMethod(getDeleteOrganizationMembershipMethod())
              .build();
        }
      }
    }
    return result;
  }
}
