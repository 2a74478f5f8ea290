"""X-Hub-Signature: whether what was pushed comes from the hub that has our secret (7.1.2)."""

import hmac
import secrets

METHODS = frozenset(("sha1", "sha256", "sha384", "sha512"))
BYTES = 32  # of chance in a secret and in a callback's address


def genuine(header: str, secret: str, body: bytes) -> bool:
    """`header`: "method=hexadecimal"."""
    method, _, signature = header.strip().partition("=")
    if method.strip().lower() not in METHODS or not signature.isascii():
        return False
    return hmac.compare_digest(sign(method.strip().lower(), secret, body), signature.strip().lower())


def sign(method: str, secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, method).hexdigest()


def unguessable() -> str:
    """43 letters that are safe in a path, a form and a database."""
    return secrets.token_urlsafe(BYTES)
