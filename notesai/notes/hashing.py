"""What files and texts are known by, whatever they are called."""

import hashlib


def content_hash(data: bytes) -> str:
    """BLAKE2b of a file's bytes, 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
