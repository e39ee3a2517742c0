import datetime

from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from roster.v1 import api_key_service_pb2 as _api_key_service_pb2
from roster.v1 import error_reason_pb2 as _error_reason_pb2
from roster.v1 import identity_pb2 as _identity_pb2
from roster.v1 import organization_pb2 as _organization_pb2
from roster.v1 import organization_membership_pb2 as _organization_membership_pb2
from roster.v1 import user_pb2 as _user_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Event(_message.Message):
    __slots__ = ("id", "type", "user", "authentication", "organization", "organization_membership", "identity", "api_key", "created_at", "context", "erased")
    ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    IDENTITY_FIELD_NUMBER: _ClassVar[int]
    API_KEY_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    ERASED_FIELD_NUMBER: _ClassVar[int]
    id: str
    type: str
    user: _user_pb2.User
    authentication: Authentication
    organization: _organization_pb2.Organization
    organization_membership: _organization_membership_pb2.OrganizationMembership
    identity: _identity_pb2.Identity
    api_key: _api_key_service_pb2.ApiKey
    created_at: _timestamp_pb2.Timestamp
    context: EventContext
    erased: bool
    def __init__(self, id: _Optional[str] = ..., type: _Optional[str] = ..., user: _Optional[_Union[_user_pb2.User, _Mapping]] = ..., authentication: _Optional[_Union[Authentication, _Mapping]] = ..., organization: _Optional[_Union[_organization_pb2.Organization, _Mapping]] = ..., organization_membership: _Optional[_Union[_organization_membership_pb2.OrganizationMembership, _Mapping]] = ..., identity: _Optional[_Union[_identity_pb2.Identity, _Mapping]] = ..., api_key: _Optional[_Union[_api_key_service_pb2.ApiKey, _Mapping]] = ..., created_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., context: _Optional[_Union[EventContext, _Mapping]] = ..., erased: _Optional[bool] = ...) -> None: ...

class Authentication(_message.Message):
    __slots__ = ("user_id", "email", "ip_address", "user_agent", "organization_id", "connection_id", "last_sign_in_at", "reason")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    IP_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    USER_AGENT_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_ID_FIELD_NUMBER: _ClassVar[int]
    LAST_SIGN_IN_AT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    email: str
    ip_address: str
    user_agent: str
    organization_id: str
    connection_id: str
    last_sign_in_at: _timestamp_pb2.Timestamp
    reason: _error_reason_pb2.ErrorReason
    def __init__(self, user_id: _Optional[str] = ..., email: _Optional[str] = ..., ip_address: _Optional[str] = ..., user_agent: _Optional[str] = ..., organization_id: _Optional[str] = ..., connection_id: _Optional[str] = ..., last_sign_in_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[_Union[_error_reason_pb2.ErrorReason, str]] = ...) -> None: ...

class EventContext(_message.Message):
    __slots__ = ("request_id", "previous_attributes", "actor")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    previous_attributes: _struct_pb2.Struct
    actor: Actor
    def __init__(self, request_id: _Optional[str] = ..., previous_attributes: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., actor: _Optional[_Union[Actor, _Mapping]] = ...) -> None: ...

class Actor(_message.Message):
    __slots__ = ("id", "name")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ...) -> None: ...
