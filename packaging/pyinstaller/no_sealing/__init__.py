"""What the frozen program has for each module of `cryptography`, a library of 12 MB.

The Model Context Protocol's library seals with it what a tool that asks back has to remember until
the next call. The tools of notesai ask nothing back: nothing is ever sealed, and what another
program claims to be sealed is refused.
"""

import hashlib
from typing import NoReturn


class InvalidTag(Exception):
    """What was not sealed here."""


class SHA256:
    """The name of a digest."""


class HKDF:
    """Keys of one's own out of a secret; nothing is sealed with them."""

    def __init__(self, *, info: bytes, **named: object) -> None:
        self._info = info

    def derive(self, secret: bytes) -> bytes:
        """A key of 32 bytes."""
        return hashlib.sha256(self._info + secret).digest()


class AESGCM:
    """A cipher that seals nothing, and so has sealed nothing."""

    def __init__(self, key: bytes) -> None:
        pass

    def encrypt(self, *arguments: object) -> NoReturn:
        """Raise `NotImplementedError`."""
        raise NotImplementedError("sealing is not part of notesai")

    def decrypt(self, *arguments: object) -> NoReturn:
        """Raise `InvalidTag`."""
        raise InvalidTag
