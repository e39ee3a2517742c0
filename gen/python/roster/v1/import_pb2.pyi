import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from roster.v1 import error_reason_pb2 as _error_reason_pb2
from roster.v1 import password_pb2 as _password_pb2
from roster.v1 import user_pb2 as _user_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ImportRow(_message.Message):
    __slots__ = ("id", "email", "email_verified", "first_name", "last_name", "name", "profile_picture_url", "external_id", "metadata", "locale", "last_sign_in_at", "created_at", "password", "password_hash", "status")
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
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    LAST_SIGN_IN_AT_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_HASH_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    id: str
    email: str
    email_verified: bool
    first_name: str
    last_name: str
    name: str
    profile_picture_url: str
    external_id: str
    metadata: _containers.ScalarMap[str, str]
    locale: str
    last_sign_in_at: _timestamp_pb2.Timestamp
    created_at: _timestamp_pb2.Timestamp
    password: str
    password_hash: _password_pb2.PasswordHash
    status: _user_pb2.UserStatus
    def __init__(self, id: _Optional[str] = ..., email: _Optional[str] = ..., email_verified: _Optional[bool] = ..., first_name: _Optional[str] = ..., last_name: _Optional[str] = ..., name: _Optional[str] = ..., profile_picture_url: _Optional[str] = ..., external_id: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., locale: _Optional[str] = ..., last_sign_in_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., created_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., password: _Optional[str] = ..., password_hash: _Optional[_Union[_password_pb2.PasswordHash, _Mapping]] = ..., status: _Optional[_Union[_user_pb2.UserStatus, str]] = ...) -> None: ...

class ImportOptions(_message.Message):
    __slots__ = ("mode", "match_on", "dry_run")
    class Mode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        MODE_UNSPECIFIED: _ClassVar[ImportOptions.Mode]
        MODE_CREATE_ONLY: _ClassVar[ImportOptions.Mode]
        MODE_UPSERT: _ClassVar[ImportOptions.Mode]
        MODE_UPDATE_ONLY: _ClassVar[ImportOptions.Mode]
    MODE_UNSPECIFIED: ImportOptions.Mode
    MODE_CREATE_ONLY: ImportOptions.Mode
    MODE_UPSERT: ImportOptions.Mode
    MODE_UPDATE_ONLY: ImportOptions.Mode
    class MatchOn(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        MATCH_ON_UNSPECIFIED: _ClassVar[ImportOptions.MatchOn]
        MATCH_ON_ID: _ClassVar[ImportOptions.MatchOn]
        MATCH_ON_EXTERNAL_ID: _ClassVar[ImportOptions.MatchOn]
        MATCH_ON_EMAIL: _ClassVar[ImportOptions.MatchOn]
    MATCH_ON_UNSPECIFIED: ImportOptions.MatchOn
    MATCH_ON_ID: ImportOptions.MatchOn
    MATCH_ON_EXTERNAL_ID: ImportOptions.MatchOn
    MATCH_ON_EMAIL: ImportOptions.MatchOn
    MODE_FIELD_NUMBER: _ClassVar[int]
    MATCH_ON_FIELD_NUMBER: _ClassVar[int]
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    mode: ImportOptions.Mode
    match_on: ImportOptions.MatchOn
    dry_run: bool
    def __init__(self, mode: _Optional[_Union[ImportOptions.Mode, str]] = ..., match_on: _Optional[_Union[ImportOptions.MatchOn, str]] = ..., dry_run: _Optional[bool] = ...) -> None: ...

class ImportResult(_message.Message):
    __slots__ = ("row", "outcome", "user_id", "error")
    class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OUTCOME_UNSPECIFIED: _ClassVar[ImportResult.Outcome]
        OUTCOME_CREATED: _ClassVar[ImportResult.Outcome]
        OUTCOME_UPDATED: _ClassVar[ImportResult.Outcome]
        OUTCOME_UNCHANGED: _ClassVar[ImportResult.Outcome]
        OUTCOME_REJECTED: _ClassVar[ImportResult.Outcome]
    OUTCOME_UNSPECIFIED: ImportResult.Outcome
    OUTCOME_CREATED: ImportResult.Outcome
    OUTCOME_UPDATED: ImportResult.Outcome
    OUTCOME_UNCHANGED: ImportResult.Outcome
    OUTCOME_REJECTED: ImportResult.Outcome
    ROW_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    row: int
    outcome: ImportResult.Outcome
    user_id: str
    error: ImportError
    def __init__(self, row: _Optional[int] = ..., outcome: _Optional[_Union[ImportResult.Outcome, str]] = ..., user_id: _Optional[str] = ..., error: _Optional[_Union[ImportError, _Mapping]] = ...) -> None: ...

class ImportError(_message.Message):
    __slots__ = ("reason", "message", "field_violations")
    class FieldViolation(_message.Message):
        __slots__ = ("field", "description")
        FIELD_FIELD_NUMBER: _ClassVar[int]
        DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
        field: str
        description: str
        def __init__(self, field: _Optional[str] = ..., description: _Optional[str] = ...) -> None: ...
    REASON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    FIELD_VIOLATIONS_FIELD_NUMBER: _ClassVar[int]
    reason: _error_reason_pb2.ErrorReason
    message: str
    field_violations: _containers.RepeatedCompositeFieldContainer[ImportError.FieldViolation]
    def __init__(self, reason: _Optional[_Union[_error_reason_pb2.ErrorReason, str]] = ..., message: _Optional[str] = ..., field_violations: _Optional[_Iterable[_Union[ImportError.FieldViolation, _Mapping]]] = ...) -> None: ...
