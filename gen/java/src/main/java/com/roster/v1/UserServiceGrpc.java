package com.roster.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Keeps the application's users.
 * A request that breaks the rules of its fields fails with INVALID_ARGUMENT `INVALID_REQUEST` and a list of every field
 * at fault; nothing is changed then. See `ErrorReason` for all errors and how they are encoded.
 * A write is acknowledged when a majority of the database's members has it. A read sees every write that was
 * acknowledged before the read arrived.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class UserServiceGrpc {

  private UserServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "roster.v1.UserService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<com.roster.v1.GetUserRequest,
      com.roster.v1.GetUserResponse> getGetUserMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetUser",
      requestType = com.roster.v1.GetUserRequest.class,
      responseType = com.roster.v1.GetUserResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.GetUserRequest,
      com.roster.v1.GetUserResponse> getGetUserMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.GetUserRequest, com.roster.v1.GetUserResponse> getGetUserMethod;
    if ((getGetUserMethod = UserServiceGrpc.getGetUserMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getGetUserMethod = UserServiceGrpc.getGetUserMethod) == null) {
          UserServiceGrpc.getGetUserMethod = getGetUserMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.GetUserRequest, com.roster.v1.GetUserResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetUser"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.GetUserRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.GetUserResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("GetUser"))
              .build();
        }
      }
    }
    return getGetUserMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.GetUserByExternalIdRequest,
      com.roster.v1.GetUserByExternalIdResponse> getGetUserByExternalIdMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetUserByExternalId",
      requestType = com.roster.v1.GetUserByExternalIdRequest.class,
      responseType = com.roster.v1.GetUserByExternalIdResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.GetUserByExternalIdRequest,
      com.roster.v1.GetUserByExternalIdResponse> getGetUserByExternalIdMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.GetUserByExternalIdRequest, com.roster.v1.GetUserByExternalIdResponse> getGetUserByExternalIdMethod;
    if ((getGetUserByExternalIdMethod = UserServiceGrpc.getGetUserByExternalIdMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getGetUserByExternalIdMethod = UserServiceGrpc.getGetUserByExternalIdMethod) == null) {
          UserServiceGrpc.getGetUserByExternalIdMethod = getGetUserByExternalIdMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.GetUserByExternalIdRequest, com.roster.v1.GetUserByExternalIdResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetUserByExternalId"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.GetUserByExternalIdRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.GetUserByExternalIdResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("GetUserByExternalId"))
              .build();
        }
      }
    }
    return getGetUserByExternalIdMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.GetUserByEmailRequest,
      com.roster.v1.GetUserByEmailResponse> getGetUserByEmailMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetUserByEmail",
      requestType = com.roster.v1.GetUserByEmailRequest.class,
      responseType = com.roster.v1.GetUserByEmailResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.GetUserByEmailRequest,
      com.roster.v1.GetUserByEmailResponse> getGetUserByEmailMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.GetUserByEmailRequest, com.roster.v1.GetUserByEmailResponse> getGetUserByEmailMethod;
    if ((getGetUserByEmailMethod = UserServiceGrpc.getGetUserByEmailMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getGetUserByEmailMethod = UserServiceGrpc.getGetUserByEmailMethod) == null) {
          UserServiceGrpc.getGetUserByEmailMethod = getGetUserByEmailMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.GetUserByEmailRequest, com.roster.v1.GetUserByEmailResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetUserByEmail"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.GetUserByEmailRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.GetUserByEmailResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("GetUserByEmail"))
              .build();
        }
      }
    }
    return getGetUserByEmailMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.BatchGetUsersRequest,
      com.roster.v1.BatchGetUsersResponse> getBatchGetUsersMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchGetUsers",
      requestType = com.roster.v1.BatchGetUsersRequest.class,
      responseType = com.roster.v1.BatchGetUsersResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.BatchGetUsersRequest,
      com.roster.v1.BatchGetUsersResponse> getBatchGetUsersMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.BatchGetUsersRequest, com.roster.v1.BatchGetUsersResponse> getBatchGetUsersMethod;
    if ((getBatchGetUsersMethod = UserServiceGrpc.getBatchGetUsersMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getBatchGetUsersMethod = UserServiceGrpc.getBatchGetUsersMethod) == null) {
          UserServiceGrpc.getBatchGetUsersMethod = getBatchGetUsersMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.BatchGetUsersRequest, com.roster.v1.BatchGetUsersResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchGetUsers"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.BatchGetUsersRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.BatchGetUsersResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("BatchGetUsers"))
              .build();
        }
      }
    }
    return getBatchGetUsersMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.ListUsersRequest,
      com.roster.v1.ListUsersResponse> getListUsersMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListUsers",
      requestType = com.roster.v1.ListUsersRequest.class,
      responseType = com.roster.v1.ListUsersResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<com.roster.v1.ListUsersRequest,
      com.roster.v1.ListUsersResponse> getListUsersMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.ListUsersRequest, com.roster.v1.ListUsersResponse> getListUsersMethod;
    if ((getListUsersMethod = UserServiceGrpc.getListUsersMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getListUsersMethod = UserServiceGrpc.getListUsersMethod) == null) {
          UserServiceGrpc.getListUsersMethod = getListUsersMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.ListUsersRequest, com.roster.v1.ListUsersResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListUsers"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ListUsersRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ListUsersResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("ListUsers"))
              .build();
        }
      }
    }
    return getListUsersMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.CreateUserRequest,
      com.roster.v1.CreateUserResponse> getCreateUserMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateUser",
      requestType = com.roster.v1.CreateUserRequest.class,
      responseType = com.roster.v1.CreateUserResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.CreateUserRequest,
      com.roster.v1.CreateUserResponse> getCreateUserMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.CreateUserRequest, com.roster.v1.CreateUserResponse> getCreateUserMethod;
    if ((getCreateUserMethod = UserServiceGrpc.getCreateUserMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getCreateUserMethod = UserServiceGrpc.getCreateUserMethod) == null) {
          UserServiceGrpc.getCreateUserMethod = getCreateUserMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.CreateUserRequest, com.roster.v1.CreateUserResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateUser"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.CreateUserRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.CreateUserResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("CreateUser"))
              .build();
        }
      }
    }
    return getCreateUserMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.UpdateUserRequest,
      com.roster.v1.UpdateUserResponse> getUpdateUserMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateUser",
      requestType = com.roster.v1.UpdateUserRequest.class,
      responseType = com.roster.v1.UpdateUserResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.UpdateUserRequest,
      com.roster.v1.UpdateUserResponse> getUpdateUserMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.UpdateUserRequest, com.roster.v1.UpdateUserResponse> getUpdateUserMethod;
    if ((getUpdateUserMethod = UserServiceGrpc.getUpdateUserMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getUpdateUserMethod = UserServiceGrpc.getUpdateUserMethod) == null) {
          UserServiceGrpc.getUpdateUserMethod = getUpdateUserMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.UpdateUserRequest, com.roster.v1.UpdateUserResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateUser"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.UpdateUserRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.UpdateUserResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("UpdateUser"))
              .build();
        }
      }
    }
    return getUpdateUserMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.DeleteUserRequest,
      com.roster.v1.DeleteUserResponse> getDeleteUserMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteUser",
      requestType = com.roster.v1.DeleteUserRequest.class,
      responseType = com.roster.v1.DeleteUserResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.DeleteUserRequest,
      com.roster.v1.DeleteUserResponse> getDeleteUserMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.DeleteUserRequest, com.roster.v1.DeleteUserResponse> getDeleteUserMethod;
    if ((getDeleteUserMethod = UserServiceGrpc.getDeleteUserMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getDeleteUserMethod = UserServiceGrpc.getDeleteUserMethod) == null) {
          UserServiceGrpc.getDeleteUserMethod = getDeleteUserMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.DeleteUserRequest, com.roster.v1.DeleteUserResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteUser"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.DeleteUserRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.DeleteUserResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("DeleteUser"))
              .build();
        }
      }
    }
    return getDeleteUserMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.DeactivateUserRequest,
      com.roster.v1.DeactivateUserResponse> getDeactivateUserMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeactivateUser",
      requestType = com.roster.v1.DeactivateUserRequest.class,
      responseType = com.roster.v1.DeactivateUserResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.DeactivateUserRequest,
      com.roster.v1.DeactivateUserResponse> getDeactivateUserMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.DeactivateUserRequest, com.roster.v1.DeactivateUserResponse> getDeactivateUserMethod;
    if ((getDeactivateUserMethod = UserServiceGrpc.getDeactivateUserMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getDeactivateUserMethod = UserServiceGrpc.getDeactivateUserMethod) == null) {
          UserServiceGrpc.getDeactivateUserMethod = getDeactivateUserMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.DeactivateUserRequest, com.roster.v1.DeactivateUserResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeactivateUser"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.DeactivateUserRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.DeactivateUserResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("DeactivateUser"))
              .build();
        }
      }
    }
    return getDeactivateUserMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.ReactivateUserRequest,
      com.roster.v1.ReactivateUserResponse> getReactivateUserMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReactivateUser",
      requestType = com.roster.v1.ReactivateUserRequest.class,
      responseType = com.roster.v1.ReactivateUserResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.ReactivateUserRequest,
      com.roster.v1.ReactivateUserResponse> getReactivateUserMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.ReactivateUserRequest, com.roster.v1.ReactivateUserResponse> getReactivateUserMethod;
    if ((getReactivateUserMethod = UserServiceGrpc.getReactivateUserMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getReactivateUserMethod = UserServiceGrpc.getReactivateUserMethod) == null) {
          UserServiceGrpc.getReactivateUserMethod = getReactivateUserMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.ReactivateUserRequest, com.roster.v1.ReactivateUserResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReactivateUser"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ReactivateUserRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ReactivateUserResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("ReactivateUser"))
              .build();
        }
      }
    }
    return getReactivateUserMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.ImportUsersRequest,
      com.roster.v1.ImportUsersResponse> getImportUsersMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ImportUsers",
      requestType = com.roster.v1.ImportUsersRequest.class,
      responseType = com.roster.v1.ImportUsersResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
  public static io.grpc.MethodDescriptor<com.roster.v1.ImportUsersRequest,
      com.roster.v1.ImportUsersResponse> getImportUsersMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.ImportUsersRequest, com.roster.v1.ImportUsersResponse> getImportUsersMethod;
    if ((getImportUsersMethod = UserServiceGrpc.getImportUsersMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getImportUsersMethod = UserServiceGrpc.getImportUsersMethod) == null) {
          UserServiceGrpc.getImportUsersMethod = getImportUsersMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.ImportUsersRequest, com.roster.v1.ImportUsersResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ImportUsers"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ImportUsersRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ImportUsersResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("ImportUsers"))
              .build();
        }
      }
    }
    return getImportUsersMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.ExportUsersRequest,
      com.roster.v1.ExportUsersResponse> getExportUsersMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExportUsers",
      requestType = com.roster.v1.ExportUsersRequest.class,
      responseType = com.roster.v1.ExportUsersResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<com.roster.v1.ExportUsersRequest,
      com.roster.v1.ExportUsersResponse> getExportUsersMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.ExportUsersRequest, com.roster.v1.ExportUsersResponse> getExportUsersMethod;
    if ((getExportUsersMethod = UserServiceGrpc.getExportUsersMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getExportUsersMethod = UserServiceGrpc.getExportUsersMethod) == null) {
          UserServiceGrpc.getExportUsersMethod = getExportUsersMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.ExportUsersRequest, com.roster.v1.ExportUsersResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExportUsers"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ExportUsersRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ExportUsersResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("ExportUsers"))
              .build();
        }
      }
    }
    return getExportUsersMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.ProvisionUserRequest,
      com.roster.v1.ProvisionUserResponse> getProvisionUserMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ProvisionUser",
      requestType = com.roster.v1.ProvisionUserRequest.class,
      responseType = com.roster.v1.ProvisionUserResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.ProvisionUserRequest,
      com.roster.v1.ProvisionUserResponse> getProvisionUserMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.ProvisionUserRequest, com.roster.v1.ProvisionUserResponse> getProvisionUserMethod;
    if ((getProvisionUserMethod = UserServiceGrpc.getProvisionUserMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getProvisionUserMethod = UserServiceGrpc.getProvisionUserMethod) == null) {
          UserServiceGrpc.getProvisionUserMethod = getProvisionUserMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.ProvisionUserRequest, com.roster.v1.ProvisionUserResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ProvisionUser"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ProvisionUserRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ProvisionUserResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("ProvisionUser"))
              .build();
        }
      }
    }
    return getProvisionUserMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.ListIdentitiesRequest,
      com.roster.v1.ListIdentitiesResponse> getListIdentitiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListIdentities",
      requestType = com.roster.v1.ListIdentitiesRequest.class,
      responseType = com.roster.v1.ListIdentitiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.ListIdentitiesRequest,
      com.roster.v1.ListIdentitiesResponse> getListIdentitiesMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.ListIdentitiesRequest, com.roster.v1.ListIdentitiesResponse> getListIdentitiesMethod;
    if ((getListIdentitiesMethod = UserServiceGrpc.getListIdentitiesMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getListIdentitiesMethod = UserServiceGrpc.getListIdentitiesMethod) == null) {
          UserServiceGrpc.getListIdentitiesMethod = getListIdentitiesMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.ListIdentitiesRequest, com.roster.v1.ListIdentitiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListIdentities"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ListIdentitiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ListIdentitiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("ListIdentities"))
              .build();
        }
      }
    }
    return getListIdentitiesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.DeleteIdentityRequest,
      com.roster.v1.DeleteIdentityResponse> getDeleteIdentityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteIdentity",
      requestType = com.roster.v1.DeleteIdentityRequest.class,
      responseType = com.roster.v1.DeleteIdentityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.DeleteIdentityRequest,
      com.roster.v1.DeleteIdentityResponse> getDeleteIdentityMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.DeleteIdentityRequest, com.roster.v1.DeleteIdentityResponse> getDeleteIdentityMethod;
    if ((getDeleteIdentityMethod = UserServiceGrpc.getDeleteIdentityMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getDeleteIdentityMethod = UserServiceGrpc.getDeleteIdentityMethod) == null) {
          UserServiceGrpc.getDeleteIdentityMethod = getDeleteIdentityMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.DeleteIdentityRequest, com.roster.v1.DeleteIdentityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteIdentity"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.DeleteIdentityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.DeleteIdentityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("DeleteIdentity"))
              .build();
        }
      }
    }
    return getDeleteIdentityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.GetUserByIdentityRequest,
      com.roster.v1.GetUserByIdentityResponse> getGetUserByIdentityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetUserByIdentity",
      requestType = com.roster.v1.GetUserByIdentityRequest.class,
      responseType = com.roster.v1.GetUserByIdentityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.GetUserByIdentityRequest,
      com.roster.v1.GetUserByIdentityResponse> getGetUserByIdentityMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.GetUserByIdentityRequest, com.roster.v1.GetUserByIdentityResponse> getGetUserByIdentityMethod;
    if ((getGetUserByIdentityMethod = UserServiceGrpc.getGetUserByIdentityMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getGetUserByIdentityMethod = UserServiceGrpc.getGetUserByIdentityMethod) == null) {
          UserServiceGrpc.getGetUserByIdentityMethod = getGetUserByIdentityMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.GetUserByIdentityRequest, com.roster.v1.GetUserByIdentityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetUserByIdentity"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.GetUserByIdentityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.GetUserByIdentityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("GetUserByIdentity"))
              .build();
        }
      }
    }
    return getGetUserByIdentityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.ListConnectionIdentitiesRequest,
      com.roster.v1.ListConnectionIdentitiesResponse> getListConnectionIdentitiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListConnectionIdentities",
      requestType = com.roster.v1.ListConnectionIdentitiesRequest.class,
      responseType = com.roster.v1.ListConnectionIdentitiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<com.roster.v1.ListConnectionIdentitiesRequest,
      com.roster.v1.ListConnectionIdentitiesResponse> getListConnectionIdentitiesMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.ListConnectionIdentitiesRequest, com.roster.v1.ListConnectionIdentitiesResponse> getListConnectionIdentitiesMethod;
    if ((getListConnectionIdentitiesMethod = UserServiceGrpc.getListConnectionIdentitiesMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getListConnectionIdentitiesMethod = UserServiceGrpc.getListConnectionIdentitiesMethod) == null) {
          UserServiceGrpc.getListConnectionIdentitiesMethod = getListConnectionIdentitiesMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.ListConnectionIdentitiesRequest, com.roster.v1.ListConnectionIdentitiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListConnectionIdentities"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ListConnectionIdentitiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.ListConnectionIdentitiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("ListConnectionIdentities"))
              .build();
        }
      }
    }
    return getListConnectionIdentitiesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.roster.v1.DeleteConnectionIdentitiesRequest,
      com.roster.v1.DeleteConnectionIdentitiesResponse> getDeleteConnectionIdentitiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteConnectionIdentities",
      requestType = com.roster.v1.DeleteConnectionIdentitiesRequest.class,
      responseType = com.roster.v1.DeleteConnectionIdentitiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.roster.v1.DeleteConnectionIdentitiesRequest,
      com.roster.v1.DeleteConnectionIdentitiesResponse> getDeleteConnectionIdentitiesMethod() {
    io.grpc.MethodDescriptor<com.roster.v1.DeleteConnectionIdentitiesRequest, com.roster.v1.DeleteConnectionIdentitiesResponse> getDeleteConnectionIdentitiesMethod;
    if ((getDeleteConnectionIdentitiesMethod = UserServiceGrpc.getDeleteConnectionIdentitiesMethod) == null) {
      synchronized (UserServiceGrpc.class) {
        if ((getDeleteConnectionIdentitiesMethod = UserServiceGrpc.getDeleteConnectionIdentitiesMethod) == null) {
          UserServiceGrpc.getDeleteConnectionIdentitiesMethod = getDeleteConnectionIdentitiesMethod =
              io.grpc.MethodDescriptor.<com.roster.v1.DeleteConnectionIdentitiesRequest, com.roster.v1.DeleteConnectionIdentitiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteConnectionIdentities"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.DeleteConnectionIdentitiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.roster.v1.DeleteConnectionIdentitiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserServiceMethodDescriptorSupplier("DeleteConnectionIdentities"))
              .build();
        }
      }
    }
    return getDeleteConnectionIdentitiesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static UserServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UserServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UserServiceStub>() {
        @java.lang.Override
        public UserServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UserServiceStub(channel, callOptions);
        }
      };
    return UserServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static UserServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UserServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UserServiceBlockingV2Stub>() {
        @java.lang.Override
        public UserServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UserServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return UserServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static UserServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UserServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UserServiceBlockingStub>() {
        @java.lang.Override
        public UserServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UserServiceBlockingStub(channel, callOptions);
        }
      };
    return UserServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static UserServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UserServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UserServiceFutureStub>() {
        @java.lang.Override
        public UserServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UserServiceFutureStub(channel, callOptions);
        }
      };
    return UserServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Keeps the application's users.
   * A request that breaks the rules of its fields fails with INVALID_ARGUMENT `INVALID_REQUEST` and a list of every field
   * at fault; nothing is changed then. See `ErrorReason` for all errors and how they are encoded.
   * A write is acknowledged when a majority of the database's members has it. A read sees every write that was
   * acknowledged before the read arrived.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Gets one user by id. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    default void getUser(com.roster.v1.GetUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.GetUserResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetUserMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gets one user by the caller's own id. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    default void getUserByExternalId(com.roster.v1.GetUserByExternalIdRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.GetUserByExternalIdResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetUserByExternalIdMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gets one user by email address, compared as `User.email` states. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    default void getUserByEmail(com.roster.v1.GetUserByEmailRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.GetUserByEmailResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetUserByEmailMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gets up to 1,000 users by id. An id that no user has is no error: it is listed in the response.
     * </pre>
     */
    default void batchGetUsers(com.roster.v1.BatchGetUsersRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.BatchGetUsersResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchGetUsersMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists users as a stream of pages, in order of creation.
     * A user that exists throughout the call and matches is delivered exactly once, whatever is created or deleted
     * meanwhile. The server reads from the database only as fast as the client reads from the stream. An interrupted
     * stream is taken up again by giving the last page's `after`. The first page always comes, even when it is empty.
     * </pre>
     */
    default void listUsers(com.roster.v1.ListUsersRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ListUsersResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListUsersMethod(), responseObserver);
    }

    /**
     * <pre>
     * Creates a user. Taken email: ALREADY_EXISTS `EMAIL_NOT_AVAILABLE`. Taken external id: ALREADY_EXISTS
     * `EXTERNAL_ID_ALREADY_USED`.
     * </pre>
     */
    default void createUser(com.roster.v1.CreateUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.CreateUserResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateUserMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes a user: what is present in the request changes, what is absent stays. Two concurrent updates of different
     * fields both survive. A call that changes nothing writes nothing and returns the user as it is; `expected_revision` is
     * compared before all else, also then.
     * A password that is set, replaced or removed has an event `user.password_changed`, behind the `user.updated` of the
     * fields when these change too.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ALREADY_EXISTS `EMAIL_NOT_AVAILABLE` or `EXTERNAL_ID_ALREADY_USED`; ABORTED
     * `REVISION_MISMATCH`.
     * </pre>
     */
    default void updateUser(com.roster.v1.UpdateUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.UpdateUserResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateUserMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a user for good, and with it the password, the identities and the memberships, in one transaction. The email
     * and the external id are free at once. Events and remembered answers still tell what the user was, unless `erase` is set.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    default void deleteUser(com.roster.v1.DeleteUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.DeleteUserResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteUserMethod(), responseObserver);
    }

    /**
     * <pre>
     * Keeps a user from signing in: `AuthenticateWithPassword`, `VerifyPassword` and `ProvisionUser` fail with
     * FAILED_PRECONDITION `USER_INACTIVE`. Everything that belongs to the user stays. Roster keeps no sessions: end those that
     * there are. A user who is inactive already is returned as it is; else the event is `user.updated`.
     * Servers of a version without `status` let an inactive user sign in: while such servers run beside newer ones, this keeps
     * nobody out for sure.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    default void deactivateUser(com.roster.v1.DeactivateUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.DeactivateUserResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeactivateUserMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lets an inactive user sign in again. A user who is active already is returned as it is; else the event is
     * `user.updated`.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    default void reactivateUser(com.roster.v1.ReactivateUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ReactivateUserResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReactivateUserMethod(), responseObserver);
    }

    /**
     * <pre>
     * Creates or changes any number of users, and tells for each row what became of it.
     * The first message has the options, and may have rows; every other one has rows only. Results come in the order of the
     * rows, and while rows still come. Each row is one change of its own, written whole with its event or not at all: a row
     * that is rejected costs nothing but that row, and there is no transaction around several. Rows take effect as if they
     * were sent one after another: of two that claim the same email, the first one gets it and the second is rejected.
     * The server reads rows only as fast as it writes them and as the client reads the results: a client that sends without
     * reading is stopped. When the call ends early, whatever the cause, every row was either written or not, also some whose
     * results did not arrive. Send the rows again with `MODE_UPSERT`: those that were written are unchanged.
     * A message that breaks the rules ends the call, with INVALID_ARGUMENT `INVALID_REQUEST`, behind the results of all rows
     * before it: options that are missing, given again or not allowed, and more than 1,000 rows or none.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<com.roster.v1.ImportUsersRequest> importUsers(
        io.grpc.stub.StreamObserver<com.roster.v1.ImportUsersResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getImportUsersMethod(), responseObserver);
    }

    /**
     * <pre>
     * Streams every user with the hash of its password, as rows that `ImportUsers` takes, in the order of their ids. The
     * server reads from the database only as fast as the client reads from the stream. The first message always comes, even
     * when there is no user.
     * Rows show their users as they were at some time during the call, never before the first message's `cursor`. To make
     * the copy complete, apply the events behind the cursor in their order: each says what its user was from then on, so
     * that the last one of a user is right whatever its row says, and a user without an event is as the row says; a sign-in
     * tells `last_sign_in_at` in its `authentication.*` event. Events carry no passwords: a user whose password changes
     * meanwhile has an event `user.password_changed`, and the hash of before or after.
     * </pre>
     */
    default void exportUsers(com.roster.v1.ExportUsersRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ExportUsersResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExportUsersMethod(), responseObserver);
    }

    /**
     * <pre>
     * Signs in a user whom an identity provider has authenticated for an organization, and makes what is missing: the user,
     * the identity, the membership. For the service that has checked the provider's assertion; what it passes on is taken as
     * what the provider said, and the email is trusted only as stated here. All in one transaction.
     * Which user it is, the first of these that holds:
     * 1. The identity (`connection_id`, `idp_id`) is known: its user. `OUTCOME_EXISTING_IDENTITY`. Whatever email it
     *    brings, the user's `email_verified` and password stay.
     * 2. The organization has verified the email's domain: the user with this email, to whom the identity is linked.
     *    `OUTCOME_LINKED`. When `email_verified` was false it becomes true, and the user's password and other identities
     *    are removed, because whoever set it or came through them has not shown that the address is theirs. When no user
     *    has this email, a new one with it, which counts as verified. `OUTCOME_CREATED`.
     * 3. The organization has not verified the domain, and the user with this email has `email_verified` true and a
     *    membership in the organization, active or pending: that user, to whom the identity is linked. `OUTCOME_LINKED`.
     *    So whoever makes a membership, an invitation too, decides that this organization's identity provider is believed
     *    about that user, whatever the domain of their email: let an organization invite nobody whose user is not theirs to
     *    take over.
     * Anyone else is refused with FAILED_PRECONDITION, and nothing changes: `EMAIL_NOT_VERIFIED` when the user with this
     * email has a membership in the organization and `email_verified` is false, else `DOMAIN_NOT_VERIFIED`. Emails are
     * compared as `User.email` states, domains as `OrganizationDomain.domain` does.
     * A user found so who is inactive is refused before any look at the membership: FAILED_PRECONDITION `USER_INACTIVE`, and
     * nothing changes.
     * In all three cases an absent membership in the organization is made, active and with the role `member`; a pending one
     * becomes active; an inactive one is never made active: FAILED_PRECONDITION `ORGANIZATION_MEMBERSHIP_INACTIVE`, and
     * nothing changes. Names and picture that are given replace the user's. `last_sign_in_at` is set, which alone is no change
     * of the user: without another one there is no `user.updated`. The email of a user who exists never changes. A user has at
     * most 25 identities: FAILED_PRECONDITION `TOO_MANY_IDENTITIES`.
     * Concurrent calls for one person make one user, one identity and one membership, and each gets a good answer: the first
     * one tells what was made, the others find it. The sign-in has an `authentication.sso_succeeded` event, and a refusal with
     * FAILED_PRECONDITION an `authentication.sso_failed` with its reason. Absent organization: NOT_FOUND
     * `ORGANIZATION_NOT_FOUND`.
     * </pre>
     */
    default void provisionUser(com.roster.v1.ProvisionUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ProvisionUserResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getProvisionUserMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the identities of a user. Absent user: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    default void listIdentities(com.roster.v1.ListIdentitiesRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ListIdentitiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListIdentitiesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Removes an identity from a user. The user and the memberships stay; a later `ProvisionUser` with the same subject
     * decides as for one that it does not know.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; NOT_FOUND `IDENTITY_NOT_FOUND` when this user does not have it.
     * </pre>
     */
    default void deleteIdentity(com.roster.v1.DeleteIdentityRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.DeleteIdentityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteIdentityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gets the user who has an identity.
     * Absent: NOT_FOUND `IDENTITY_NOT_FOUND`.
     * </pre>
     */
    default void getUserByIdentity(com.roster.v1.GetUserByIdentityRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.GetUserByIdentityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetUserByIdentityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the identities of a connection, whosever they are, as a stream of pages in the order of `idp_id`, byte by byte. An
     * identity that is there throughout the call is delivered exactly once. A connection that nobody has signed in through has
     * none: Roster does not know which connections there are.
     * </pre>
     */
    default void listConnectionIdentities(com.roster.v1.ListConnectionIdentitiesRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ListConnectionIdentitiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListConnectionIdentitiesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Removes the identities of a connection, of all users: for a connection that has come to its end. The users and their
     * memberships stay. A later `ProvisionUser` through this connection decides as for subjects that it does not know, and what
     * is linked while this call goes on may be left.
     * Not one transaction: identities go in steps of at most 1,000, each with its `identity.deleted` events. A call that ends
     * early has removed those of its steps, and a retry goes on. A connection without identities is no error.
     * </pre>
     */
    default void deleteConnectionIdentities(com.roster.v1.DeleteConnectionIdentitiesRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.DeleteConnectionIdentitiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteConnectionIdentitiesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service UserService.
   * <pre>
   * Keeps the application's users.
   * A request that breaks the rules of its fields fails with INVALID_ARGUMENT `INVALID_REQUEST` and a list of every field
   * at fault; nothing is changed then. See `ErrorReason` for all errors and how they are encoded.
   * A write is acknowledged when a majority of the database's members has it. A read sees every write that was
   * acknowledged before the read arrived.
   * </pre>
   */
  public static abstract class UserServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return UserServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service UserService.
   * <pre>
   * Keeps the application's users.
   * A request that breaks the rules of its fields fails with INVALID_ARGUMENT `INVALID_REQUEST` and a list of every field
   * at fault; nothing is changed then. See `ErrorReason` for all errors and how they are encoded.
   * A write is acknowledged when a majority of the database's members has it. A read sees every write that was
   * acknowledged before the read arrived.
   * </pre>
   */
  public static final class UserServiceStub
      extends io.grpc.stub.AbstractAsyncStub<UserServiceStub> {
    private UserServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UserServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UserServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Gets one user by id. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public void getUser(com.roster.v1.GetUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.GetUserResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetUserMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gets one user by the caller's own id. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public void getUserByExternalId(com.roster.v1.GetUserByExternalIdRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.GetUserByExternalIdResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetUserByExternalIdMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gets one user by email address, compared as `User.email` states. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public void getUserByEmail(com.roster.v1.GetUserByEmailRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.GetUserByEmailResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetUserByEmailMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gets up to 1,000 users by id. An id that no user has is no error: it is listed in the response.
     * </pre>
     */
    public void batchGetUsers(com.roster.v1.BatchGetUsersRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.BatchGetUsersResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchGetUsersMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists users as a stream of pages, in order of creation.
     * A user that exists throughout the call and matches is delivered exactly once, whatever is created or deleted
     * meanwhile. The server reads from the database only as fast as the client reads from the stream. An interrupted
     * stream is taken up again by giving the last page's `after`. The first page always comes, even when it is empty.
     * </pre>
     */
    public void listUsers(com.roster.v1.ListUsersRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ListUsersResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getListUsersMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Creates a user. Taken email: ALREADY_EXISTS `EMAIL_NOT_AVAILABLE`. Taken external id: ALREADY_EXISTS
     * `EXTERNAL_ID_ALREADY_USED`.
     * </pre>
     */
    public void createUser(com.roster.v1.CreateUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.CreateUserResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateUserMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes a user: what is present in the request changes, what is absent stays. Two concurrent updates of different
     * fields both survive. A call that changes nothing writes nothing and returns the user as it is; `expected_revision` is
     * compared before all else, also then.
     * A password that is set, replaced or removed has an event `user.password_changed`, behind the `user.updated` of the
     * fields when these change too.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ALREADY_EXISTS `EMAIL_NOT_AVAILABLE` or `EXTERNAL_ID_ALREADY_USED`; ABORTED
     * `REVISION_MISMATCH`.
     * </pre>
     */
    public void updateUser(com.roster.v1.UpdateUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.UpdateUserResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateUserMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a user for good, and with it the password, the identities and the memberships, in one transaction. The email
     * and the external id are free at once. Events and remembered answers still tell what the user was, unless `erase` is set.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public void deleteUser(com.roster.v1.DeleteUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.DeleteUserResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteUserMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Keeps a user from signing in: `AuthenticateWithPassword`, `VerifyPassword` and `ProvisionUser` fail with
     * FAILED_PRECONDITION `USER_INACTIVE`. Everything that belongs to the user stays. Roster keeps no sessions: end those that
     * there are. A user who is inactive already is returned as it is; else the event is `user.updated`.
     * Servers of a version without `status` let an inactive user sign in: while such servers run beside newer ones, this keeps
     * nobody out for sure.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public void deactivateUser(com.roster.v1.DeactivateUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.DeactivateUserResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeactivateUserMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lets an inactive user sign in again. A user who is active already is returned as it is; else the event is
     * `user.updated`.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public void reactivateUser(com.roster.v1.ReactivateUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ReactivateUserResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReactivateUserMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Creates or changes any number of users, and tells for each row what became of it.
     * The first message has the options, and may have rows; every other one has rows only. Results come in the order of the
     * rows, and while rows still come. Each row is one change of its own, written whole with its event or not at all: a row
     * that is rejected costs nothing but that row, and there is no transaction around several. Rows take effect as if they
     * were sent one after another: of two that claim the same email, the first one gets it and the second is rejected.
     * The server reads rows only as fast as it writes them and as the client reads the results: a client that sends without
     * reading is stopped. When the call ends early, whatever the cause, every row was either written or not, also some whose
     * results did not arrive. Send the rows again with `MODE_UPSERT`: those that were written are unchanged.
     * A message that breaks the rules ends the call, with INVALID_ARGUMENT `INVALID_REQUEST`, behind the results of all rows
     * before it: options that are missing, given again or not allowed, and more than 1,000 rows or none.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<com.roster.v1.ImportUsersRequest> importUsers(
        io.grpc.stub.StreamObserver<com.roster.v1.ImportUsersResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncBidiStreamingCall(
          getChannel().newCall(getImportUsersMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * Streams every user with the hash of its password, as rows that `ImportUsers` takes, in the order of their ids. The
     * server reads from the database only as fast as the client reads from the stream. The first message always comes, even
     * when there is no user.
     * Rows show their users as they were at some time during the call, never before the first message's `cursor`. To make
     * the copy complete, apply the events behind the cursor in their order: each says what its user was from then on, so
     * that the last one of a user is right whatever its row says, and a user without an event is as the row says; a sign-in
     * tells `last_sign_in_at` in its `authentication.*` event. Events carry no passwords: a user whose password changes
     * meanwhile has an event `user.password_changed`, and the hash of before or after.
     * </pre>
     */
    public void exportUsers(com.roster.v1.ExportUsersRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ExportUsersResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getExportUsersMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Signs in a user whom an identity provider has authenticated for an organization, and makes what is missing: the user,
     * the identity, the membership. For the service that has checked the provider's assertion; what it passes on is taken as
     * what the provider said, and the email is trusted only as stated here. All in one transaction.
     * Which user it is, the first of these that holds:
     * 1. The identity (`connection_id`, `idp_id`) is known: its user. `OUTCOME_EXISTING_IDENTITY`. Whatever email it
     *    brings, the user's `email_verified` and password stay.
     * 2. The organization has verified the email's domain: the user with this email, to whom the identity is linked.
     *    `OUTCOME_LINKED`. When `email_verified` was false it becomes true, and the user's password and other identities
     *    are removed, because whoever set it or came through them has not shown that the address is theirs. When no user
     *    has this email, a new one with it, which counts as verified. `OUTCOME_CREATED`.
     * 3. The organization has not verified the domain, and the user with this email has `email_verified` true and a
     *    membership in the organization, active or pending: that user, to whom the identity is linked. `OUTCOME_LINKED`.
     *    So whoever makes a membership, an invitation too, decides that this organization's identity provider is believed
     *    about that user, whatever the domain of their email: let an organization invite nobody whose user is not theirs to
     *    take over.
     * Anyone else is refused with FAILED_PRECONDITION, and nothing changes: `EMAIL_NOT_VERIFIED` when the user with this
     * email has a membership in the organization and `email_verified` is false, else `DOMAIN_NOT_VERIFIED`. Emails are
     * compared as `User.email` states, domains as `OrganizationDomain.domain` does.
     * A user found so who is inactive is refused before any look at the membership: FAILED_PRECONDITION `USER_INACTIVE`, and
     * nothing changes.
     * In all three cases an absent membership in the organization is made, active and with the role `member`; a pending one
     * becomes active; an inactive one is never made active: FAILED_PRECONDITION `ORGANIZATION_MEMBERSHIP_INACTIVE`, and
     * nothing changes. Names and picture that are given replace the user's. `last_sign_in_at` is set, which alone is no change
     * of the user: without another one there is no `user.updated`. The email of a user who exists never changes. A user has at
     * most 25 identities: FAILED_PRECONDITION `TOO_MANY_IDENTITIES`.
     * Concurrent calls for one person make one user, one identity and one membership, and each gets a good answer: the first
     * one tells what was made, the others find it. The sign-in has an `authentication.sso_succeeded` event, and a refusal with
     * FAILED_PRECONDITION an `authentication.sso_failed` with its reason. Absent organization: NOT_FOUND
     * `ORGANIZATION_NOT_FOUND`.
     * </pre>
     */
    public void provisionUser(com.roster.v1.ProvisionUserRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ProvisionUserResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getProvisionUserMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the identities of a user. Absent user: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public void listIdentities(com.roster.v1.ListIdentitiesRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ListIdentitiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListIdentitiesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Removes an identity from a user. The user and the memberships stay; a later `ProvisionUser` with the same subject
     * decides as for one that it does not know.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; NOT_FOUND `IDENTITY_NOT_FOUND` when this user does not have it.
     * </pre>
     */
    public void deleteIdentity(com.roster.v1.DeleteIdentityRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.DeleteIdentityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteIdentityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gets the user who has an identity.
     * Absent: NOT_FOUND `IDENTITY_NOT_FOUND`.
     * </pre>
     */
    public void getUserByIdentity(com.roster.v1.GetUserByIdentityRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.GetUserByIdentityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetUserByIdentityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the identities of a connection, whosever they are, as a stream of pages in the order of `idp_id`, byte by byte. An
     * identity that is there throughout the call is delivered exactly once. A connection that nobody has signed in through has
     * none: Roster does not know which connections there are.
     * </pre>
     */
    public void listConnectionIdentities(com.roster.v1.ListConnectionIdentitiesRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.ListConnectionIdentitiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getListConnectionIdentitiesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Removes the identities of a connection, of all users: for a connection that has come to its end. The users and their
     * memberships stay. A later `ProvisionUser` through this connection decides as for subjects that it does not know, and what
     * is linked while this call goes on may be left.
     * Not one transaction: identities go in steps of at most 1,000, each with its `identity.deleted` events. A call that ends
     * early has removed those of its steps, and a retry goes on. A connection without identities is no error.
     * </pre>
     */
    public void deleteConnectionIdentities(com.roster.v1.DeleteConnectionIdentitiesRequest request,
        io.grpc.stub.StreamObserver<com.roster.v1.DeleteConnectionIdentitiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteConnectionIdentitiesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service UserService.
   * <pre>
   * Keeps the application's users.
   * A request that breaks the rules of its fields fails with INVALID_ARGUMENT `INVALID_REQUEST` and a list of every field
   * at fault; nothing is changed then. See `ErrorReason` for all errors and how they are encoded.
   * A write is acknowledged when a majority of the database's members has it. A read sees every write that was
   * acknowledged before the read arrived.
   * </pre>
   */
  public static final class UserServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<UserServiceBlockingV2Stub> {
    private UserServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UserServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UserServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Gets one user by id. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.GetUserResponse getUser(com.roster.v1.GetUserRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gets one user by the caller's own id. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.GetUserByExternalIdResponse getUserByExternalId(com.roster.v1.GetUserByExternalIdRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetUserByExternalIdMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gets one user by email address, compared as `User.email` states. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.GetUserByEmailResponse getUserByEmail(com.roster.v1.GetUserByEmailRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetUserByEmailMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gets up to 1,000 users by id. An id that no user has is no error: it is listed in the response.
     * </pre>
     */
    public com.roster.v1.BatchGetUsersResponse batchGetUsers(com.roster.v1.BatchGetUsersRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchGetUsersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists users as a stream of pages, in order of creation.
     * A user that exists throughout the call and matches is delivered exactly once, whatever is created or deleted
     * meanwhile. The server reads from the database only as fast as the client reads from the stream. An interrupted
     * stream is taken up again by giving the last page's `after`. The first page always comes, even when it is empty.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, com.roster.v1.ListUsersResponse>
        listUsers(com.roster.v1.ListUsersRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getListUsersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates a user. Taken email: ALREADY_EXISTS `EMAIL_NOT_AVAILABLE`. Taken external id: ALREADY_EXISTS
     * `EXTERNAL_ID_ALREADY_USED`.
     * </pre>
     */
    public com.roster.v1.CreateUserResponse createUser(com.roster.v1.CreateUserRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a user: what is present in the request changes, what is absent stays. Two concurrent updates of different
     * fields both survive. A call that changes nothing writes nothing and returns the user as it is; `expected_revision` is
     * compared before all else, also then.
     * A password that is set, replaced or removed has an event `user.password_changed`, behind the `user.updated` of the
     * fields when these change too.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ALREADY_EXISTS `EMAIL_NOT_AVAILABLE` or `EXTERNAL_ID_ALREADY_USED`; ABORTED
     * `REVISION_MISMATCH`.
     * </pre>
     */
    public com.roster.v1.UpdateUserResponse updateUser(com.roster.v1.UpdateUserRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a user for good, and with it the password, the identities and the memberships, in one transaction. The email
     * and the external id are free at once. Events and remembered answers still tell what the user was, unless `erase` is set.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.roster.v1.DeleteUserResponse deleteUser(com.roster.v1.DeleteUserRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps a user from signing in: `AuthenticateWithPassword`, `VerifyPassword` and `ProvisionUser` fail with
     * FAILED_PRECONDITION `USER_INACTIVE`. Everything that belongs to the user stays. Roster keeps no sessions: end those that
     * there are. A user who is inactive already is returned as it is; else the event is `user.updated`.
     * Servers of a version without `status` let an inactive user sign in: while such servers run beside newer ones, this keeps
     * nobody out for sure.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.roster.v1.DeactivateUserResponse deactivateUser(com.roster.v1.DeactivateUserRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeactivateUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets an inactive user sign in again. A user who is active already is returned as it is; else the event is
     * `user.updated`.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.roster.v1.ReactivateUserResponse reactivateUser(com.roster.v1.ReactivateUserRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReactivateUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates or changes any number of users, and tells for each row what became of it.
     * The first message has the options, and may have rows; every other one has rows only. Results come in the order of the
     * rows, and while rows still come. Each row is one change of its own, written whole with its event or not at all: a row
     * that is rejected costs nothing but that row, and there is no transaction around several. Rows take effect as if they
     * were sent one after another: of two that claim the same email, the first one gets it and the second is rejected.
     * The server reads rows only as fast as it writes them and as the client reads the results: a client that sends without
     * reading is stopped. When the call ends early, whatever the cause, every row was either written or not, also some whose
     * results did not arrive. Send the rows again with `MODE_UPSERT`: those that were written are unchanged.
     * A message that breaks the rules ends the call, with INVALID_ARGUMENT `INVALID_REQUEST`, behind the results of all rows
     * before it: options that are missing, given again or not allowed, and more than 1,000 rows or none.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<com.roster.v1.ImportUsersRequest, com.roster.v1.ImportUsersResponse>
        importUsers() {
      return io.grpc.stub.ClientCalls.blockingBidiStreamingCall(
          getChannel(), getImportUsersMethod(), getCallOptions());
    }

    /**
     * <pre>
     * Streams every user with the hash of its password, as rows that `ImportUsers` takes, in the order of their ids. The
     * server reads from the database only as fast as the client reads from the stream. The first message always comes, even
     * when there is no user.
     * Rows show their users as they were at some time during the call, never before the first message's `cursor`. To make
     * the copy complete, apply the events behind the cursor in their order: each says what its user was from then on, so
     * that the last one of a user is right whatever its row says, and a user without an event is as the row says; a sign-in
     * tells `last_sign_in_at` in its `authentication.*` event. Events carry no passwords: a user whose password changes
     * meanwhile has an event `user.password_changed`, and the hash of before or after.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, com.roster.v1.ExportUsersResponse>
        exportUsers(com.roster.v1.ExportUsersRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getExportUsersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs in a user whom an identity provider has authenticated for an organization, and makes what is missing: the user,
     * the identity, the membership. For the service that has checked the provider's assertion; what it passes on is taken as
     * what the provider said, and the email is trusted only as stated here. All in one transaction.
     * Which user it is, the first of these that holds:
     * 1. The identity (`connection_id`, `idp_id`) is known: its user. `OUTCOME_EXISTING_IDENTITY`. Whatever email it
     *    brings, the user's `email_verified` and password stay.
     * 2. The organization has verified the email's domain: the user with this email, to whom the identity is linked.
     *    `OUTCOME_LINKED`. When `email_verified` was false it becomes true, and the user's password and other identities
     *    are removed, because whoever set it or came through them has not shown that the address is theirs. When no user
     *    has this email, a new one with it, which counts as verified. `OUTCOME_CREATED`.
     * 3. The organization has not verified the domain, and the user with this email has `email_verified` true and a
     *    membership in the organization, active or pending: that user, to whom the identity is linked. `OUTCOME_LINKED`.
     *    So whoever makes a membership, an invitation too, decides that this organization's identity provider is believed
     *    about that user, whatever the domain of their email: let an organization invite nobody whose user is not theirs to
     *    take over.
     * Anyone else is refused with FAILED_PRECONDITION, and nothing changes: `EMAIL_NOT_VERIFIED` when the user with this
     * email has a membership in the organization and `email_verified` is false, else `DOMAIN_NOT_VERIFIED`. Emails are
     * compared as `User.email` states, domains as `OrganizationDomain.domain` does.
     * A user found so who is inactive is refused before any look at the membership: FAILED_PRECONDITION `USER_INACTIVE`, and
     * nothing changes.
     * In all three cases an absent membership in the organization is made, active and with the role `member`; a pending one
     * becomes active; an inactive one is never made active: FAILED_PRECONDITION `ORGANIZATION_MEMBERSHIP_INACTIVE`, and
     * nothing changes. Names and picture that are given replace the user's. `last_sign_in_at` is set, which alone is no change
     * of the user: without another one there is no `user.updated`. The email of a user who exists never changes. A user has at
     * most 25 identities: FAILED_PRECONDITION `TOO_MANY_IDENTITIES`.
     * Concurrent calls for one person make one user, one identity and one membership, and each gets a good answer: the first
     * one tells what was made, the others find it. The sign-in has an `authentication.sso_succeeded` event, and a refusal with
     * FAILED_PRECONDITION an `authentication.sso_failed` with its reason. Absent organization: NOT_FOUND
     * `ORGANIZATION_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.ProvisionUserResponse provisionUser(com.roster.v1.ProvisionUserRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getProvisionUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the identities of a user. Absent user: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.ListIdentitiesResponse listIdentities(com.roster.v1.ListIdentitiesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListIdentitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes an identity from a user. The user and the memberships stay; a later `ProvisionUser` with the same subject
     * decides as for one that it does not know.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; NOT_FOUND `IDENTITY_NOT_FOUND` when this user does not have it.
     * </pre>
     */
    public com.roster.v1.DeleteIdentityResponse deleteIdentity(com.roster.v1.DeleteIdentityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteIdentityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gets the user who has an identity.
     * Absent: NOT_FOUND `IDENTITY_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.GetUserByIdentityResponse getUserByIdentity(com.roster.v1.GetUserByIdentityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetUserByIdentityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the identities of a connection, whosever they are, as a stream of pages in the order of `idp_id`, byte by byte. An
     * identity that is there throughout the call is delivered exactly once. A connection that nobody has signed in through has
     * none: Roster does not know which connections there are.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, com.roster.v1.ListConnectionIdentitiesResponse>
        listConnectionIdentities(com.roster.v1.ListConnectionIdentitiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getListConnectionIdentitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes the identities of a connection, of all users: for a connection that has come to its end. The users and their
     * memberships stay. A later `ProvisionUser` through this connection decides as for subjects that it does not know, and what
     * is linked while this call goes on may be left.
     * Not one transaction: identities go in steps of at most 1,000, each with its `identity.deleted` events. A call that ends
     * early has removed those of its steps, and a retry goes on. A connection without identities is no error.
     * </pre>
     */
    public com.roster.v1.DeleteConnectionIdentitiesResponse deleteConnectionIdentities(com.roster.v1.DeleteConnectionIdentitiesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteConnectionIdentitiesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service UserService.
   * <pre>
   * Keeps the application's users.
   * A request that breaks the rules of its fields fails with INVALID_ARGUMENT `INVALID_REQUEST` and a list of every field
   * at fault; nothing is changed then. See `ErrorReason` for all errors and how they are encoded.
   * A write is acknowledged when a majority of the database's members has it. A read sees every write that was
   * acknowledged before the read arrived.
   * </pre>
   */
  public static final class UserServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<UserServiceBlockingStub> {
    private UserServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UserServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UserServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Gets one user by id. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.GetUserResponse getUser(com.roster.v1.GetUserRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gets one user by the caller's own id. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.GetUserByExternalIdResponse getUserByExternalId(com.roster.v1.GetUserByExternalIdRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetUserByExternalIdMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gets one user by email address, compared as `User.email` states. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.GetUserByEmailResponse getUserByEmail(com.roster.v1.GetUserByEmailRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetUserByEmailMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gets up to 1,000 users by id. An id that no user has is no error: it is listed in the response.
     * </pre>
     */
    public com.roster.v1.BatchGetUsersResponse batchGetUsers(com.roster.v1.BatchGetUsersRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchGetUsersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists users as a stream of pages, in order of creation.
     * A user that exists throughout the call and matches is delivered exactly once, whatever is created or deleted
     * meanwhile. The server reads from the database only as fast as the client reads from the stream. An interrupted
     * stream is taken up again by giving the last page's `after`. The first page always comes, even when it is empty.
     * </pre>
     */
    public java.util.Iterator<com.roster.v1.ListUsersResponse> listUsers(
        com.roster.v1.ListUsersRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getListUsersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates a user. Taken email: ALREADY_EXISTS `EMAIL_NOT_AVAILABLE`. Taken external id: ALREADY_EXISTS
     * `EXTERNAL_ID_ALREADY_USED`.
     * </pre>
     */
    public com.roster.v1.CreateUserResponse createUser(com.roster.v1.CreateUserRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a user: what is present in the request changes, what is absent stays. Two concurrent updates of different
     * fields both survive. A call that changes nothing writes nothing and returns the user as it is; `expected_revision` is
     * compared before all else, also then.
     * A password that is set, replaced or removed has an event `user.password_changed`, behind the `user.updated` of the
     * fields when these change too.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ALREADY_EXISTS `EMAIL_NOT_AVAILABLE` or `EXTERNAL_ID_ALREADY_USED`; ABORTED
     * `REVISION_MISMATCH`.
     * </pre>
     */
    public com.roster.v1.UpdateUserResponse updateUser(com.roster.v1.UpdateUserRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a user for good, and with it the password, the identities and the memberships, in one transaction. The email
     * and the external id are free at once. Events and remembered answers still tell what the user was, unless `erase` is set.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.roster.v1.DeleteUserResponse deleteUser(com.roster.v1.DeleteUserRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps a user from signing in: `AuthenticateWithPassword`, `VerifyPassword` and `ProvisionUser` fail with
     * FAILED_PRECONDITION `USER_INACTIVE`. Everything that belongs to the user stays. Roster keeps no sessions: end those that
     * there are. A user who is inactive already is returned as it is; else the event is `user.updated`.
     * Servers of a version without `status` let an inactive user sign in: while such servers run beside newer ones, this keeps
     * nobody out for sure.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.roster.v1.DeactivateUserResponse deactivateUser(com.roster.v1.DeactivateUserRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeactivateUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets an inactive user sign in again. A user who is active already is returned as it is; else the event is
     * `user.updated`.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.roster.v1.ReactivateUserResponse reactivateUser(com.roster.v1.ReactivateUserRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReactivateUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams every user with the hash of its password, as rows that `ImportUsers` takes, in the order of their ids. The
     * server reads from the database only as fast as the client reads from the stream. The first message always comes, even
     * when there is no user.
     * Rows show their users as they were at some time during the call, never before the first message's `cursor`. To make
     * the copy complete, apply the events behind the cursor in their order: each says what its user was from then on, so
     * that the last one of a user is right whatever its row says, and a user without an event is as the row says; a sign-in
     * tells `last_sign_in_at` in its `authentication.*` event. Events carry no passwords: a user whose password changes
     * meanwhile has an event `user.password_changed`, and the hash of before or after.
     * </pre>
     */
    public java.util.Iterator<com.roster.v1.ExportUsersResponse> exportUsers(
        com.roster.v1.ExportUsersRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getExportUsersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs in a user whom an identity provider has authenticated for an organization, and makes what is missing: the user,
     * the identity, the membership. For the service that has checked the provider's assertion; what it passes on is taken as
     * what the provider said, and the email is trusted only as stated here. All in one transaction.
     * Which user it is, the first of these that holds:
     * 1. The identity (`connection_id`, `idp_id`) is known: its user. `OUTCOME_EXISTING_IDENTITY`. Whatever email it
     *    brings, the user's `email_verified` and password stay.
     * 2. The organization has verified the email's domain: the user with this email, to whom the identity is linked.
     *    `OUTCOME_LINKED`. When `email_verified` was false it becomes true, and the user's password and other identities
     *    are removed, because whoever set it or came through them has not shown that the address is theirs. When no user
     *    has this email, a new one with it, which counts as verified. `OUTCOME_CREATED`.
     * 3. The organization has not verified the domain, and the user with this email has `email_verified` true and a
     *    membership in the organization, active or pending: that user, to whom the identity is linked. `OUTCOME_LINKED`.
     *    So whoever makes a membership, an invitation too, decides that this organization's identity provider is believed
     *    about that user, whatever the domain of their email: let an organization invite nobody whose user is not theirs to
     *    take over.
     * Anyone else is refused with FAILED_PRECONDITION, and nothing changes: `EMAIL_NOT_VERIFIED` when the user with this
     * email has a membership in the organization and `email_verified` is false, else `DOMAIN_NOT_VERIFIED`. Emails are
     * compared as `User.email` states, domains as `OrganizationDomain.domain` does.
     * A user found so who is inactive is refused before any look at the membership: FAILED_PRECONDITION `USER_INACTIVE`, and
     * nothing changes.
     * In all three cases an absent membership in the organization is made, active and with the role `member`; a pending one
     * becomes active; an inactive one is never made active: FAILED_PRECONDITION `ORGANIZATION_MEMBERSHIP_INACTIVE`, and
     * nothing changes. Names and picture that are given replace the user's. `last_sign_in_at` is set, which alone is no change
     * of the user: without another one there is no `user.updated`. The email of a user who exists never changes. A user has at
     * most 25 identities: FAILED_PRECONDITION `TOO_MANY_IDENTITIES`.
     * Concurrent calls for one person make one user, one identity and one membership, and each gets a good answer: the first
     * one tells what was made, the others find it. The sign-in has an `authentication.sso_succeeded` event, and a refusal with
     * FAILED_PRECONDITION an `authentication.sso_failed` with its reason. Absent organization: NOT_FOUND
     * `ORGANIZATION_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.ProvisionUserResponse provisionUser(com.roster.v1.ProvisionUserRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getProvisionUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the identities of a user. Absent user: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.ListIdentitiesResponse listIdentities(com.roster.v1.ListIdentitiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListIdentitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes an identity from a user. The user and the memberships stay; a later `ProvisionUser` with the same subject
     * decides as for one that it does not know.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; NOT_FOUND `IDENTITY_NOT_FOUND` when this user does not have it.
     * </pre>
     */
    public com.roster.v1.DeleteIdentityResponse deleteIdentity(com.roster.v1.DeleteIdentityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteIdentityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gets the user who has an identity.
     * Absent: NOT_FOUND `IDENTITY_NOT_FOUND`.
     * </pre>
     */
    public com.roster.v1.GetUserByIdentityResponse getUserByIdentity(com.roster.v1.GetUserByIdentityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetUserByIdentityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the identities of a connection, whosever they are, as a stream of pages in the order of `idp_id`, byte by byte. An
     * identity that is there throughout the call is delivered exactly once. A connection that nobody has signed in through has
     * none: Roster does not know which connections there are.
     * </pre>
     */
    public java.util.Iterator<com.roster.v1.ListConnectionIdentitiesResponse> listConnectionIdentities(
        com.roster.v1.ListConnectionIdentitiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getListConnectionIdentitiesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes the identities of a connection, of all users: for a connection that has come to its end. The users and their
     * memberships stay. A later `ProvisionUser` through this connection decides as for subjects that it does not know, and what
     * is linked while this call goes on may be left.
     * Not one transaction: identities go in steps of at most 1,000, each with its `identity.deleted` events. A call that ends
     * early has removed those of its steps, and a retry goes on. A connection without identities is no error.
     * </pre>
     */
    public com.roster.v1.DeleteConnectionIdentitiesResponse deleteConnectionIdentities(com.roster.v1.DeleteConnectionIdentitiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteConnectionIdentitiesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service UserService.
   * <pre>
   * Keeps the application's users.
   * A request that breaks the rules of its fields fails with INVALID_ARGUMENT `INVALID_REQUEST` and a list of every field
   * at fault; nothing is changed then. See `ErrorReason` for all errors and how they are encoded.
   * A write is acknowledged when a majority of the database's members has it. A read sees every write that was
   * acknowledged before the read arrived.
   * </pre>
   */
  public static final class UserServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<UserServiceFutureStub> {
    private UserServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UserServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UserServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Gets one user by id. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.GetUserResponse> getUser(
        com.roster.v1.GetUserRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetUserMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gets one user by the caller's own id. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.GetUserByExternalIdResponse> getUserByExternalId(
        com.roster.v1.GetUserByExternalIdRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetUserByExternalIdMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gets one user by email address, compared as `User.email` states. Absent: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.GetUserByEmailResponse> getUserByEmail(
        com.roster.v1.GetUserByEmailRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetUserByEmailMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gets up to 1,000 users by id. An id that no user has is no error: it is listed in the response.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.BatchGetUsersResponse> batchGetUsers(
        com.roster.v1.BatchGetUsersRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchGetUsersMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Creates a user. Taken email: ALREADY_EXISTS `EMAIL_NOT_AVAILABLE`. Taken external id: ALREADY_EXISTS
     * `EXTERNAL_ID_ALREADY_USED`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.CreateUserResponse> createUser(
        com.roster.v1.CreateUserRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateUserMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes a user: what is present in the request changes, what is absent stays. Two concurrent updates of different
     * fields both survive. A call that changes nothing writes nothing and returns the user as it is; `expected_revision` is
     * compared before all else, also then.
     * A password that is set, replaced or removed has an event `user.password_changed`, behind the `user.updated` of the
     * fields when these change too.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ALREADY_EXISTS `EMAIL_NOT_AVAILABLE` or `EXTERNAL_ID_ALREADY_USED`; ABORTED
     * `REVISION_MISMATCH`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.UpdateUserResponse> updateUser(
        com.roster.v1.UpdateUserRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateUserMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a user for good, and with it the password, the identities and the memberships, in one transaction. The email
     * and the external id are free at once. Events and remembered answers still tell what the user was, unless `erase` is set.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.DeleteUserResponse> deleteUser(
        com.roster.v1.DeleteUserRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteUserMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Keeps a user from signing in: `AuthenticateWithPassword`, `VerifyPassword` and `ProvisionUser` fail with
     * FAILED_PRECONDITION `USER_INACTIVE`. Everything that belongs to the user stays. Roster keeps no sessions: end those that
     * there are. A user who is inactive already is returned as it is; else the event is `user.updated`.
     * Servers of a version without `status` let an inactive user sign in: while such servers run beside newer ones, this keeps
     * nobody out for sure.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.DeactivateUserResponse> deactivateUser(
        com.roster.v1.DeactivateUserRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeactivateUserMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lets an inactive user sign in again. A user who is active already is returned as it is; else the event is
     * `user.updated`.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; ABORTED `REVISION_MISMATCH`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.ReactivateUserResponse> reactivateUser(
        com.roster.v1.ReactivateUserRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReactivateUserMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Signs in a user whom an identity provider has authenticated for an organization, and makes what is missing: the user,
     * the identity, the membership. For the service that has checked the provider's assertion; what it passes on is taken as
     * what the provider said, and the email is trusted only as stated here. All in one transaction.
     * Which user it is, the first of these that holds:
     * 1. The identity (`connection_id`, `idp_id`) is known: its user. `OUTCOME_EXISTING_IDENTITY`. Whatever email it
     *    brings, the user's `email_verified` and password stay.
     * 2. The organization has verified the email's domain: the user with this email, to whom the identity is linked.
     *    `OUTCOME_LINKED`. When `email_verified` was false it becomes true, and the user's password and other identities
     *    are removed, because whoever set it or came through them has not shown that the address is theirs. When no user
     *    has this email, a new one with it, which counts as verified. `OUTCOME_CREATED`.
     * 3. The organization has not verified the domain, and the user with this email has `email_verified` true and a
     *    membership in the organization, active or pending: that user, to whom the identity is linked. `OUTCOME_LINKED`.
     *    So whoever makes a membership, an invitation too, decides that this organization's identity provider is believed
     *    about that user, whatever the domain of their email: let an organization invite nobody whose user is not theirs to
     *    take over.
     * Anyone else is refused with FAILED_PRECONDITION, and nothing changes: `EMAIL_NOT_VERIFIED` when the user with this
     * email has a membership in the organization and `email_verified` is false, else `DOMAIN_NOT_VERIFIED`. Emails are
     * compared as `User.email` states, domains as `OrganizationDomain.domain` does.
     * A user found so who is inactive is refused before any look at the membership: FAILED_PRECONDITION `USER_INACTIVE`, and
     * nothing changes.
     * In all three cases an absent membership in the organization is made, active and with the role `member`; a pending one
     * becomes active; an inactive one is never made active: FAILED_PRECONDITION `ORGANIZATION_MEMBERSHIP_INACTIVE`, and
     * nothing changes. Names and picture that are given replace the user's. `last_sign_in_at` is set, which alone is no change
     * of the user: without another one there is no `user.updated`. The email of a user who exists never changes. A user has at
     * most 25 identities: FAILED_PRECONDITION `TOO_MANY_IDENTITIES`.
     * Concurrent calls for one person make one user, one identity and one membership, and each gets a good answer: the first
     * one tells what was made, the others find it. The sign-in has an `authentication.sso_succeeded` event, and a refusal with
     * FAILED_PRECONDITION an `authentication.sso_failed` with its reason. Absent organization: NOT_FOUND
     * `ORGANIZATION_NOT_FOUND`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.ProvisionUserResponse> provisionUser(
        com.roster.v1.ProvisionUserRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getProvisionUserMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the identities of a user. Absent user: NOT_FOUND `USER_NOT_FOUND`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.ListIdentitiesResponse> listIdentities(
        com.roster.v1.ListIdentitiesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListIdentitiesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Removes an identity from a user. The user and the memberships stay; a later `ProvisionUser` with the same subject
     * decides as for one that it does not know.
     * Errors: NOT_FOUND `USER_NOT_FOUND`; NOT_FOUND `IDENTITY_NOT_FOUND` when this user does not have it.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.DeleteIdentityResponse> deleteIdentity(
        com.roster.v1.DeleteIdentityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteIdentityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gets the user who has an identity.
     * Absent: NOT_FOUND `IDENTITY_NOT_FOUND`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.GetUserByIdentityResponse> getUserByIdentity(
        com.roster.v1.GetUserByIdentityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetUserByIdentityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Removes the identities of a connection, of all users: for a connection that has come to its end. The users and their
     * memberships stay. A later `ProvisionUser` through this connection decides as for subjects that it does not know, and what
     * is linked while this call goes on may be left.
     * Not one transaction: identities go in steps of at most 1,000, each with its `identity.deleted` events. A call that ends
     * early has removed those of its steps, and a retry goes on. A connection without identities is no error.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.roster.v1.DeleteConnectionIdentitiesResponse> deleteConnectionIdentities(
        com.roster.v1.DeleteConnectionIdentitiesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteConnectionIdentitiesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_USER = 0;
  private static final int METHODID_GET_USER_BY_EXTERNAL_ID = 1;
  private static final int METHODID_GET_USER_BY_EMAIL = 2;
  private static final int METHODID_BATCH_GET_USERS = 3;
  private static final int METHODID_LIST_USERS = 4;
  private static final int METHODID_CREATE_USER = 5;
  private static final int METHODID_UPDATE_USER = 6;
  private static final int METHODID_DELETE_USER = 7;
  private static final int METHODID_DEACTIVATE_USER = 8;
  private static final int METHODID_REACTIVATE_USER = 9;
  private static final int METHODID_EXPORT_USERS = 10;
  private static final int METHODID_PROVISION_USER = 11;
  private static final int METHODID_LIST_IDENTITIES = 12;
  private static final int METHODID_DELETE_IDENTITY = 13;
  private static final int METHODID_GET_USER_BY_IDENTITY = 14;
  private static final int METHODID_LIST_CONNECTION_IDENTITIES = 15;
  private static final int METHODID_DELETE_CONNECTION_IDENTITIES = 16;
  private static final int METHODID_IMPORT_USERS = 17;

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
        case METHODID_GET_USER:
          serviceImpl.getUser((com.roster.v1.GetUserRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.GetUserResponse>) responseObserver);
          break;
        case METHODID_GET_USER_BY_EXTERNAL_ID:
          serviceImpl.getUserByExternalId((com.roster.v1.GetUserByExternalIdRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.GetUserByExternalIdResponse>) responseObserver);
          break;
        case METHODID_GET_USER_BY_EMAIL:
          serviceImpl.getUserByEmail((com.roster.v1.GetUserByEmailRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.GetUserByEmailResponse>) responseObserver);
          break;
        case METHODID_BATCH_GET_USERS:
          serviceImpl.batchGetUsers((com.roster.v1.BatchGetUsersRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.BatchGetUsersResponse>) responseObserver);
          break;
        case METHODID_LIST_USERS:
          serviceImpl.listUsers((com.roster.v1.ListUsersRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.ListUsersResponse>) responseObserver);
          break;
        case METHODID_CREATE_USER:
          serviceImpl.createUser((com.roster.v1.CreateUserRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.CreateUserResponse>) responseObserver);
          break;
        case METHODID_UPDATE_USER:
          serviceImpl.updateUser((com.roster.v1.UpdateUserRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.UpdateUserResponse>) responseObserver);
          break;
        case METHODID_DELETE_USER:
          serviceImpl.deleteUser((com.roster.v1.DeleteUserRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.DeleteUserResponse>) responseObserver);
          break;
        case METHODID_DEACTIVATE_USER:
          serviceImpl.deactivateUser((com.roster.v1.DeactivateUserRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.DeactivateUserResponse>) responseObserver);
          break;
        case METHODID_REACTIVATE_USER:
          serviceImpl.reactivateUser((com.roster.v1.ReactivateUserRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.ReactivateUserResponse>) responseObserver);
          break;
        case METHODID_EXPORT_USERS:
          serviceImpl.exportUsers((com.roster.v1.ExportUsersRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.ExportUsersResponse>) responseObserver);
          break;
        case METHODID_PROVISION_USER:
          serviceImpl.provisionUser((com.roster.v1.ProvisionUserRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.ProvisionUserResponse>) responseObserver);
          break;
        case METHODID_LIST_IDENTITIES:
          serviceImpl.listIdentities((com.roster.v1.ListIdentitiesRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.ListIdentitiesResponse>) responseObserver);
          break;
        case METHODID_DELETE_IDENTITY:
          serviceImpl.deleteIdentity((com.roster.v1.DeleteIdentityRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.DeleteIdentityResponse>) responseObserver);
          break;
        case METHODID_GET_USER_BY_IDENTITY:
          serviceImpl.getUserByIdentity((com.roster.v1.GetUserByIdentityRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.GetUserByIdentityResponse>) responseObserver);
          break;
        case METHODID_LIST_CONNECTION_IDENTITIES:
          serviceImpl.listConnectionIdentities((com.roster.v1.ListConnectionIdentitiesRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.ListConnectionIdentitiesResponse>) responseObserver);
          break;
        case METHODID_DELETE_CONNECTION_IDENTITIES:
          serviceImpl.deleteConnectionIdentities((com.roster.v1.DeleteConnectionIdentitiesRequest) request,
              (io.grpc.stub.StreamObserver<com.roster.v1.DeleteConnectionIdentitiesResponse>) responseObserver);
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
        case METHODID_IMPORT_USERS:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.importUsers(
              (io.grpc.stub.StreamObserver<com.roster.v1.ImportUsersResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getGetUserMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.GetUserRequest,
              com.roster.v1.GetUserResponse>(
                service, METHODID_GET_USER)))
        .addMethod(
          getGetUserByExternalIdMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.GetUserByExternalIdRequest,
              com.roster.v1.GetUserByExternalIdResponse>(
                service, METHODID_GET_USER_BY_EXTERNAL_ID)))
        .addMethod(
          getGetUserByEmailMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.GetUserByEmailRequest,
              com.roster.v1.GetUserByEmailResponse>(
                service, METHODID_GET_USER_BY_EMAIL)))
        .addMethod(
          getBatchGetUsersMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.BatchGetUsersRequest,
              com.roster.v1.BatchGetUsersResponse>(
                service, METHODID_BATCH_GET_USERS)))
        .addMethod(
          getListUsersMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              com.roster.v1.ListUsersRequest,
              com.roster.v1.ListUsersResponse>(
                service, METHODID_LIST_USERS)))
        .addMethod(
          getCreateUserMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.CreateUserRequest,
              com.roster.v1.CreateUserResponse>(
                service, METHODID_CREATE_USER)))
        .addMethod(
          getUpdateUserMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.UpdateUserRequest,
              com.roster.v1.UpdateUserResponse>(
                service, METHODID_UPDATE_USER)))
        .addMethod(
          getDeleteUserMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.DeleteUserRequest,
              com.roster.v1.DeleteUserResponse>(
                service, METHODID_DELETE_USER)))
        .addMethod(
          getDeactivateUserMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.DeactivateUserRequest,
              com.roster.v1.DeactivateUserResponse>(
                service, METHODID_DEACTIVATE_USER)))
        .addMethod(
          getReactivateUserMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.ReactivateUserRequest,
              com.roster.v1.ReactivateUserResponse>(
                service, METHODID_REACTIVATE_USER)))
        .addMethod(
          getImportUsersMethod(),
          io.grpc.stub.ServerCalls.asyncBidiStreamingCall(
            new MethodHandlers<
              com.roster.v1.ImportUsersRequest,
              com.roster.v1.ImportUsersResponse>(
                service, METHODID_IMPORT_USERS)))
        .addMethod(
          getExportUsersMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              com.roster.v1.ExportUsersRequest,
              com.roster.v1.ExportUsersResponse>(
                service, METHODID_EXPORT_USERS)))
        .addMethod(
          getProvisionUserMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.ProvisionUserRequest,
              com.roster.v1.ProvisionUserResponse>(
                service, METHODID_PROVISION_USER)))
        .addMethod(
          getListIdentitiesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.ListIdentitiesRequest,
              com.roster.v1.ListIdentitiesResponse>(
                service, METHODID_LIST_IDENTITIES)))
        .addMethod(
          getDeleteIdentityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.DeleteIdentityRequest,
              com.roster.v1.DeleteIdentityResponse>(
                service, METHODID_DELETE_IDENTITY)))
        .addMethod(
          getGetUserByIdentityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.GetUserByIdentityRequest,
              com.roster.v1.GetUserByIdentityResponse>(
                service, METHODID_GET_USER_BY_IDENTITY)))
        .addMethod(
          getListConnectionIdentitiesMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              com.roster.v1.ListConnectionIdentitiesRequest,
              com.roster.v1.ListConnectionIdentitiesResponse>(
                service, METHODID_LIST_CONNECTION_IDENTITIES)))
        .addMethod(
          getDeleteConnectionIdentitiesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.roster.v1.DeleteConnectionIdentitiesRequest,
              com.roster.v1.DeleteConnectionIdentitiesResponse>(
                service, METHODID_DELETE_CONNECTION_IDENTITIES)))
        .build();
  }

  private static abstract class UserServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    UserServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return com.roster.v1.UserServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("UserService");
    }
  }

  private static final class UserServiceFileDescriptorSupplier
      extends UserServiceBaseDescriptorSupplier {
    UserServiceFileDescriptorSupplier() {}
  }

  private static final class UserServiceMethodDescriptorSupplier
      extends UserServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    UserServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (UserServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new UserServiceFileDescriptorSupplier())
              .addMethod(getGetUserMethod())
              .addMethod(getGetUserByExternalIdMethod())
              .addMethod(getGetUserByEmailMethod())
              .addMethod(getBatchGetUsersMethod())
              .addMethod(getListUsersMethod())
              .addMethod(getCreateUserMethod())
              .addMethod(getUpdateUserMethod())
              .addMethod(getDeleteUserMethod())
              .addMethod(getDeactivateUserMethod())
              .addMethod(getReactivateUserMethod())
              .addMethod(getImportUsersMethod())
              .addMethod(getExportUsersMethod())
              .addMethod(getProvisionUserMethod())
              .addMethod(getListIdentitiesMethod())
              .addMethod(getDeleteIdentityMethod())
              .addMethod(getGetUserByIdentityMethod())
              .addMethod(getListConnectionIdentitiesMethod())
              .addMethod(getDeleteConnectionIdentitiesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
