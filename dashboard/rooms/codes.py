"""Codes to type, secrets that open a room to its presenter, tokens that stand for a person.

Secrets and tokens are kept as SHA-256 only, so that the database opens no room and names nobody.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

CODE_SIGNS = "3479CDFHJKMNPRTWXY"
"""No two look alike, and without vowels they spell no word."""
CODE_LENGTH = 6
TOKEN_LENGTH = 43
_RANDOM_LENGTH = 22
"""What 128 bits are as text; the rest of a token is its seal."""


def new_code() -> str:
    """Return a new code, one of 34 million."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def new_secret() -> str:
    """Return 256 random bits as text that may stand in an address."""
    return secrets.token_urlsafe(32)


def new_token(kept: str) -> str:
    """Return a token for a person in the room of whose secret ``kept`` is kept.

    128 random bits and a seal over them, so that only a server that knows the room can make one,
    and any of its replicas knows it again.
    """
    return _sealed(secrets.token_urlsafe(16), kept)


def is_token(token: str, kept: str) -> bool:
    """Say, in constant time, whether a token was made for the room of ``kept``."""
    if not token.isascii():
        return False
    return secrets.compare_digest(_sealed(token[:_RANDOM_LENGTH], kept), token)


def _sealed(random: str, kept: str) -> str:
    seal = hmac.digest(kept.encode(), f"person {random}".encode(), "sha256")
    return random + base64.urlsafe_b64encode(seal).decode()[: TOKEN_LENGTH - _RANDOM_LENGTH]


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
