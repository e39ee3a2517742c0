import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OrganizationMembershipStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ORGANIZATION_MEMBERSHIP_STATUS_UNSPECIFIED: _ClassVar[OrganizationMembershipStatus]
    ORGANIZATION_MEMBERSHIP_STATUS_PENDING: _ClassVar[OrganizationMembershipStatus]
    ORGANIZATION_MEMBERSHIP_STATUS_ACTIVE: _ClassVar[OrganizationMembershipStatus]
    ORGANIZATION_MEMBERSHIP_STATUS_INACTIVE: _ClassVar[OrganizationMembershipStatus]
ORGANIZATION_MEMBERSHIP_STATUS_UNSPECIFIED: OrganizationMembershipStatus
ORGANIZATION_MEMBERSHIP_STATUS_PENDING: OrganizationMembershipStatus
ORGANIZATION_MEMBERSHIP_STATUS_ACTIVE: OrganizationMembershipStatus
ORGANIZATION_MEMBERSHIP_STATUS_INACTIVE: OrganizationMembershipStatus

class OrganizationMembership(_message.Message):
    __slots__ = ("id", "user_id", "organization_id", "organization_name", "status", "role", "created_at", "updated_at", "revision")
    ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_NAME_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    id: str
    user_id: str
    organization_id: str
    organization_name: str
    status: OrganizationMembershipStatus
    role: str
    created_at: _timestamp_pb2.Timestamp
    updated_at: _timestamp_pb2.Timestamp
    revision: int
    def __init__(self, id: _Optional[str] = ..., user_id: _Optional[str] = ..., organization_id: _Optional[str] = ..., organization_name: _Optional[str] = ..., status: _Optional[_Union[OrganizationMembershipStatus, str]] = ..., role: _Optional[str] = ..., created_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., updated_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...
