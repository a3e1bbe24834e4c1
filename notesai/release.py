"""Whether there is a newer version; looked for only when a person asks."""

import json
import re
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import msgspec

from notesai import __version__
from notesai.connections import require_network, visit
from notesai.errors import RequestError

ADDRESS = "https://pypi.org/pypi/notesai/json"
"""Where releases are listed. Nothing is sent there but the request itself."""

PURPOSE = "new version"
_SECONDS = 10.0
_MOST = 4 << 20
_HINT = "Nothing was sent but the question. Try again later."


class Release(msgspec.Struct, frozen=True):
    """The newest version; `newer` than this one or not, and where it is to be had."""

    version: str
    newer: bool
    address: str


def latest(address: str = ADDRESS) -> Release:
    """The newest release that is listed at `address`.

    Raises `RequestError`: `network.off`, `release.unreachable`, `release.unreadable`.
    """
    require_network(PURPOSE)
    about = _info(_fetched(address))
    version = about.get("version")
    if not isinstance(version, str) or not version:
        raise RequestError("release.unreadable", "The list of versions cannot be read.", _HINT)
    home = about.get("project_url") or about.get("home_page") or address
    return Release(version, _order(version) > _order(__version__), str(home))


def _fetched(address: str) -> bytes:
    host = urlsplit(address).netloc
    request = urllib.request.Request(address, headers={"User-Agent": "notesai"})
    with visit(host, PURPOSE) as seen:
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
                data: bytes = answer.read(_MOST)
        except urllib.error.HTTPError as error:
            error.close()
            message = f"{host} lists no versions of notesai (HTTP {error.code})."
            raise RequestError("release.unreadable", message, _HINT) from error
        except OSError as error:
            message = f"{host} cannot be reached: {error}"
            raise RequestError("release.unreachable", message, _HINT) from error
        seen.count(len(data))
    return data


def _info(data: bytes) -> dict[str, Any]:
    try:
        about: Any = json.loads(data)
        return dict(about["info"])
    except (ValueError, KeyError, TypeError) as error:
        message = "The list of versions cannot be read."
        raise RequestError("release.unreadable", message, _HINT) from error


def _order(version: str) -> tuple[tuple[int, ...], bool]:
    """What versions are compared by: their numbers; one that is no final release comes before."""
    match = re.match(r"\d+(?:\.\d+)*", version)
    numbers = [int(part) for part in match[0].split(".")] if match else [0]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers), match is not None and match[0] == version
