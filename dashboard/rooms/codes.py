"""Codes to type, secrets that open a room to its presenter, tokens that stand for a person.

Secrets and tokens are kept as SHA-256 only, so that the database opens no room and names nobody.
"""

from __future__ import annotations

import hashlib
import secrets

CODE_SIGNS = "3479CDFHJKMNPRTWXY"
"""No two look alike, and without vowels they spell no word."""
CODE_LENGTH = 6


def new_code() -> str:
    """Return a new code, one of 34 million."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def new_secret() -> str:
    """Return 256 random bits as text that may stand in an address."""
    return secrets.token_urlsafe(32)


def typed_code(typed: str) -> str:
    """Return a code as a person typed it without its spaces and hyphens, in capitals.

    Empty where it cannot be the code of a room.
    """
    code = "".join(typed.split()).replace("-", "").upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_SIGNS) else ""


def spaced_code(code: str) -> str:
    """Return a code as it is easiest read aloud: in two halves."""
    return f"{code[: CODE_LENGTH // 2]} {code[CODE_LENGTH // 2 :]}"


def hashed(secret: str) -> str:
    """Return what is kept of a secret or a token."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def is_same(secret: str, kept: str) -> bool:
    """Say, in constant time, whether a secret is the one of which ``kept`` was kept."""
    return secrets.compare_digest(hashed(secret), kept)
