"""Reading labelled sets, and saying what is wrong with them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from notesai.errors import RequestError
from notesai.evaluation.datasets import read_labelled, read_pairs, read_retrieval

CORPUS = '{"id": "d1", "title": "A", "text": "one"}\n{"id": "d2", "text": "둘"}\n'
QUERIES = '{"id": "q1", "text": "eins"}\n'


def failing(read: Callable[[Path], object], path: Path) -> RequestError:
    with pytest.raises(RequestError) as caught:
        read(path)
    return caught.value


def written(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def retrieval(folder: Path, corpus: str = CORPUS, queries: str = QUERIES, qrels: str = "") -> Path:
    written(folder, "corpus.jsonl", corpus)
    written(folder, "queries.jsonl", queries)
    written(folder, "qrels.tsv", qrels or "q1\td2\t1\n")
    return folder


def test_pairs(tmp_path: Path):
    file = written(
        tmp_path, "sts.tsv", "\ufeffscore\ta\tb\r\n4.5\t하나\tone\u2028two\r\n\r\n0\tx\ty"
    )
    found = read_pairs(file)
    assert found.name == "sts"
    assert [(p.score, p.a, p.b) for p in found.pairs] == [
        (4.5, "하나", "one\u2028two"),
        (0.0, "x", "y"),
    ]


@pytest.mark.parametrize("line", ["4.5\tonly one", "high\ta\tb", "nan\ta\tb", "1\ta\tb\tc", "{}"])
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, line: str):
    error = failing(read_pairs, written(tmp_path, "sts.tsv", f"1\ta\tb\n\n{line}\n"))
    assert error.code == "file.wrong_line"
    assert "Line 3" in error.message
    assert "a score and two sentences" in error.hint


def test_files_that_cannot_be_read(tmp_path: Path):
    assert failing(read_pairs, tmp_path / "none").code == "file.cannot_read"
    assert failing(read_pairs, tmp_path).code == "file.cannot_read"
    assert failing(read_pairs, written(tmp_path, "a", b"1\t\xff\xfe\tb")).code == "file.not_utf8"
    assert failing(read_pairs, written(tmp_path, "b", "\n \n")).code == "file.empty"


def test_a_retrieval_set(tmp_path: Path):
    folder = retrieval(tmp_path, qrels="query-id\tcorpus-id\tscore\nq1\td2\t2\nq1\td1\t0\n")
    found = read_retrieval(folder)
    assert [(d.id, d.title, d.text) for d in found.documents] == [
        ("d1", "A", "one"),
        ("d2", "", "둘"),
    ]
    assert found.judged == {"q1": {"d2": 2, "d1": 0}}
    assert found.name == tmp_path.name


@pytest.mark.parametrize(
    ("change", "line", "expected"),
    [
        ({"corpus": CORPUS + '{"id": "d1", "text": "x"}'}, "Line 3", "an id of its own"),
        ({"corpus": '{"id": "d1"}'}, "Line 1", "`text`"),
        ({"corpus": '{"id": 1, "text": ""}'}, "Line 1", "Expected `str`"),
        ({"queries": "\nwhat?"}, "Line 2", "a query such as"),
        ({"queries": '["q1"]'}, "Line 1", "a query such as"),
        ({"qrels": "q1 d2 1"}, "Line 1", "apart by tabs"),
        ({"qrels": "q1\td2\t1\nq1\td2\t1.5"}, "Line 2", "apart by tabs"),
        ({"qrels": "q1\td9\t1"}, "Line 1", "'d9'"),
        ({"qrels": "q9\td2\t1"}, "Line 1", "'q9'"),
    ],
)
def test_what_is_wrong_in_a_retrieval_set(
    tmp_path: Path, change: dict[str, str], line: str, expected: str
):
    error = failing(read_retrieval, retrieval(tmp_path, **change))
    assert error.code == "file.wrong_line"
    assert line in error.message
    assert expected in error.hint


def test_a_set_without_anything_to_find(tmp_path: Path):
    assert failing(read_retrieval, retrieval(tmp_path, corpus="\n")).code == "file.empty"
    assert failing(read_retrieval, retrieval(tmp_path, qrels="q1\td2\t0")).code == "file.empty"
    (tmp_path / "queries.jsonl").unlink()
    error = failing(read_retrieval, tmp_path)
    assert error.code == "file.cannot_read"
    assert "queries.jsonl" in error.message


def test_labelled_texts(tmp_path: Path):
    text = '{"label": "a", "text": "x", "more": 1}\n{"label": 4, "text": "경제"}\n'
    found = read_labelled(written(tmp_path, "news.jsonl", text))
    assert [text.label for text in found.texts] == ["a", 4]
    assert failing(read_labelled, written(tmp_path, "one", text[:39])).code == "file.one_label"
    error = failing(read_labelled, written(tmp_path, "bad", text + '{"label": "b"}'))
    assert "Line 3" in error.message
