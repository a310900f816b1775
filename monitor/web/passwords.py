"""Passwords of the workspace as scrypt hashes (RFC 7914), with their settings and salt beside them."""

from __future__ import annotations

import hashlib
import hmac
import os

from monitor.errors import InputError

COST = (2**14, 8, 5)  # n, r, p: OWASP's Password Storage Cheat Sheet; about 16 MiB and a quarter of a second
SHORTEST = 10  # characters; NIST SP 800-63B asks for 8 at least


def hash_password(password: str) -> str:
    """Return the hash to keep. Raises InputError for a password that is too short."""
    if len(password) < SHORTEST:
        raise InputError(f"the password has {len(password)} characters: choose one of {SHORTEST} or more")
    salt = os.urandom(16)
    return "$".join(["scrypt", *map(str, COST), salt.hex(), _derive(password, salt, COST).hex()])


def matches(password: str, kept: str) -> bool:
    """Say whether a password is the one that was hashed."""
    _, n, r, p, salt, digest = kept.split("$")
    return hmac.compare_digest(_derive(password, bytes.fromhex(salt), (int(n), int(r), int(p))).hex(), digest)


def _derive(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=2**26)
