package com.roster.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Tells what changed: every committed change of the directory, once, in one order.
 * A place in the order is named by a cursor, which is an event id. No event ever appears in front of a cursor that was
 * delivered. Events are kept for the server's retention time (90 days by default). A cursor from before that fails with
 * OUT_OF_RANGE `CURSOR_EXPIRED`: do not try it again; list the users and watch from now.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class EventServiceGrpc {

  private EventServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "roster.v1.EventService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<com.roster.v1.ListEventsRequest,
      com.roster.v1.ListEventsResponse> getListEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListEvents",
      requestType = com.roster.v1.ListEventsRequest.class,
      responseType = com.roster.v1.ListEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<com.roster.v1.ListEventsRequest,
      com.roster.v1.ListEventsResponse> getListEventsMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.ListEventsRequest, com.roster.v1.ListEventsResponse> getListEventsMethod;
    if ((getListEventsMethod = EventServiceGrpc.getListEventsMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getListEventsMethod = EventServiceGrpc.getListEventsMethod) == null) {
          EventServiceGrpc.getListEventsMethod = getListEventsMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.ListEventsRequest, com.roster.v1.ListEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListEvents"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ListEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ListEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("ListEvents"))
              .build();
        }
      }
    }
    return getListEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.WatchEventsRequest,
      com.roster.v1.WatchEventsResponse> getWatchEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchEvents",
      requestType = com.roster.v1.WatchEventsRequest.class,
      responseType = com.roster.v1.WatchEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<com.roster.v1.WatchEventsRequest,
      com.roster.v1.WatchEventsResponse> getWatchEventsMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.WatchEventsRequest, com.roster.v1.WatchEventsResponse> getWatchEventsMethod;
    if ((getWatchEventsMethod = EventServiceGrpc.getWatchEventsMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getWatchEventsMethod = EventServiceGrpc.getWatchEventsMethod) == null) {
          EventServiceGrpc.getWatchEventsMethod = getWatchEventsMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.WatchEventsRequest, com.roster.v1.WatchEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchEvents"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.WatchEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.WatchEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("WatchEvents"))
              .build();
        }
      }
    }
    return getWatchEventsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static EventServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceStub>() {
        @java.lang.Override
        public EventServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceStub(channel, callOptions);
        }
      };
    return EventServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static EventServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingV2Stub>() {
        @java.lang.Override
        public EventServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return EventServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static EventServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingStub>() {
        @java.lang.Override
        public EventServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceBlockingStub(channel, callOptions);
        }
      };
    return EventServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static EventServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceFutureStub>() {
        @java.lang.Override
        public EventServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceFutureStub(channel, callOptions);
        }
      };
    return EventServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Tells what changed: every committed change of the directory, once, in one order.
   * A place in the order is named by a cursor, which is an event id. No event ever appears in front of a cursor that was
   * delivered. Events are kept for the server's retention time (90 days by default). A cursor from before that fails with
   * OUT_OF_RANGE `CURSOR_EXPIRED`: do not try it again; list the users and watch from now.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Lists events as a stream of pages, oldest first, up to the newest one at the time. The first page always comes, even
     * when it is empty.
     * </pre>
     */
    default void listEvents(com.roster.v1.ListEventsRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ListEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Streams what comes behind a cursor, and then events as they are committed, until the client cancels the call or the
     * server shuts down (UNAVAILABLE `SHUTTING_DOWN`: open it again with the last cursor).
     * The first message comes at once and tells the cursor. When nothing happens, a message without events comes every 15
     * seconds (server setting) with the cursor of that moment. Each event comes exactly once within a stream, and at least
     * once over streams that are each opened with a cursor of the one before. A client that reads slowly gets its events
     * late, but all of them.
     * A caller has at most 100 watches at a time on one server (server setting): RESOURCE_EXHAUSTED `TOO_MANY_CALLS` beyond.
     * To keep a copy of the users: watch without a cursor, wait for the first message, list the users, then apply the
     * events; of two copies of a user the one with the higher revision is the newer.
     * </pre>
     */
    default void watchEvents(com.roster.v1.WatchEventsRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.WatchEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchEventsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service EventService.
   * <pre>
   * Tells what changed: every committed change of the directory, once, in one order.
   * A place in the order is named by a cursor, which is an event id. No event ever appears in front of a cursor that was
   * delivered. Events are kept for the server's retention time (90 days by default). A cursor from before that fails with
   * OUT_OF_RANGE `CURSOR_EXPIRED`: do not try it again; list the users and watch from now.
   * </pre>
   */
  public static abstract class EventServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return EventServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service EventService.
   * <pre>
   * Tells what changed: every committed change of the directory, once, in one order.
   * A place in the order is named by a cursor, which is an event id. No event ever appears in front of a cursor that was
   * delivered. Events are kept for the server's retention time (90 days by default). A cursor from before that fails with
   * OUT_OF_RANGE `CURSOR_EXPIRED`: do not try it again; list the users and watch from now.
   * </pre>
   */
  public static final class EventServiceStub
      extends io.grpc.stub.AbstractAsyncStub<EventServiceStub> {
    private EventServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists events as a stream of pages, oldest first, up to the newest one at the time. The first page always comes, even
     * when it is empty.
     * </pre>
     */
    public void listEvents(com.roster.v1.ListEventsRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ListEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getListEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Streams what comes behind a cursor, and then events as they are committed, until the client cancels the call or the
     * server shuts down (UNAVAILABLE `SHUTTING_DOWN`: open it again with the last cursor).
     * The first message comes at once and tells the cursor. When nothing happens, a message without events comes every 15
     * seconds (server setting) with the cursor of that moment. Each event comes exactly once within a stream, and at least
     * once over streams that are each opened with a cursor of the one before. A client that reads slowly gets its events
     * late, but all of them.
     * A caller has at most 100 watches at a time on one server (server setting): RESOURCE_EXHAUSTED `TOO_MANY_CALLS` beyond.
     * To keep a copy of the users: watch without a cursor, wait for the first message, list the users, then apply the
     * events; of two copies of a user the one with the higher revision is the newer.
     * </pre>
     */
    public void watchEvents(com.roster.v1.WatchEventsRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.WatchEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchEventsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service EventService.
   * <pre>
   * Tells what changed: every committed change of the directory, once, in one order.
   * A place in the order is named by a cursor, which is an event id. No event ever appears in front of a cursor that was
   * delivered. Events are kept for the server's retention time (90 days by default). A cursor from before that fails with
   * OUT_OF_RANGE `CURSOR_EXPIRED`: do not try it again; list the users and watch from now.
   * </pre>
   */
  public static final class EventServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<EventServiceBlockingV2Stub> {
    private EventServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists events as a stream of pages, oldest first, up to the newest one at the time. The first page always comes, even
     * when it is empty.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, com.roster.v1.ListEventsResponse>
        listEvents(com.roster.v1.ListEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getListEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams what comes behind a cursor, and then events as they are committed, until the client cancels the call or the
     * server shuts down (UNAVAILABLE `SHUTTING_DOWN`: open it again with the last cursor).
     * The first message comes at once and tells the cursor. When nothing happens, a message without events comes every 15
     * seconds (server setting) with the cursor of that moment. Each event comes exactly once within a stream, and at least
     * once over streams that are each opened with a cursor of the one before. A client that reads slowly gets its events
     * late, but all of them.
     * A caller has at most 100 watches at a time on one server (server setting): RESOURCE_EXHAUSTED `TOO_MANY_CALLS` beyond.
     * To keep a copy of the users: watch without a cursor, wait for the first message, list the users, then apply the
     * events; of two copies of a user the one with the higher revision is the newer.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, com.roster.v1.WatchEventsResponse>
        watchEvents(com.roster.v1.WatchEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchEventsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service EventService.
   * <pre>
   * Tells what changed: every committed change of the directory, once, in one order.
   * A place in the order is named by a cursor, which is an event id. No event ever appears in front of a cursor that was
   * delivered. Events are kept for the server's retention time (90 days by default). A cursor from before that fails with
   * OUT_OF_RANGE `CURSOR_EXPIRED`: do not try it again; list the users and watch from now.
   * </pre>
   */
  public static final class EventServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<EventServiceBlockingStub> {
    private EventServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists events as a stream of pages, oldest first, up to the newest one at the time. The first page always comes, even
     * when it is empty.
     * </pre>
     */
    public java.util.Iterator<com.roster.v1.ListEventsResponse> listEvents(
        com.roster.v1.ListEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getListEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams what comes behind a cursor, and then events as they are committed, until the client cancels the call or the
     * server shuts down (UNAVAILABLE `SHUTTING_DOWN`: open it again with the last cursor).
     * The first message comes at once and tells the cursor. When nothing happens, a message without events comes every 15
     * seconds (server setting) with the cursor of that moment. Each event comes exactly once within a stream, and at least
     * once over streams that are each opened with a cursor of the one before. A client that reads slowly gets its events
     * late, but all of them.
     * A caller has at most 100 watches at a time on one server (server setting): RESOURCE_EXHAUSTED `TOO_MANY_CALLS` beyond.
     * To keep a copy of the users: watch without a cursor, wait for the first message, list the users, then apply the
     * events; of two copies of a user the one with the higher revision is the newer.
     * </pre>
     */
    public java.util.Iterator<com.roster.v1.WatchEventsResponse> watchEvents(
        com.roster.v1.WatchEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchEventsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service EventService.
   * <pre>
   * Tells what changed: every committed change of the directory, once, in one order.
   * A place in the order is named by a cursor, which is an event id. No event ever appears in front of a cursor that was
   * delivered. Events are kept for the server's retention time (90 days by default). A cursor from before that fails with
   * OUT_OF_RANGE `CURSOR_EXPIRED`: do not try it again; list the users and watch from now.
   * </pre>
   */
  public static final class EventServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<EventServiceFutureStub> {
    private EventServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceFutureStub(channel, callOptions);
    }
  }

  private static final int METHODID_LIST_EVENTS = 0;
  private static final int METHODID_WATCH_EVENTS = 1;

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
        case METHODID_LIST_EVENTS:
          serviceImpl.listEvents((com.roster.v1.ListEventsRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.ListEventsResponse>) responseObserver);
          break;
        case METHODID_WATCH_EVENTS:
          serviceImpl.watchEvents((com.roster.v1.WatchEventsRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.WatchEventsResponse>) responseObserver);
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
          getListEventsMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              com.roster.v1.ListEventsRequest,
              com.roster.v1.ListEventsResponse>(
                service, METHODID_LIST_EVENTS)))
        .addMethod(
          getWatchEventsMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              com.roster.v1.WatchEventsRequest,
              com.roster.v1.WatchEventsResponse>(
                service, METHODID_WATCH_EVENTS)))
        .build();
  }

  private static abstract class EventServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    EventServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return com.roster.v1.EventServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("EventService");
    }
  }

  private static final class EventServiceFileDescriptorSupplier
      extends EventServiceBaseDescriptorSupplier {
    EventServiceFileDescriptorSupplier() {}
  }

  private static final class EventServiceMethodDescriptorSupplier
      extends EventServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    EventServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (EventServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new EventServiceFileDescriptorSupplier())
              .addMethod(getListEventsMethod())
              .addMethod(getWatchEventsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
