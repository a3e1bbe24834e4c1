import socket

import pytest
import urllib3

from notesai.errors import StoreError
from notesai.index import bucket, failures

LOST = (
    "lance error: LanceError(IO): Generic S3 error: Error performing list request: Error "
    "performing GET http://127.0.0.1:9/notes?list-type=2 in 208ms, after 2 retries - HTTP error"
)
CONNECTING = (
    'Failed to connect to namespace: IO { source: Generic { store: "S3", source: ListRequest { '
    "source: RetryError(RetryErrorImpl { inner: Http(HttpError { kind: Connect }) }) } }"
)
WRONG_KEY = (
    'IO { source: Generic { store: "S3", source: Status { status: 403, body: Some("<Error><Code>'
    'InvalidAccessKeyId</Code></Error>") } } }'
)
NO_KEYS = "Failed to get AWS credentials: CredentialsNotLoaded"
NO_BUCKET = 'Generic { store: "S3", Status { status: 404, body: "<Code>NoSuchBucket</Code>" } }'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LOST, "index.unreachable"),
        (CONNECTING, "index.unreachable"),
        (WRONG_KEY, "index.denied"),
        (NO_KEYS, "index.denied"),
        (NO_BUCKET, "index.no_bucket"),
        ("not lance at all", "index.corrupt"),
        ("No space left on device (os error 28)", "index.disk_full"),
    ],
)
def test_what_the_library_says_becomes_what_to_do(text: str, code: str):
    with pytest.raises(StoreError) as caught, failures.translated():
        raise RuntimeError(text)
    assert caught.value.code == code
    assert "notes are safe" in caught.value.hint


def test_the_environment_says_how_a_bucket_is_reached(monkeypatch: pytest.MonkeyPatch):
    for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_REGION", "eu-north-1")
    amazon = bucket.Bucket.of("s3://notes/team")
    assert amazon.url == "https://s3.eu-north-1.amazonaws.com/notes"
    assert "endpoint" not in amazon.options()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://storage.example:9000/")
    own = bucket.Bucket.of("s3://notes/team")
    assert own.url == "http://storage.example:9000/notes"
    assert own.host == "storage.example:9000"
    assert own.options()["endpoint"] == "http://storage.example:9000"
    assert own.options()["allow_http"] == "true"


def test_a_service_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bucket, "_KNOCK", urllib3.Timeout(connect=0.3, read=0.3))
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen(1)
        url = f"http://127.0.0.1:{mute.getsockname()[1]}"
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", url)
        with pytest.raises(StoreError) as caught:
            bucket.reached("s3://notes/team")
    assert caught.value.code == "index.unreachable"
