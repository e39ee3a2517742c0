"""A tour of Roster's UserService: creates three users, finds, lists, changes and deletes them.

Usage: python3 main.py [address]
"""

import os
import sys
from uuid import uuid4

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

import roster
from roster.v1 import list_pb2, user_service_pb2, user_service_pb2_grpc

# Seconds. All attempts of a call share its timeout.
CALL_TIMEOUT = 5
LIST_TIMEOUT = 60


class ApiKey(grpc.UnaryUnaryClientInterceptor, grpc.UnaryStreamClientInterceptor):
    """Goes with every call."""

    def __init__(self, key: str) -> None:
        self._header = ("authorization", f"Bearer {key}")

    def intercept_unary_unary(self, continuation, details, request):
        return continuation(details._replace(metadata=[*(details.metadata or []), self._header]), request)

    intercept_unary_stream = intercept_unary_unary


def tour(users: user_service_pb2_grpc.UserServiceStub) -> None:
    # So that the tour can be taken again and again.
    run = uuid4().hex

    created = []
    for number, name in enumerate(["Ada Lovelace", "Grace Hopper", "Zoë Müller"], start=1):
        request = user_service_pb2.CreateUserRequest(
            email=f"{run}-{number}@example.com",
            name=name,
            external_id=f"{run}-{number}",
            metadata={"team": "analytical engines"},
            # The same in every attempt: a retry finds the user that an attempt before it created.
            request_id=str(uuid4()),
        )
        user = users.CreateUser(request, timeout=CALL_TIMEOUT).user
        created.append(user)
        print(f"created {user.name} at revision {user.revision}")

    ada = users.GetUserByExternalId(
        user_service_pb2.GetUserByExternalIdRequest(external_id=created[0].external_id), timeout=CALL_TIMEOUT
    ).user
    print(f"got {ada.name} by external id")

    # The server reads from its database only as fast as this loop reads from the stream.
    request = user_service_pb2.ListUsersRequest(
        page_size=2, order=list_pb2.ORDER_ASC, external_ids=[user.external_id for user in created]
    )
    for page in users.ListUsers(request, timeout=LIST_TIMEOUT):
        for user in page.users:
            print(f"listed {user.name}")
        more = page.list_metadata.HasField("after")
        print(f"end of page, more: {str(more).lower()}")

    updated = users.UpdateUser(
        user_service_pb2.UpdateUserRequest(
            id=ada.id, name="Countess of Lovelace", expected_revision=ada.revision, request_id=str(uuid4())
        ),
        timeout=CALL_TIMEOUT,
    ).user
    print(f"updated to {updated.name} at revision {updated.revision}")

    try:
        request = user_service_pb2.CreateUserRequest(email=ada.email, request_id=str(uuid4()))
        users.CreateUser(request, timeout=CALL_TIMEOUT)
        raise RuntimeError("created a user with a taken email")
    except grpc.RpcError as error:
        if not report_email_taken(error):
            raise

    for user in created:
        users.DeleteUser(
            user_service_pb2.DeleteUserRequest(id=user.id, request_id=str(uuid4())), timeout=CALL_TIMEOUT
        )
    print(f"deleted {len(created)} users")


def report_email_taken(error: grpc.RpcError) -> bool:
    """Reports the one error that the tour expects, told by its reason; false for any other."""
    info = error_details_pb2.ErrorInfo()
    resource = error_details_pb2.ResourceInfo()
    status = rpc_status.from_call(error)
    for detail in status.details if status else []:
        # Unpack does nothing when the detail is of another type.
        detail.Unpack(info)
        detail.Unpack(resource)
    if error.code() != grpc.StatusCode.ALREADY_EXISTS or info.reason != "EMAIL_NOT_AVAILABLE":
        return False
    print(f"refused: {info.reason}, resource {resource.resource_type}")
    return True


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ROSTER_ADDRESS", "127.0.0.1:50051")
    key = os.environ.get("ROSTER_API_KEY")
    with grpc.insecure_channel(address, options=[("grpc.service_config", roster.SERVICE_CONFIG)]) as channel:
        calls = grpc.intercept_channel(channel, ApiKey(key)) if key else channel
        tour(user_service_pb2_grpc.UserServiceStub(calls))


if __name__ == "__main__":
    try:
        main()
    except grpc.RpcError as error:
        sys.exit(f"{error.code().name}: {error.details()}")
