from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PasswordHashAlgorithm(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PASSWORD_HASH_ALGORITHM_UNSPECIFIED: _ClassVar[PasswordHashAlgorithm]
    PASSWORD_HASH_ALGORITHM_BCRYPT: _ClassVar[PasswordHashAlgorithm]
    PASSWORD_HASH_ALGORITHM_SCRYPT: _ClassVar[PasswordHashAlgorithm]
    PASSWORD_HASH_ALGORITHM_FIREBASE_SCRYPT: _ClassVar[PasswordHashAlgorithm]
    PASSWORD_HASH_ALGORITHM_SSHA: _ClassVar[PasswordHashAlgorithm]
    PASSWORD_HASH_ALGORITHM_SSHA256: _ClassVar[PasswordHashAlgorithm]
    PASSWORD_HASH_ALGORITHM_PBKDF2: _ClassVar[PasswordHashAlgorithm]
    PASSWORD_HASH_ALGORITHM_ARGON2: _ClassVar[PasswordHashAlgorithm]

class SaltPosition(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SALT_POSITION_UNSPECIFIED: _ClassVar[SaltPosition]
    SALT_POSITION_PREFIX: _ClassVar[SaltPosition]
    SALT_POSITION_SUFFIX: _ClassVar[SaltPosition]
PASSWORD_HASH_ALGORITHM_UNSPECIFIED: PasswordHashAlgorithm
PASSWORD_HASH_ALGORITHM_BCRYPT: PasswordHashAlgorithm
PASSWORD_HASH_ALGORITHM_SCRYPT: PasswordHashAlgorithm
PASSWORD_HASH_ALGORITHM_FIREBASE_SCRYPT: PasswordHashAlgorithm
PASSWORD_HASH_ALGORITHM_SSHA: PasswordHashAlgorithm
PASSWORD_HASH_ALGORITHM_SSHA256: PasswordHashAlgorithm
PASSWORD_HASH_ALGORITHM_PBKDF2: PasswordHashAlgorithm
PASSWORD_HASH_ALGORITHM_ARGON2: PasswordHashAlgorithm
SALT_POSITION_UNSPECIFIED: SaltPosition
SALT_POSITION_PREFIX: SaltPosition
SALT_POSITION_SUFFIX: SaltPosition

class PasswordHash(_message.Message):
    __slots__ = ("algorithm", "hash", "salt_position")
    ALGORITHM_FIELD_NUMBER: _ClassVar[int]
    HASH_FIELD_NUMBER: _ClassVar[int]
    SALT_POSITION_FIELD_NUMBER: _ClassVar[int]
    algorithm: PasswordHashAlgorithm
    hash: str
    salt_position: SaltPosition
    def __init__(self, algorithm: _Optional[_Union[PasswordHashAlgorithm, str]] = ..., hash: _Optional[str] = ..., salt_position: _Optional[_Union[SaltPosition, str]] = ...) -> None: ...
