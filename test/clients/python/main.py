"""Reads what cases.json asks for from a server and prints what a Python client saw of it as JSON.

Usage: python3 main.py address cases.json
"""

import json
import sys
from datetime import timezone

import grpc
from google.protobuf import json_format
from google.rpc import error_details_pb2
from grpc_status import rpc_status

import roster
from roster.v1 import user_service_pb2 as v1
from roster.v1 import user_service_pb2_grpc

TIMEOUT = 5


def read_users(users, inputs):
    requests = {id: v1.GetUserByExternalIdRequest(external_id=id) for id in inputs["externalIds"]}
    return {id: describe(users.GetUserByExternalId(request, timeout=TIMEOUT).user) for id, request in requests.items()}


def create(users, inputs):
    request = json_format.ParseDict(inputs["create"], v1.CreateUserRequest())
    user = users.CreateUser(request, timeout=TIMEOUT).user
    users.DeleteUser(v1.DeleteUserRequest(id=user.id), timeout=TIMEOUT)
    return describe(user)


def refusals(users, inputs):
    seen = {}
    for name, body in inputs["refusedCreates"].items():
        seen[name] = refusal(users.CreateUser, json_format.ParseDict(body, v1.CreateUserRequest()))
    for name, body in inputs["refusedUpdates"].items():
        seen[name] = refusal(users.UpdateUser, json_format.ParseDict(body, v1.UpdateUserRequest()))
    return seen


def refusal(method, request):
    try:
        method(request, timeout=TIMEOUT)
    except grpc.RpcError as error:
        return describe_error(error)
    return None


def newer(inputs):
    """Reads a message with a field and an enum value that this client does not know."""
    data = bytes.fromhex(inputs["newerRequest"])
    request = v1.ListUsersRequest.FromString(data)
    kept = len(request.SerializeToString()) == len(data)
    return {"pageSize": request.page_size, "order": request.order, "unknownFieldKept": kept}


def leave(users):
    """Cancels a stream after its second page."""
    pages = users.ListUsers(v1.ListUsersRequest(page_size=1), timeout=TIMEOUT)
    next(pages)
    next(pages)
    pages.cancel()
    try:
        for _ in pages:
            pass
    except grpc.RpcError:
        pass
    return {"code": pages.code().value[0]}


def headers(users, inputs):
    """Sends metadata of several sizes."""
    seen = {}
    for size in inputs["headerSizes"]:
        request = v1.GetUserByExternalIdRequest(external_id=inputs["externalIds"][0])
        try:
            users.GetUserByExternalId(request, timeout=2, metadata=[("x-filler", "a" * size)])
            seen[str(size)] = 0
        except grpc.RpcError as error:
            seen[str(size)] = error.code().value[0]
    return seen


def describe(user):
    def optional(field):
        return getattr(user, field) if user.HasField(field) else None

    return {
        "id": user.id,
        "email": user.email,
        "emailVerified": user.email_verified,
        "firstName": optional("first_name"),
        "lastName": optional("last_name"),
        "name": optional("name"),
        "metadata": dict(user.metadata),
        "locale": optional("locale"),
        "lastSignInAt": describe_time(optional("last_sign_in_at")),
        "createdAt": describe_time(optional("created_at")),
        "revision": str(user.revision),
    }


def describe_time(time):
    if time is None:
        return None
    return time.ToDatetime(tzinfo=timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def describe_error(error):
    seen = {"code": error.code().value[0], "message": error.details()}
    info = error_details_pb2.ErrorInfo()
    resource = error_details_pb2.ResourceInfo()
    bad_request = error_details_pb2.BadRequest()
    for detail in rpc_status.from_call(error).details:
        if detail.Unpack(info):
            seen["info"] = [info.domain, info.reason, dict(info.metadata)]
        elif detail.Unpack(resource):
            seen["resource"] = [resource.resource_type, resource.resource_name]
        elif detail.Unpack(bad_request):
            seen["fields"] = [violation.field for violation in bad_request.field_violations]
    return seen


def main():
    _, address, cases = sys.argv
    with open(cases, encoding="utf-8") as file:
        inputs = json.load(file)["inputs"]
    with grpc.insecure_channel(address, options=[("grpc.service_config", roster.SERVICE_CONFIG)]) as channel:
        users = user_service_pb2_grpc.UserServiceStub(channel)
        seen = {
            "users": read_users(users, inputs),
            "created": create(users, inputs),
            "errors": refusals(users, inputs),
            "newer": newer(inputs),
            "left": leave(users),
            "headers": headers(users, inputs),
        }
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
