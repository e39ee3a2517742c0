"""Makes vectors.json: password hashes by implementations that share no code with Roster.

    python3 -m venv v && v/bin/pip install passlib==1.7.4 argon2-cffi==25.1.0 bcrypt==4.0.1 cryptography==50.0.2
    v/bin/python test/passwords/make-vectors.py > test/passwords/vectors.json

Needs Python 3.11 or 3.12 on Linux (for crypt) and the openssl command, version 3. Salts are fixed.
"""

import base64
import crypt
import hashlib
import json
import subprocess

import argon2.low_level as argon2
import passlib.crypto.scrypt
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from passlib.hash import bcrypt, ldap_salted_sha1, ldap_salted_sha256, pbkdf2_sha256, pbkdf2_sha512, scrypt

PASSWORDS = {
    "plain": "correct horse battery staple",
    "nonAscii": "Pässwörd ☃ пароль 密码 🔑",
    "decomposed": "Cafe\u0301 au lait",
    "empty": "",
    "trailingSpaces": "trailing spaces  ",
    "longerThan72": "0123456789 abcdefghi " * 20,
}

SALT = bytes(range(0xF0, 0x100))
vectors = []


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def plain(data: bytes) -> str:
    return b64(data).rstrip("=")


def openssl(*arguments: str, given: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *arguments], input=given, capture_output=True, check=True).stdout


def kdf(name: str, length: int, **options: str) -> bytes:
    pairs = [part for key, value in options.items() for part in ("-kdfopt", f"{key}:{value}")]
    return openssl("kdf", "-binary", "-keylen", str(length), *pairs, name)


def add(algorithm: str, made_by: str, password: str, text: str, **more: str) -> None:
    vectors.append({"algorithm": algorithm, "hash": text, **more, "password": password, "madeBy": made_by})


def firebase(secret: bytes, salt: bytes, separator: bytes, key: bytes, n: int, r: int) -> bytes:
    derived = passlib.crypto.scrypt.scrypt(secret, salt + separator, n, r, 1, 32)
    encryptor = Cipher(algorithms.AES(derived), modes.CTR(bytes(16))).encryptor()
    return encryptor.update(key) + encryptor.finalize()


passlib.crypto.scrypt._set_backend("builtin")

for name, text in PASSWORDS.items():
    secret = text.encode()

    add("BCRYPT", "Python bcrypt 4.0.1 by passlib 1.7.4", name, bcrypt.using(rounds=4, ident="2b").hash(text))
    add("BCRYPT", "Python bcrypt 4.0.1 by passlib 1.7.4", name, bcrypt.using(rounds=5, ident="2a").hash(text))
    add("BCRYPT", "libxcrypt, crypt(3)", name, crypt.crypt(text, "$2y$04$abcdefghijklmnopqrstuu"))

    made = scrypt.using(rounds=8, block_size=4, parallelism=2, salt=SALT).hash(text)
    add("SCRYPT", "passlib 1.7.4, its scrypt in pure Python", name, made)
    derived = hashlib.scrypt(secret, salt=SALT, n=16384, r=8, p=1, dklen=64)
    add("SCRYPT", "Python hashlib", name, f"$scrypt$v=1$n=16384,r=8,p=1,kl=64${plain(SALT)}${plain(derived)}")

    separator, key = b"\x07", bytes(range(64))
    made = firebase(secret, SALT[:10], separator, key, 2**8, 8)
    salt, hashed, ss, sk = plain(SALT[:10]), plain(made), plain(separator), plain(key)
    by = "scrypt in pure Python of passlib 1.7.4, AES of cryptography 50.0.2"
    add("FIREBASE_SCRYPT", by, name, f"$firebase-scrypt$v=1$r=8,m=8,ss={ss},sk={sk}${salt}${hashed}")
    named = f"hash={b64(made)}$salt={b64(SALT[:10])}$sk={b64(key)}$ss={b64(separator)}$r=8$m=8"
    add("FIREBASE_SCRYPT", by, name, f"$firebase-scrypt${named}")
    add("FIREBASE_SCRYPT", by, name, f"$firescrypt$ln=8,r=8,p=1${salt}${hashed}${ss}${sk}")
    add("FIREBASE_SCRYPT", by, name, f"$fbscrypt$v=1,n=8,r=8,p=1,ss={ss},sk={sk}${salt}${hashed}")
    if text:
        secret_hex = secret.hex()
        derived = kdf("SCRYPT", 32, hexpass=secret_hex, hexsalt=(SALT + separator).hex(), n="1024", r="8", p="1")
        made = openssl("enc", "-aes-256-ctr", "-K", derived.hex(), "-iv", "00" * 16, given=key)
        named = f"{plain(SALT)}${plain(made)}"
        add("FIREBASE_SCRYPT", "openssl kdf and enc", name, f"$firebase-scrypt$v=1$r=8,m=10,ss={ss},sk={sk}${named}")

    # A salt that has + in base64, and so "." in passlib's.
    add("PBKDF2", "passlib 1.7.4", name, pbkdf2_sha256.using(rounds=1000, salt=b"\xfb\xef\xbe" * 5).hash(text))
    add("PBKDF2", "passlib 1.7.4", name, pbkdf2_sha512.using(rounds=2000, salt=SALT).hash(text))
    for digest in ("sha256", "sha512"):
        derived = hashlib.pbkdf2_hmac(digest, secret, SALT, 1500, 64)
        add("PBKDF2", "Python hashlib", name, f"$pbkdf2$i=1500,d={digest}${plain(SALT)}${plain(derived)}")
    if text:
        options = {"hexpass": secret.hex(), "hexsalt": SALT.hex(), "iter": "1000", "digest": "SHA256"}
        derived = kdf("PBKDF2", 32, **options)
        add("PBKDF2", "openssl kdf", name, f"$pbkdf2$i=1000,d=sha256${b64(SALT)}${b64(derived)}")

    for kind in (argon2.Type.ID, argon2.Type.I, argon2.Type.D):
        made = argon2.hash_secret(secret, SALT, time_cost=2, memory_cost=64, parallelism=2, hash_len=32, type=kind)
        add("ARGON2", "argon2-cffi 25.1.0, the reference implementation", name, made.decode())

    add("SSHA", "passlib 1.7.4", name, ldap_salted_sha1.using(salt=SALT[:8]).hash(text))
    made = ldap_salted_sha256.using(salt=SALT[:8]).hash(text)
    add("SSHA256", "passlib 1.7.4", name, made)
    add("SSHA256", "passlib 1.7.4, without its tag", name, made.removeprefix("{SSHA256}"), saltPosition="SUFFIX")
    made = openssl("dgst", "-sha256", "-binary", given=SALT + secret)
    add("SSHA256", "openssl dgst", name, "{SSHA256}" + b64(made + SALT), saltPosition="PREFIX")
    made = openssl("dgst", "-sha1", "-binary", given=secret + SALT[:1])
    add("SSHA", "openssl dgst", name, "{SSHA}" + b64(made + SALT[:1]))

print(json.dumps({"passwords": PASSWORDS, "vectors": vectors}, indent=2, ensure_ascii=False))
