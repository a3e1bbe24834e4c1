"""`notesai eval` as a person or a program calls it."""

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes import Folder, HashingEmbedder
from rich.console import Console

from notesai.cli import commands, scores
from notesai.evaluation import evaluate as evaluation
from notesai.evaluation.collection import collection
from notesai.evaluation.datasets import Document
from notesai.evaluation.evaluate import Plan, evaluate
from notesai.evaluation.own_notes import HEADINGS, LINKS, TITLES
from notesai.evaluation.report import Report, RetrievalRow
from notesai.model import SearchMode
from notesai.progress import Silent, Step, Task

DOCUMENTS = [
    {"id": "t", "title": "Tomatoes", "text": "Water them in the morning, never at noon."},
    {"id": "c", "text": "Layer green and brown matter for compost."},
    {"id": "b", "title": 'Bread: "sour"', "text": "---\nFeed the starter overnight.\n---\nBake."},
    {"id": "k", "title": "물주기", "text": "토마토는 아침에 물을 준다."},
]
QUERIES = [
    {"id": "1", "text": "when to water in the morning"},
    {"id": "2", "text": "brown matter"},
    {"id": "3", "text": "starter overnight"},
    {"id": "4", "text": "토마토 물주기"},
    {"id": "5", "text": "never judged"},
]
QRELS = "1\tt\t1\n2\tc\t2\n3\tb\t1\n4\tk\t1\n"
STS = "5\tA man eats.\tA man eats food.\n3\tA man eats.\tA dog runs.\n0\tSnow falls.\tA cat\n"


def lines(values: list[dict[str, str]]) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    place = tmp_path / "garden"
    place.mkdir()
    (place / "corpus.jsonl").write_text(lines(DOCUMENTS))
    (place / "queries.jsonl").write_text(lines(QUERIES))
    (place / "qrels.tsv").write_text(QRELS)
    return place


@pytest.fixture
def sts(tmp_path: Path) -> Path:
    file = tmp_path / "sts.tsv"
    file.write_text(STS)
    return file


@pytest.fixture
def hashing(monkeypatch: pytest.MonkeyPatch) -> HashingEmbedder:
    embedder = HashingEmbedder()
    monkeypatch.setattr(evaluation, "open_embedder", lambda name=None: embedder)
    return embedder


@pytest.fixture(autouse=True)
def nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Temporary indexes are removed, however an evaluation ends."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    yield
    assert list(place.glob("notesai-*")) == []


def command(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> str:
    capsys.readouterr()
    code = commands.run(["eval", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert code == status, err
    assert "Traceback" not in out + err
    return out if status == 0 else err


def by_mode(report: Report) -> dict[str, RetrievalRow]:
    return {row.mode: row for row in report.retrieval if not row.language}


def test_documents_are_notes_under_their_titles(embedder: HashingEmbedder):
    documents = [Document(**document) for document in DOCUMENTS]
    with collection(documents, embedder, Silent()) as found:
        titles = {note.path: note.title for note in found._store.notebook()}
        assert sorted(titles.values()) == ["-", 'Bread: "sour"', "Tomatoes", "물주기"]
        assert found.ranking("tomatoes", SearchMode.LEXICAL) == ["t"]
        assert found.ranking("starter", SearchMode.LEXICAL) == ["b"]
        assert found.ranking("아침", SearchMode.LEXICAL) == ["k"]
        assert set(found.ranking("brown", SearchMode.SEMANTIC)) == {"t", "c", "b", "k"}
        assert "t" not in found.alike("t")
        assert found.milliseconds("brown", SearchMode.HYBRID) > 0


def test_all_modes_of_a_set(garden: Path, hashing: HashingEmbedder):
    report = evaluate(Plan(retrieval=(garden,), speed=False), Silent())
    rows = by_mode(report)
    assert list(rows) == ["lexical", "semantic", "hybrid", "rank fusion"]
    words = rows["lexical"]
    assert (words.set, words.documents, words.queries) == ("garden", 4, 4)
    assert (words.ndcg_10, words.recall_1, words.mrr, words.answered) == (1.0, 1.0, 1.0, 1.0)
    assert all(row.recall_100 == 1.0 for row in rows.values())
    assert words.median_ms is not None
    assert rows["rank fusion"].median_ms is None
    assert not any(row.language for row in report.retrieval)


def test_queries_of_several_languages_have_rows_of_their_own(
    garden: Path, hashing: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("notesai.evaluation.retrieval.LEAST_QUERIES", 1)
    report = evaluate(Plan(retrieval=(garden,), speed=False), Silent())
    rows = {row.language: row for row in report.retrieval if row.mode == "lexical"}
    assert {language: row.queries for language, row in rows.items()} == {"": 4, "en": 3, "ko": 1}


def test_a_model_that_knows_nothing_stands_beside_others(garden: Path, hashing: HashingEmbedder):
    plan = Plan(models=("hashing", "random"), retrieval=(garden,), speed=False)
    report = evaluate(plan, Silent())
    assert [facts.model for facts in report.models] == ["hashing", "random"]
    words = [row for row in report.retrieval if row.mode == "lexical"]
    assert [row.model for row in words] == ["hashing", "random"]
    assert words[0].ndcg_10 == words[1].ndcg_10


def test_a_second_run_embeds_no_document(garden: Path, hashing: HashingEmbedder):
    evaluate(Plan(retrieval=(garden,), speed=False), Silent())
    embedded = hashing.texts
    again = evaluate(Plan(retrieval=(garden,), speed=False), Silent())
    assert embedded == hashing.texts == 4
    assert by_mode(again)["semantic"].recall_100 == 1.0


def test_a_sample_asks_fewer_queries_of_all_documents(garden: Path, hashing: HashingEmbedder):
    report = evaluate(Plan(retrieval=(garden,), sample=2, speed=False), Silent())
    assert (by_mode(report)["hybrid"].queries, by_mode(report)["hybrid"].documents) == (2, 4)


def test_a_cancel_leaves_nothing_behind(garden: Path, hashing: HashingEmbedder):
    seen: list[Step] = []

    def listen(step: Step) -> None:
        seen.append(step)
        if step.phase == "asking":
            task.cancel()

    task = Task(listen)
    with pytest.raises(commands.Cancelled):
        evaluate(Plan(retrieval=(garden,), speed=False), task)
    assert {"sets", "words", "meaning", "asking"} <= {step.phase for step in seen}


def test_everything_as_one_json_object(
    garden: Path, sts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    groups = tmp_path / "groups.jsonl"
    labels = [{"label": "kitchen" if d["id"] == "b" else "garden", **d} for d in DOCUMENTS]
    groups.write_text(lines(labels))
    options = ["--sts", sts, "--parallel", sts, sts, "--retrieval", garden, "--clusters", groups]
    printed = command(capsys, *options, "--model", "random", "--json")
    assert len(printed.splitlines()) == 1
    found: dict[str, Any] = json.loads(printed)
    assert found["models"][0]["model"] == "random"
    assert [row["set"] for row in found["sts"]] == ["sts"]
    assert [(row["sentences"], row["recall_1"]) for row in found["parallel"]] == [(5, 1.0)] * 2
    assert {row["mode"] for row in found["retrieval"]} >= {"lexical", "semantic", "hybrid"}
    assert (found["clusters"][0]["texts"], found["clusters"][0]["labels"]) == (4, 2)
    assert found["speed"] == []


@pytest.mark.parametrize("width", [32, 48, 80, 200])
def test_tables_fit_the_terminal(
    garden: Path,
    sts: Path,
    hashing: HashingEmbedder,
    width: int,
    monkeypatch: pytest.MonkeyPatch,
):
    plan = Plan(
        models=("hashing", "random"),
        sts=(sts,),
        parallel=(sts, sts),
        retrieval=(garden,),
        speed=False,
    )
    report = evaluate(plan, Silent())
    console = Console(width=width, soft_wrap=True, highlight=False)
    monkeypatch.setattr(scores, "out", console)
    with console.capture() as captured:
        scores.show(report)
    shown = captured.get()
    for part in ("lexical", "hybrid", "nDCG@10", "Spearman", "garden: 4 documents, 4 queries"):
        assert part in shown
    tables = [line for line in shown.splitlines() if "queries" not in line]
    assert max(map(len, tables)) <= width
    assert ("R@100" in shown) == (width >= 80)


def test_ones_own_notes(folder: Folder, capsys: pytest.CaptureFixture[str]):
    text = "Water {0} in the morning, never at noon, and let the soil of {0} dry a little. " * 2
    plants = ["tomatoes", "carrots", "beans", "토마토", "당근"]
    for number, plant in enumerate(plants):
        other = plants[number - 1]
        body = text.format(plant)
        folder.write(
            f"{plant}.md", f"{body}\n\nSee [[{other}]].\n\n## Pruning of {plant}\n\n{body}"
        )
    commands.run(["index", "--vault", str(folder.path)])
    before = {file: file.stat().st_mtime_ns for file in folder.path.rglob("*")}
    printed = command(capsys, "--vault", folder.path, "--model", "random", "--json")
    rows = json.loads(printed)["retrieval"]
    lexical = {row["set"]: row for row in rows if row["mode"] == "lexical"}
    assert lexical[TITLES]["queries"] == lexical[HEADINGS]["queries"] == 5
    assert lexical[TITLES]["recall_1"] == 1.0
    assert {(row["set"], row["mode"]) for row in rows} >= {(LINKS, "similar")}
    assert before == {file: file.stat().st_mtime_ns for file in folder.path.rglob("*")}


def test_what_is_wrong_is_said(
    garden: Path, sts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (garden / "qrels.tsv").write_text("1\tt\t1\n1\tnowhere\t1\n")
    message = command(capsys, "--retrieval", garden, status=1)
    assert "Line 2" in message
    assert "'nowhere'" in message
    shorter = tmp_path / "shorter.tsv"
    shorter.write_text(STS[:30])
    options = ["--parallel", sts, shorter, "--model", "random"]
    assert "no translations" in command(capsys, *options, status=1)
    assert "No model is named" in command(capsys, "--sts", sts, "--model", "nobody", status=1)
    assert "--vault" in command(capsys, status=1)
    assert "--sample" in command(capsys, "--sts", sts, "--sample", "0", status=2)
    assert "requires an argument" in command(capsys, "--sts", status=2)


def test_ctrl_c_ends_quietly(garden: Path, tmp_path: Path):
    (garden / "queries.jsonl").write_text(
        lines([{"id": str(number), "text": "water the tomatoes"} for number in range(20_000)])
    )
    options = ["--retrieval", str(garden), "--model", "random"]
    arguments = [sys.executable, "-m", "notesai", "eval", *options]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        seen = b""
        while b"Asking" not in seen:
            seen += process.stderr.read1()
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in seen + rest
