"""Every chunk of real notes cuts exactly its text, and every word of a note is in some chunk."""

import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import count_words

from notesai.errors import NoteError
from notesai.notes.formats import TEXT_SUFFIXES
from notesai.notes.reader import read_note


def notes(archive: Path, stride: int) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        members = [m for m in tar if m.isfile() and Path(m.name).suffix.lower() in TEXT_SUFFIXES]
        for member in members[::stride]:
            file = tar.extractfile(member)
            assert file is not None
            yield member.name, file.read()


@pytest.mark.parametrize(
    "stride", [pytest.param(1, marks=[pytest.mark.slow, pytest.mark.timeout(600)]), 25]
)
def test_chunks_cut_their_text(real_data: Path, stride: int):
    archives = sorted((real_data / "vaults").glob("*.tar.xz"))
    assert archives
    seen = 0
    for archive in archives:
        for name, data in notes(archive, stride):
            try:
                read = read_note(data, name, count_words, window=256)
            except NoteError as error:
                assert error.skipped, name
                continue
            at = 0
            for ordinal, chunk in enumerate(read.chunks):
                assert read.text[chunk.start : chunk.end] == chunk.text, (name, ordinal)
                assert chunk.ordinal == ordinal, name
                assert chunk.text == chunk.text.strip() != "", (name, ordinal)
                breaks = re.findall(r"\r\n?|\n", read.text[: chunk.start])
                assert chunk.line == len(breaks) + 1, (name, ordinal)
                if ordinal:
                    assert not read.text[at : chunk.start].strip(), (name, ordinal)
                at = max(at, chunk.end)
            assert not read.chunks or not read.text[at:].strip(), name
            seen += 1
    assert seen > 100
