"""Sets made of a person's own notes: what is asked for is not in what is to be found."""

import pytest
from fakes import count_words

from notesai.errors import NoteError, RequestError
from notesai.evaluation import own_notes
from notesai.evaluation.own_notes import (
    OwnNotes,
    from_headings,
    from_links,
    from_titles,
    own_sets,
)
from notesai.model import Note, NoteStatus
from notesai.notes.reader import read_note

LONG = "Water them in the morning, never at noon, and let the soil dry a little in between. "
ALL = {"sample": 100, "seed": 0}


def own(texts: dict[str, str]) -> OwnNotes:
    notes: list[Note] = []
    for path, text in texts.items():
        read = read_note(text.encode(), path, count_words, window=128)
        notes.append(
            Note(path, path, read.title, "", 0, 0, links=read.links, n_chunks=len(read.chunks))
        )
    return OwnNotes(notes, texts.__getitem__)


def test_a_title_is_nowhere_in_its_note():
    found = from_titles(
        own(
            {
                "a.md": f"---\ntitle: Growing tomatoes\n---\n# Tomatoes, growing\n\n{LONG}",
                "b.md": f"# Compost\n\n{LONG}\n\n## Compost\n\nMore of it.",
                "물주기.md": f"{LONG}\n\n## 언제\n\n아침에.",
            }
        ),
        **ALL,
    )
    texts = {document.id: document.text for document in found.documents}
    assert {query.id: query.text for query in found.queries} == {
        "a.md": "Growing tomatoes",
        "b.md": "Compost",
        "물주기.md": "물주기",
    }
    assert texts["a.md"] == LONG.strip()
    assert texts["b.md"] == f"{LONG}\n\nMore of it."
    assert texts["물주기.md"].endswith("## 언제\n\n아침에.")
    assert not any(document.title for document in found.documents)
    assert found.judged["b.md"] == {"b.md": 1}


def test_titles_that_tell_nothing_do_not_ask():
    same = f"# Meeting\n\n{LONG}"
    found = from_titles(
        own({"a.md": same, "b.md": same, "2024-01-01.md": LONG, "c.md": "# Short\n\nText."}), **ALL
    )
    assert found.queries == ()


def test_a_heading_asks_for_the_text_below_it():
    text = f"# Garden\n\n{LONG}\n\n## Watering\n\n{LONG}\n\n### When\n\nNow.\n\n## Pruning\n{LONG}x"
    found = from_headings(own({"a.md": text}), **ALL)
    asked = {query.text: query.id for query in found.queries}
    assert set(asked) == {"Watering", "Pruning"}
    texts = {document.id: document.text for document in found.documents}
    assert texts[asked["Watering"]] == LONG.strip()
    assert texts[asked["Pruning"]] == f"{LONG}x"


def test_headings_of_several_sections_do_not_ask():
    found = from_headings(
        own(
            {
                "a.md": f"## See also\n{LONG}\n## Watering\n{LONG}",
                "b.md": f"## See Also\n{LONG}\n## 1.2\n{LONG}",
            }
        ),
        **ALL,
    )
    assert [query.text for query in found.queries] == ["Watering"]


def test_linked_notes_ask_for_each_other_without_their_links():
    found = from_links(
        own(
            {
                "a.md": f"# A\n\n{LONG} See [[notes/b|the other one]] and ![[c#part]].",
                "notes/b.md": f"# B\n\n{LONG} Back to [the first](../a.md 'it (really)').",
                "c.md": f"# C\n\n{LONG}\n\n[ref]: a.md",
                "lonely.md": f"# D\n\n{LONG} [[no such note]]",
            }
        ),
        **ALL,
    )
    assert found.judged["a.md"] == {"notes/b.md": 1, "c.md": 1}
    assert found.judged["notes/b.md"] == found.judged["c.md"] == {"a.md": 1}
    assert "lonely.md" not in found.judged
    for document in found.documents:
        for part in ("other one", "the first", "[[", "](", "]:", "a.md", "really"):
            assert part not in document.text


def test_a_list_of_links_neither_asks_nor_is_found():
    texts = {f"{n}.md": f"# Note {n}\n\n{LONG} {n} [[{(n + 1) % 30}]]" for n in range(30)}
    texts["index.md"] = LONG + " ".join(f"[[{n}]]" for n in range(30))
    found = from_links(own(texts), **ALL)
    assert len(found.queries) == 30
    assert all("index.md" not in grades for grades in found.judged.values())


def test_a_name_of_two_notes_links_none():
    texts = {"x/n.md": f"# N\n{LONG}", "y/n.md": f"# N\n{LONG}", "a.md": f"# A\n{LONG} [[n]]"}
    assert from_links(own(texts), **ALL).queries == ()


def test_samples_are_bounded_seeded_and_long_notes_cut(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(own_notes, "MOST", 100)
    texts = {
        f"{n}.md": f"# Title {chr(97 + n)}\n\n{LONG * 3} [[{(n + 1) % 20}]]\n\n"
        f"## Part {chr(97 + n)}\n{LONG * 2}"
        for n in range(20)
    }
    for make in (from_titles, from_headings, from_links):
        found = make(own(texts), sample=5, seed=1)
        assert len(found.documents) == 5
        assert found == make(own(texts), sample=5, seed=1)
        assert {d.id for d in found.documents} != {
            d.id for d in make(own(texts), sample=5, seed=2).documents
        }
        assert all(len(document.text) <= 100 for document in found.documents)


def test_notes_that_are_gone_or_not_indexed_are_passed_over():
    texts = {"a.md": f"# A tale\n\n{LONG}", "b.md": f"# B side\n\n{LONG}"}
    whole = own(texts)
    skipped = Note("c", "c.md", "C major", "", 0, 0, n_chunks=1, status=NoteStatus.SKIPPED)

    def read(path: str) -> str:
        if path == "b.md":
            raise NoteError("note.undecodable", "no text")
        return texts[path]

    found = from_titles(OwnNotes([*whole.notes, skipped], read), **ALL)
    assert [query.text for query in found.queries] == ["A tale"]


def test_too_few_notes_are_said():
    with pytest.raises(RequestError) as caught:
        own_sets(own({"a.md": "# A\n\nShort."}), **ALL)
    assert caught.value.code == "eval.too_few_notes"
    texts = {f"{n}.md": f"# Title {chr(97 + n)}\n\n{LONG}" for n in range(3)}
    assert [one.name for one in own_sets(own(texts), **ALL)] == [own_notes.TITLES]
