from roster.v1 import list_pb2 as _list_pb2
from roster.v1 import organization_membership_pb2 as _organization_membership_pb2
from roster.v1 import scope_pb2 as _scope_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetOrganizationMembershipRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class GetOrganizationMembershipResponse(_message.Message):
    __slots__ = ("organization_membership",)
    ORGANIZATION_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    organization_membership: _organization_membership_pb2.OrganizationMembership
    def __init__(self, organization_membership: _Optional[_Union[_organization_membership_pb2.OrganizationMembership, _Mapping]] = ...) -> None: ...

class ListOrganizationMembershipsRequest(_message.Message):
    __slots__ = ("page_size", "limit", "order", "after", "before", "user_id", "organization_id", "statuses")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    STATUSES_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    limit: int
    order: _list_pb2.Order
    after: str
    before: str
    user_id: str
    organization_id: str
    statuses: _containers.RepeatedScalarFieldContainer[_organization_membership_pb2.OrganizationMembershipStatus]
    def __init__(self, page_size: _Optional[int] = ..., limit: _Optional[int] = ..., order: _Optional[_Union[_list_pb2.Order, str]] = ..., after: _Optional[str] = ..., before: _Optional[str] = ..., user_id: _Optional[str] = ..., organization_id: _Optional[str] = ..., statuses: _Optional[_Iterable[_Union[_organization_membership_pb2.OrganizationMembershipStatus, str]]] = ...) -> None: ...

class ListOrganizationMembershipsResponse(_message.Message):
    __slots__ = ("organization_memberships", "list_metadata")
    ORGANIZATION_MEMBERSHIPS_FIELD_NUMBER: _ClassVar[int]
    LIST_METADATA_FIELD_NUMBER: _ClassVar[int]
    organization_memberships: _containers.RepeatedCompositeFieldContainer[_organization_membership_pb2.OrganizationMembership]
    list_metadata: _list_pb2.ListMetadata
    def __init__(self, organization_memberships: _Optional[_Iterable[_Union[_organization_membership_pb2.OrganizationMembership, _Mapping]]] = ..., list_metadata: _Optional[_Union[_list_pb2.ListMetadata, _Mapping]] = ...) -> None: ...

class CreateOrganizationMembershipRequest(_message.Message):
    __slots__ = ("user_id", "organization_id", "role", "status", "request_id")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    organization_id: str
    role: str
    status: _organization_membership_pb2.OrganizationMembershipStatus
    request_id: str
    def __init__(self, user_id: _Optional[str] = ..., organization_id: _Optional[str] = ..., role: _Optional[str] = ..., status: _Optional[_Union[_organization_membership_pb2.OrganizationMembershipStatus, str]] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateOrganizationMembershipResponse(_message.Message):
    __slots__ = ("organization_membership",)
    ORGANIZATION_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    organization_membership: _organization_membership_pb2.OrganizationMembership
    def __init__(self, organization_membership: _Optional[_Union[_organization_membership_pb2.OrganizationMembership, _Mapping]] = ...) -> None: ...

class UpdateOrganizationMembershipRequest(_message.Message):
    __slots__ = ("id", "role", "expected_revision", "request_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_REVISION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    role: str
    expected_revision: int
    request_id: str
    def __init__(self, id: _Optional[str] = ..., role: _Optional[str] = ..., expected_revision: _Optional[int] = ..., request_id: _Optional[str] = ...) -> None: ...

class UpdateOrganizationMembershipResponse(_message.Message):
    __slots__ = ("organization_membership",)
    ORGANIZATION_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    organization_membership: _organization_membership_pb2.OrganizationMembership
    def __init__(self, organization_membership: _Optional[_Union[_organization_membership_pb2.OrganizationMembership, _Mapping]] = ...) -> None: ...

class DeactivateOrganizationMembershipRequest(_message.Message):
    __slots__ = ("id", "request_id", "expected_revision")
    ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_REVISION_FIELD_NUMBER: _ClassVar[int]
    id: str
    request_id: str
    expected_revision: int
    def __init__(self, id: _Optional[str] = ..., request_id: _Optional[str] = ..., expected_revision: _Optional[int] = ...) -> None: ...

class DeactivateOrganizationMembershipResponse(_message.Message):
    __slots__ = ("organization_membership",)
    ORGANIZATION_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    organization_membership: _organization_membership_pb2.OrganizationMembership
    def __init__(self, organization_membership: _Optional[_Union[_organization_membership_pb2.OrganizationMembership, _Mapping]] = ...) -> None: ...

class ReactivateOrganizationMembershipRequest(_message.Message):
    __slots__ = ("id", "request_id", "expected_revision")
    ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_REVISION_FIELD_NUMBER: _ClassVar[int]
    id: str
    request_id: str
    expected_revision: int
    def __init__(self, id: _Optional[str] = ..., request_id: _Optional[str] = ..., expected_revision: _Optional[int] = ...) -> None: ...

class ReactivateOrganizationMembershipResponse(_message.Message):
    __slots__ = ("organization_membership",)
    ORGANIZATION_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    organization_membership: _organization_membership_pb2.OrganizationMembership
    def __init__(self, organization_membership: _Optional[_Union[_organization_membership_pb2.OrganizationMembership, _Mapping]] = ...) -> None: ...

class DeleteOrganizationMembershipRequest(_message.Message):
    __slots__ = ("id", "request_id", "expected_revision")
    ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_REVISION_FIELD_NUMBER: _ClassVar[int]
    id: str
    request_id: str
    expected_revision: int
    def __init__(self, id: _Optional[str] = ..., request_id: _Optional[str] = ..., expected_revision: _Optional[int] = ...) -> None: ...

class DeleteOrganizationMembershipResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
