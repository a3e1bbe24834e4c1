"""An index on S3 or on storage that speaks like it: options, a first knock, what can go wrong.

Keys come from where all programs for S3 look: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and
`AWS_SESSION_TOKEN`, the files of the AWS tools, or the machine's role. `AWS_ENDPOINT_URL_S3` (or
`AWS_ENDPOINT_URL`) names another service than Amazon's, `AWS_REGION` the region.
"""

import ipaddress
import os
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

import urllib3

from notesai import connections
from notesai.errors import StoreError

SCHEME = "s3://"
PURPOSE = "the index"

_SAFE = "Your notes are safe: the index is only a cache of them."
_KNOCK = urllib3.Timeout(connect=4.0, read=6.0)
_REGION = "us-east-1"

_LIMITS = {
    "connect_timeout": "4s",
    "timeout": "20s",
    "client_max_retries": "2",
    "client_retry_timeout": "20",
    "download_retry_count": "1",
}
"""A lost connection is to be told of in seconds; LanceDB's own limits are three minutes."""

_OF_A_BUCKET = (
    'store: "s3"',
    "generic s3 error",
    "aws credentials",
    "lacked the necessary privileges",
    "lacked valid authentication",
)
_DENIED = (
    "invalidaccesskeyid",
    "signaturedoesnotmatch",
    "accessdenied",
    "allaccessdisabled",
    "expiredtoken",
    "invalidtoken",
    "aws credentials",
    "lacked the necessary privileges",
    "lacked valid authentication",
    "status: 401",
    "status: 403",
)


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket and how it is reached; `endpoint` is empty for Amazon's own service."""

    name: str
    endpoint: str
    region: str

    @classmethod
    def of(cls, uri: str) -> Self:
        """The bucket of `s3://bucket/prefix`, as the environment says it is to be reached."""
        endpoint = _first("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT").rstrip("/")
        region = _first("AWS_REGION", "AWS_DEFAULT_REGION") or _REGION
        return cls(uri.removeprefix(SCHEME).partition("/")[0], endpoint, region)

    @property
    def url(self) -> str:
        """Where the bucket answers."""
        if self.endpoint:
            return f"{self.endpoint}/{self.name}"
        return f"https://s3.{self.region}.amazonaws.com/{self.name}"

    @property
    def host(self) -> str:
        """The host that is spoken to, with its port if it is an unusual one."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    def options(self) -> dict[str, str]:
        """What LanceDB has to be told."""
        known = {"region": self.region, **_LIMITS}
        if self.endpoint:
            known["endpoint"] = self.endpoint
            known["allow_http"] = str(self.endpoint.lower().startswith("http://")).lower()
        return known


def reached(uri: str) -> dict[str, str]:
    """The options for an index at `uri`, after a knock at its door.

    Raises `network.off`, `index.insecure`, `index.unreachable` or `index.no_bucket`. The connection
    is in the log; what LanceDB moves over it is not counted.
    """
    bucket = Bucket.of(uri)
    address = urlsplit(bucket.url)
    if not _on_this_machine(address.hostname or ""):
        connections.require_network(f"{PURPOSE} at {uri}")
        if address.scheme != "https" and _first("AWS_ALLOW_HTTP").lower() not in ("true", "1"):
            raise StoreError(
                "index.insecure",
                f"The index at {uri} would be read and written without encryption.",
                "Use an https:// endpoint, or set AWS_ALLOW_HTTP=true where the way is safe.",
            )
    with connections.visit(bucket.host, PURPOSE):
        _knock(bucket)
    return bucket.options()


def explained(text: str) -> StoreError | None:
    """The failure of a bucket that a message of LanceDB is about; None if it is of another kind."""
    told = text.lower()
    if not any(sign in told for sign in _OF_A_BUCKET):
        return None
    if any(sign in told for sign in _DENIED):
        return _denied()
    if "nosuchbucket" in told:
        return no_bucket("")
    return unreachable("")


def unreachable(where: str) -> StoreError:
    """The service does not answer, or not in time."""
    return StoreError(
        "index.unreachable",
        f"The index cannot be reached{where and f' at {where}'}.",
        f"{_SAFE} Check the connection and AWS_ENDPOINT_URL; it goes on where it stopped.",
    )


def no_bucket(name: str) -> StoreError:
    """The service answers, but there is no such bucket."""
    return StoreError(
        "index.no_bucket",
        f"There is no bucket {name}." if name else "The bucket of the index does not exist.",
        f"{_SAFE} Make the bucket first, or check NOTESAI_INDEX and AWS_ENDPOINT_URL.",
    )


def _denied() -> StoreError:
    return StoreError(
        "index.denied",
        "The keys for the index are missing or wrong, or do not allow what is needed.",
        f"{_SAFE} Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and the rights of that account.",
    )


def _knock(bucket: Bucket) -> None:
    """See that somebody answers, and has heard of the bucket; keys are not shown yet."""
    try:
        with urllib3.PoolManager(timeout=_KNOCK, retries=False) as pool:
            status = pool.request("HEAD", bucket.url, redirect=False).status
    except urllib3.exceptions.HTTPError as error:
        raise unreachable(bucket.host) from error
    if status == 404:
        raise no_bucket(bucket.name)


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _first(*names: str) -> str:
    return next((os.environ[name] for name in names if os.environ.get(name)), "")
