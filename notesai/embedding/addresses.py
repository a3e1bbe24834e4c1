"""Addresses of services: what they are, and what may be sent there."""

import ipaddress
from urllib.parse import SplitResult, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from notesai.errors import ModelError


def service_address(url: str, path: str) -> str:
    """The full address of `path`, such as "/embeddings", at an OpenAI-compatible service.

    `url` may end with it, with `/v1`, or with neither. Raises `model.address`.
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise bad_address(url, str(error)) from error
    if parts.scheme not in ("http", "https") or not host:
        raise bad_address(url, "it has to begin with https:// or http:// and a host")
    if parts.username or parts.password:
        raise ModelError(
            "model.address",
            "The address holds a user name or password.",
            "Put the key into an environment variable and name that. Nothing was sent.",
        )
    given = parts.path.rstrip("/")
    if not given.endswith(path):
        given = f"{given or '/v1'}{path}"
    return urlunsplit(parts._replace(path=given, fragment=""))


def carries_key(parts: SplitResult) -> bool:
    """Whether a key may be sent there: over https, or without leaving the house."""
    host = parts.hostname or ""
    if parts.scheme == "https" or host == "localhost" or host.endswith((".local", ".localhost")):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


def proxy_of(parts: SplitResult) -> str | None:
    """The system's proxy for this address, if there is one."""
    if this_machine(parts) or proxy_bypass(parts.hostname or ""):
        return None
    return getproxies().get(parts.scheme)


def this_machine(parts: SplitResult) -> bool:
    """Whether what is sent there stays on this machine."""
    host = parts.hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")


def bad_address(url: str, reason: str) -> ModelError:
    """The error for what cannot be an address."""
    return ModelError(
        "model.address", f"{url!r} is no address of a service: {reason}.", "Nothing was sent."
    )
