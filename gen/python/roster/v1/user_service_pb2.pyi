from roster.v1 import identity_pb2 as _identity_pb2
from roster.v1 import import_pb2 as _import_pb2
from roster.v1 import list_pb2 as _list_pb2
from roster.v1 import organization_membership_pb2 as _organization_membership_pb2
from roster.v1 import password_pb2 as _password_pb2
from roster.v1 import scope_pb2 as _scope_pb2
from roster.v1 import user_pb2 as _user_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReadConsistency(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    READ_CONSISTENCY_UNSPECIFIED: _ClassVar[ReadConsistency]
    READ_CONSISTENCY_STRONGEST: _ClassVar[ReadConsistency]
    READ_CONSISTENCY_FASTEST: _ClassVar[ReadConsistency]
READ_CONSISTENCY_UNSPECIFIED: ReadConsistency
READ_CONSISTENCY_STRONGEST: ReadConsistency
READ_CONSISTENCY_FASTEST: ReadConsistency

class GetUserRequest(_message.Message):
    __slots__ = ("id", "consistency")
    ID_FIELD_NUMBER: _ClassVar[int]
    CONSISTENCY_FIELD_NUMBER: _ClassVar[int]
    id: str
    consistency: ReadConsistency
    def __init__(self, id: _Optional[str] = ..., consistency: _Optional[_Union[ReadConsistency, str]] = ...) -> None: ...

class GetUserResponse(_message.Message):
    __slots__ = ("user",)
    USER_FIELD_NUMBER: _ClassVar[int]
    user: _user_pb2.User
    def __init__(self, user: _Optional[_Union[_user_pb2.User, _Mapping]] = ...) -> None: ...

class GetUserByExternalIdRequest(_message.Message):
    __slots__ = ("external_id", "consistency")
    EXTERNAL_ID_FIELD_NUMBER: _ClassVar[int]
    CONSISTENCY_FIELD_NUMBER: _ClassVar[int]
    external_id: str
    consistency: ReadConsistency
    def __init__(self, external_id: _Optional[str] = ..., consistency: _Optional[_Union[ReadConsistency, str]] = ...) -> None: ...

class GetUserByExternalIdResponse(_message.Message):
    __slots__ = ("user",)
    USER_FIELD_NUMBER: _ClassVar[int]
    user: _user_pb2.User
    def __init__(self, user: _Optional[_Union[_user_pb2.User, _Mapping]] = ...) -> None: ...

class GetUserByEmailRequest(_message.Message):
    __slots__ = ("email", "consistency")
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    CONSISTENCY_FIELD_NUMBER: _ClassVar[int]
    email: str
    consistency: ReadConsistency
    def __init__(self, email: _Optional[str] = ..., consistency: _Optional[_Union[ReadConsistency, str]] = ...) -> None: ...

class GetUserByEmailResponse(_message.Message):
    __slots__ = ("user",)
    USER_FIELD_NUMBER: _ClassVar[int]
    user: _user_pb2.User
    def __init__(self, user: _Optional[_Union[_user_pb2.User, _Mapping]] = ...) -> None: ...

class BatchGetUsersRequest(_message.Message):
    __slots__ = ("ids", "consistency")
    IDS_FIELD_NUMBER: _ClassVar[int]
    CONSISTENCY_FIELD_NUMBER: _ClassVar[int]
    ids: _containers.RepeatedScalarFieldContainer[str]
    consistency: ReadConsistency
    def __init__(self, ids: _Optional[_Iterable[str]] = ..., consistency: _Optional[_Union[ReadConsistency, str]] = ...) -> None: ...

class BatchGetUsersResponse(_message.Message):
    __slots__ = ("users", "not_found_ids")
    USERS_FIELD_NUMBER: _ClassVar[int]
    NOT_FOUND_IDS_FIELD_NUMBER: _ClassVar[int]
    users: _containers.RepeatedCompositeFieldContainer[_user_pb2.User]
    not_found_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, users: _Optional[_Iterable[_Union[_user_pb2.User, _Mapping]]] = ..., not_found_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ListUsersRequest(_message.Message):
    __slots__ = ("page_size", "limit", "order", "after", "before", "email", "external_ids", "ids", "organization_id", "statuses")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_IDS_FIELD_NUMBER: _ClassVar[int]
    IDS_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    STATUSES_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    limit: int
    order: _list_pb2.Order
    after: str
    before: str
    email: str
    external_ids: _containers.RepeatedScalarFieldContainer[str]
    ids: _containers.RepeatedScalarFieldContainer[str]
    organization_id: str
    statuses: _containers.RepeatedScalarFieldContainer[_user_pb2.UserStatus]
    def __init__(self, page_size: _Optional[int] = ..., limit: _Optional[int] = ..., order: _Optional[_Union[_list_pb2.Order, str]] = ..., after: _Optional[str] = ..., before: _Optional[str] = ..., email: _Optional[str] = ..., external_ids: _Optional[_Iterable[str]] = ..., ids: _Optional[_Iterable[str]] = ..., organization_id: _Optional[str] = ..., statuses: _Optional[_Iterable[_Union[_user_pb2.UserStatus, str]]] = ...) -> None: ...

class ListUsersResponse(_message.Message):
    __slots__ = ("users", "list_metadata")
    USERS_FIELD_NUMBER: _ClassVar[int]
    LIST_METADATA_FIELD_NUMBER: _ClassVar[int]
    users: _containers.RepeatedCompositeFieldContainer[_user_pb2.User]
    list_metadata: _list_pb2.ListMetadata
    def __init__(self, users: _Optional[_Iterable[_Union[_user_pb2.User, _Mapping]]] = ..., list_metadata: _Optional[_Union[_list_pb2.ListMetadata, _Mapping]] = ...) -> None: ...

class CreateUserRequest(_message.Message):
    __slots__ = ("email", "email_verified", "first_name", "last_name", "name", "profile_picture_url", "external_id", "metadata", "locale", "request_id", "password", "password_hash")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    EMAIL_VERIFIED_FIELD_NUMBER: _ClassVar[int]
    FIRST_NAME_FIELD_NUMBER: _ClassVar[int]
    LAST_NAME_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PROFILE_PICTURE_URL_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_ID_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_HASH_FIELD_NUMBER: _ClassVar[int]
    email: str
    email_verified: bool
    first_name: str
    last_name: str
    name: str
    profile_picture_url: str
    external_id: str
    metadata: _containers.ScalarMap[str, str]
    locale: str
    request_id: str
    password: str
    password_hash: _password_pb2.PasswordHash
    def __init__(self, email: _Optional[str] = ..., email_verified: _Optional[bool] = ..., first_name: _Optional[str] = ..., last_name: _Optional[str] = ..., name: _Optional[str] = ..., profile_picture_url: _Optional[str] = ..., external_id: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., locale: _Optional[str] = ..., request_id: _Optional[str] = ..., password: _Optional[str] = ..., password_hash: _Optional[_Union[_password_pb2.PasswordHash, _Mapping]] = ...) -> None: ...

class CreateUserResponse(_message.Message):
    __slots__ = ("user",)
    USER_FIELD_NUMBER: _ClassVar[int]
    user: _user_pb2.User
    def __init__(self, user: _Optional[_Union[_user_pb2.User, _Mapping]] = ...) -> None: ...

class UpdateUserRequest(_message.Message):
    __slots__ = ("id", "email", "email_verified", "first_name", "last_name", "name", "profile_picture_url", "external_id", "metadata", "remove_metadata", "locale", "expected_revision", "request_id", "password", "password_hash", "remove_password", "clear_metadata")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    EMAIL_VERIFIED_FIELD_NUMBER: _ClassVar[int]
    FIRST_NAME_FIELD_NUMBER: _ClassVar[int]
    LAST_NAME_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PROFILE_PICTURE_URL_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_ID_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    REMOVE_METADATA_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_REVISION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_HASH_FIELD_NUMBER: _ClassVar[int]
    REMOVE_PASSWORD_FIELD_NUMBER: _ClassVar[int]
    CLEAR_METADATA_FIELD_NUMBER: _ClassVar[int]
    id: str
    email: str
    email_verified: bool
    first_name: str
    last_name: str
    name: str
    profile_picture_url: str
    external_id: str
    metadata: _containers.ScalarMap[str, str]
    remove_metadata: _containers.RepeatedScalarFieldContainer[str]
    locale: str
    expected_revision: int
    request_id: str
    password: str
    password_hash: _password_pb2.PasswordHash
    remove_password: bool
    clear_metadata: bool
    def __init__(self, id: _Optional[str] = ..., email: _Optional[str] = ..., email_verified: _Optional[bool] = ..., first_name: _Optional[str] = ..., last_name: _Optional[str] = ..., name: _Optional[str] = ..., profile_picture_url: _Optional[str] = ..., external_id: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., remove_metadata: _Optional[_Iterable[str]] = ..., locale: _Optional[str] = ..., expected_revision: _Optional[int] = ..., request_id: _Optional[str] = ..., password: _Optional[str] = ..., password_hash: _Optional[_Union[_password_pb2.PasswordHash, _Mapping]] = ..., remove_password: _Optional[bool] = ..., clear_metadata: _Optional[bool] = ...) -> None: ...

class UpdateUserResponse(_message.Message):
    __slots__ = ("user",)
    USER_FIELD_NUMBER: _ClassVar[int]
    user: _user_pb2.User
    def __init__(self, user: _Optional[_Union[_user_pb2.User, _Mapping]] = ...) -> None: ...

class DeleteUserRequest(_message.Message):
    __slots__ = ("id", "request_id", "expected_revision", "erase")
    ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_REVISION_FIELD_NUMBER: _ClassVar[int]
    ERASE_FIELD_NUMBER: _ClassVar[int]
    id: str
    request_id: str
    expected_revision: int
    erase: bool
    def __init__(self, id: _Optional[str] = ..., request_id: _Optional[str] = ..., expected_revision: _Optional[int] = ..., erase: _Optional[bool] = ...) -> None: ...

class DeleteUserResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class DeactivateUserRequest(_message.Message):
    __slots__ = ("id", "expected_revision", "request_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_REVISION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    expected_revision: int
    request_id: str
    def __init__(self, id: _Optional[str] = ..., expected_revision: _Optional[int] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeactivateUserResponse(_message.Message):
    __slots__ = ("user",)
    USER_FIELD_NUMBER: _ClassVar[int]
    user: _user_pb2.User
    def __init__(self, user: _Optional[_Union[_user_pb2.User, _Mapping]] = ...) -> None: ...

class ReactivateUserRequest(_message.Message):
    __slots__ = ("id", "expected_revision", "request_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_REVISION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    expected_revision: int
    request_id: str
    def __init__(self, id: _Optional[str] = ..., expected_revision: _Optional[int] = ..., request_id: _Optional[str] = ...) -> None: ...

class ReactivateUserResponse(_message.Message):
    __slots__ = ("user",)
    USER_FIELD_NUMBER: _ClassVar[int]
    user: _user_pb2.User
    def __init__(self, user: _Optional[_Union[_user_pb2.User, _Mapping]] = ...) -> None: ...

class ImportUsersRequest(_message.Message):
    __slots__ = ("options", "rows")
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    options: _import_pb2.ImportOptions
    rows: _containers.RepeatedCompositeFieldContainer[_import_pb2.ImportRow]
    def __init__(self, options: _Optional[_Union[_import_pb2.ImportOptions, _Mapping]] = ..., rows: _Optional[_Iterable[_Union[_import_pb2.ImportRow, _Mapping]]] = ...) -> None: ...

class ImportUsersResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[_import_pb2.ImportResult]
    def __init__(self, results: _Optional[_Iterable[_Union[_import_pb2.ImportResult, _Mapping]]] = ...) -> None: ...

class ExportUsersRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ExportUsersResponse(_message.Message):
    __slots__ = ("rows", "cursor")
    ROWS_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    rows: _containers.RepeatedCompositeFieldContainer[_import_pb2.ImportRow]
    cursor: str
    def __init__(self, rows: _Optional[_Iterable[_Union[_import_pb2.ImportRow, _Mapping]]] = ..., cursor: _Optional[str] = ...) -> None: ...

class ProvisionUserRequest(_message.Message):
    __slots__ = ("organization_id", "connection_id", "idp_id", "email", "first_name", "last_name", "profile_picture_url", "attributes", "request_id")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_ID_FIELD_NUMBER: _ClassVar[int]
    IDP_ID_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    FIRST_NAME_FIELD_NUMBER: _ClassVar[int]
    LAST_NAME_FIELD_NUMBER: _ClassVar[int]
    PROFILE_PICTURE_URL_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    organization_id: str
    connection_id: str
    idp_id: str
    email: str
    first_name: str
    last_name: str
    profile_picture_url: str
    attributes: _containers.ScalarMap[str, str]
    request_id: str
    def __init__(self, organization_id: _Optional[str] = ..., connection_id: _Optional[str] = ..., idp_id: _Optional[str] = ..., email: _Optional[str] = ..., first_name: _Optional[str] = ..., last_name: _Optional[str] = ..., profile_picture_url: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ..., request_id: _Optional[str] = ...) -> None: ...

class ProvisionUserResponse(_message.Message):
    __slots__ = ("user", "organization_membership", "outcome", "password_removed", "identities_removed")
    class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OUTCOME_UNSPECIFIED: _ClassVar[ProvisionUserResponse.Outcome]
        OUTCOME_EXISTING_IDENTITY: _ClassVar[ProvisionUserResponse.Outcome]
        OUTCOME_LINKED: _ClassVar[ProvisionUserResponse.Outcome]
        OUTCOME_CREATED: _ClassVar[ProvisionUserResponse.Outcome]
    OUTCOME_UNSPECIFIED: ProvisionUserResponse.Outcome
    OUTCOME_EXISTING_IDENTITY: ProvisionUserResponse.Outcome
    OUTCOME_LINKED: ProvisionUserResponse.Outcome
    OUTCOME_CREATED: ProvisionUserResponse.Outcome
    USER_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_REMOVED_FIELD_NUMBER: _ClassVar[int]
    IDENTITIES_REMOVED_FIELD_NUMBER: _ClassVar[int]
    user: _user_pb2.User
    organization_membership: _organization_membership_pb2.OrganizationMembership
    outcome: ProvisionUserResponse.Outcome
    password_removed: bool
    identities_removed: int
    def __init__(self, user: _Optional[_Union[_user_pb2.User, _Mapping]] = ..., organization_membership: _Optional[_Union[_organization_membership_pb2.OrganizationMembership, _Mapping]] = ..., outcome: _Optional[_Union[ProvisionUserResponse.Outcome, str]] = ..., password_removed: _Optional[bool] = ..., identities_removed: _Optional[int] = ...) -> None: ...

class ListIdentitiesRequest(_message.Message):
    __slots__ = ("user_id",)
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    def __init__(self, user_id: _Optional[str] = ...) -> None: ...

class ListIdentitiesResponse(_message.Message):
    __slots__ = ("identities",)
    IDENTITIES_FIELD_NUMBER: _ClassVar[int]
    identities: _containers.RepeatedCompositeFieldContainer[_identity_pb2.Identity]
    def __init__(self, identities: _Optional[_Iterable[_Union[_identity_pb2.Identity, _Mapping]]] = ...) -> None: ...

class DeleteIdentityRequest(_message.Message):
    __slots__ = ("user_id", "connection_id", "idp_id", "request_id")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_ID_FIELD_NUMBER: _ClassVar[int]
    IDP_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    connection_id: str
    idp_id: str
    request_id: str
    def __init__(self, user_id: _Optional[str] = ..., connection_id: _Optional[str] = ..., idp_id: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteIdentityResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetUserByIdentityRequest(_message.Message):
    __slots__ = ("connection_id", "idp_id")
    CONNECTION_ID_FIELD_NUMBER: _ClassVar[int]
    IDP_ID_FIELD_NUMBER: _ClassVar[int]
    connection_id: str
    idp_id: str
    def __init__(self, connection_id: _Optional[str] = ..., idp_id: _Optional[str] = ...) -> None: ...

class GetUserByIdentityResponse(_message.Message):
    __slots__ = ("user",)
    USER_FIELD_NUMBER: _ClassVar[int]
    user: _user_pb2.User
    def __init__(self, user: _Optional[_Union[_user_pb2.User, _Mapping]] = ...) -> None: ...

class ListConnectionIdentitiesRequest(_message.Message):
    __slots__ = ("connection_id", "page_size", "limit", "after")
    CONNECTION_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    connection_id: str
    page_size: int
    limit: int
    after: str
    def __init__(self, connection_id: _Optional[str] = ..., page_size: _Optional[int] = ..., limit: _Optional[int] = ..., after: _Optional[str] = ...) -> None: ...

class ListConnectionIdentitiesResponse(_message.Message):
    __slots__ = ("identities", "list_metadata")
    IDENTITIES_FIELD_NUMBER: _ClassVar[int]
    LIST_METADATA_FIELD_NUMBER: _ClassVar[int]
    identities: _containers.RepeatedCompositeFieldContainer[_identity_pb2.Identity]
    list_metadata: _list_pb2.ListMetadata
    def __init__(self, identities: _Optional[_Iterable[_Union[_identity_pb2.Identity, _Mapping]]] = ..., list_metadata: _Optional[_Union[_list_pb2.ListMetadata, _Mapping]] = ...) -> None: ...

class DeleteConnectionIdentitiesRequest(_message.Message):
    __slots__ = ("connection_id", "request_id")
    CONNECTION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    connection_id: str
    request_id: str
    def __init__(self, connection_id: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteConnectionIdentitiesResponse(_message.Message):
    __slots__ = ("deleted_count",)
    DELETED_COUNT_FIELD_NUMBER: _ClassVar[int]
    deleted_count: int
    def __init__(self, deleted_count: _Optional[int] = ...) -> None: ...
