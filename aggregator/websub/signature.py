"""X-Hub-Signature: verifies that pushed content comes from the hub that has our secret (7.1.2)."""

import hmac

METHODS = frozenset(("sha1", "sha256", "sha384", "sha512"))


def genuine(header: str, secret: str, body: bytes) -> bool:
    """`header`: "method=hexadecimal"."""
    method, _, signature = header.strip().partition("=")
    if method.strip().lower() not in METHODS or not signature.isascii():
        return False
    return hmac.compare_digest(sign(method.strip().lower(), secret, body), signature.strip().lower())


def sign(method: str, secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, method).hexdigest()
