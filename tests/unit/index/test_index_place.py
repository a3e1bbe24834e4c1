from pathlib import Path

import pytest

from notesai import paths
from notesai.errors import RequestError
from notesai.index.place import VARIABLE, Place

VAULT = Path("/home/somebody/Notes")


def test_without_a_word_it_is_on_this_machine(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    place = Place.of(VAULT)
    assert not place.remote
    assert place.folder == paths.home().index(VAULT)
    assert place.uri == str(place.folder / "lance")


def test_a_bucket_keeps_its_lock_on_this_machine(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, " s3://team-notes/archive/ ")
    place = Place.of(VAULT)
    assert place.remote
    assert place.uri == "s3://team-notes/archive"
    assert place.folder.is_relative_to(paths.home().data)
    assert Place.of(Path("/elsewhere/Notes")) == place
    monkeypatch.setenv(VARIABLE, "s3://team-notes/other")
    assert Place.of(VAULT).folder != place.folder


@pytest.mark.parametrize("name", ["s3://", "s3:///a", "gs://a/b", "s3://a b", "https://a/b"])
def test_other_places_are_refused(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv(VARIABLE, name)
    with pytest.raises(RequestError) as caught:
        Place.of(VAULT)
    assert caught.value.code == "index.bad_place"
    assert name in caught.value.message
