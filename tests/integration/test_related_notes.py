"""Similar notes, marks, texts being written, what was read lately, and duplicates, for real."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes import Folder, HashingEmbedder
from two_models import Shelf

from notesai.engine.workspace import Workspace
from notesai.errors import Cancelled, RequestError
from notesai.model import Mark, SimilarResult
from notesai.progress import Silent

NOTES = {
    "garden/tomatoes.md": "# Tomatoes\n\nWater tomatoes in the morning. Side shoots are pinched.",
    "garden/cherry.md": "# Cherry tomatoes\n\nSide shoots of tomatoes are pinched in July.",
    "garden/compost.md": "# Compost\n\nGreen and brown matter rot into humus for the beds.",
    "garden/beds.md": "# Raised beds\n\nFill the beds with compost and mulch them with straw.",
    "kitchen/sauce.md": "# Sauce\n\nSimmer ripe tomatoes with basil and garlic for an hour.",
    "kitchen/bread.md": "# Bread\n\nKnead flour, water and yeast; bake the loaf until brown.",
    "work/cache.md": "# Cache keys\n\nInvalidate the embedding cache when the model changes.",
    "work/deploy.md": "# Deploy\n\nRelease the server at night and watch the error rate.",
    "한글/데이터.md": "# 데이터베이스\n\n데이터베이스를 백업하고 데이터베이스의 색인을 만든다.",
    "한글/백업.md": "# 백업 절차\n\n밤마다 데이터베이스를 다른 디스크에 백업한다.",
}


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> HashingEmbedder:
    embedder = HashingEmbedder()
    Shelf("hashing", [embedder]).stand_in(monkeypatch)
    return embedder


@pytest.fixture
def workspace(folder: Folder, model: HashingEmbedder) -> Iterator[Workspace]:
    for path, text in NOTES.items():
        folder.write(path, text)
    with Workspace.open(folder.path, write=True) as opened:
        opened.index()
        yield opened


def opened(folder: Folder) -> Workspace:
    workspace = Workspace.open(folder.path, write=True)
    workspace.index()
    return workspace


def titles(result: SimilarResult) -> list[str]:
    return [neighbour.title for neighbour in result.neighbours]


def test_what_is_about_the_same_comes_first_with_passages_and_shared_words(workspace: Workspace):
    result = workspace.similar("Tomatoes")
    first = result.neighbours[0]
    assert (first.title, result.hidden) == ("Cherry tomatoes", 0)
    assert first.pairs[0].here.text.startswith("# Tomatoes")
    assert first.pairs[0].there.text.startswith("# Cherry tomatoes")
    assert {"shoots", "pinched"} <= set(first.shared)
    scores = [neighbour.score for neighbour in result.neighbours]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_shared_korean_words_have_no_particles(workspace: Workspace):
    first = workspace.similar("데이터베이스").neighbours[0]
    assert first.path == "한글/백업.md"
    assert "데이터베이스" in first.shared
    assert not any(word.endswith(("를", "의")) for word in first.shared)


def test_a_title_in_the_text_counts_though_nothing_links_there(workspace: Workspace):
    assert titles(workspace.similar("Raised beds"))[0] == "Compost"


def test_a_text_being_written_has_neighbours_of_its_own(workspace: Workspace):
    relating = workspace.relating
    text = "# New\n\nPinch side shoots of tomatoes."
    result = relating.similar("garden/new.md", text=text)
    assert result.note == "garden/new.md"
    assert {"Tomatoes", "Cherry tomatoes"} == set(titles(result)[:2])
    assert result.neighbours[0].pairs[0].here.text == text
    edited = relating.similar("work/cache.md", text="# Cache keys\n\nSimmer tomatoes with basil.")
    assert "Sauce" in titles(edited)[:2]
    assert "Cache keys" not in titles(edited)


def test_only_what_was_changed_is_embedded_again(workspace: Workspace, model: HashingEmbedder):
    parts = [f"## Part {i}\n\n{f'word{i} ' * 120}" for i in range(5)]
    relating, path = workspace.relating, "long.md"
    relating.similar(path, text="\n\n".join(parts))
    before = model.texts
    parts[2] += " tomatoes"
    relating.similar(path, text="\n\n".join(parts))
    assert model.texts == before + 1
    relating.similar(path, text="\n\n".join(parts))
    assert model.texts == before + 1


@pytest.mark.parametrize("text", ["", "   \n", "---\ntags: [a\n---\n", "\x00\x01", "\ud800 half"])
def test_any_text_can_be_asked_about(workspace: Workspace, text: str):
    result = workspace.relating.similar("odd.md", text=text)
    assert result.note == "odd.md"


def test_pinned_first_hidden_gone_and_both_taken_back(workspace: Workspace, folder: Folder):
    relating = workspace.relating
    before = titles(workspace.similar("Tomatoes"))
    pinned = relating.mark("garden/tomatoes.md", "work/deploy.md", Mark.PIN)
    assert titles(pinned)[0] == "Deploy"
    assert pinned.neighbours[0].pinned
    hidden = relating.mark("garden/tomatoes.md", "garden/cherry.md", Mark.HIDE)
    assert "Cherry tomatoes" not in titles(hidden)
    assert hidden.hidden == 1
    shown = relating.similar("garden/tomatoes.md", with_hidden=True)
    assert [n.hidden for n in shown.neighbours if n.title == "Cherry tomatoes"] == [True]
    # A mark is of two notes, whichever is read, and nothing is written into the folder.
    assert titles(workspace.similar("Deploy"))[0] == "Tomatoes"
    assert {file.name for file in folder.path.rglob("*.*")} == {Path(path).name for path in NOTES}
    for other in ("work/deploy.md", "garden/cherry.md"):
        relating.mark("garden/tomatoes.md", other, Mark.NONE)
    assert titles(workspace.similar("Tomatoes")) == before


def test_a_pin_draws_what_is_like_it_and_hiding_pushes_away(workspace: Workspace):
    def score(title: str) -> float:
        found = workspace.similar("Tomatoes").neighbours
        return next((n.score for n in found if n.title == title), 0.0)

    before = score("Raised beds")
    workspace.relating.mark("Tomatoes", "Compost", Mark.PIN)
    assert score("Raised beds") > before
    workspace.relating.mark("Tomatoes", "Compost", Mark.HIDE)
    assert score("Raised beds") < before


def test_marks_outlive_a_rename_and_an_index_made_anew(workspace: Workspace, folder: Folder):
    workspace.relating.mark("Tomatoes", "Deploy", Mark.PIN)
    folder.rename("work/deploy.md", "work/release.md")
    workspace.index()
    assert workspace.similar("Tomatoes").neighbours[0].path == "work/release.md"
    folder.rename("work/release.md", "work/deploy.md")
    workspace.close()
    with Workspace.open(folder.path, write=True, rebuild=True) as again:
        again.index()
        assert again.similar("Tomatoes").neighbours[0].path == "work/deploy.md"


def test_marks_that_cannot_be_read_are_no_marks(workspace: Workspace, own_home: Path):
    workspace.relating.mark("Tomatoes", "Deploy", Mark.PIN)
    (file,) = (own_home / "data" / "marks").iterdir()
    file.write_text("{broken")
    with Workspace.open(workspace.vault, write=False) as reader:
        assert not any(neighbour.pinned for neighbour in reader.similar("Tomatoes").neighbours)


def test_marking_a_note_that_is_not_there_says_so(workspace: Workspace):
    with pytest.raises(RequestError) as caught:
        workspace.relating.mark("Tomatoes", "gone.md", Mark.PIN)
    assert caught.value.code == "note.unknown"


def test_for_you_is_near_to_what_was_read_last(workspace: Workspace):
    relating = workspace.relating
    garden = relating.for_you(["garden/tomatoes.md", "work/cache.md", "gone.md"])
    assert titles(garden)[0] == "Cherry tomatoes"
    assert not {"Tomatoes", "Cache keys"} & set(titles(garden))
    others = ["garden/tomatoes.md", "kitchen/bread.md", "work/cache.md", "work/deploy.md"]
    newest = relating.for_you(["한글/데이터.md", *others])
    oldest = relating.for_you([*others, "한글/데이터.md"])
    assert titles(newest).index("백업 절차") < titles(oldest).index("백업 절차")
    assert all(neighbour.pairs for neighbour in newest.neighbours[:2])
    assert relating.for_you([]).neighbours == ()


def test_for_you_can_be_cancelled(workspace: Workspace):
    def cancelled() -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        workspace.relating.for_you(["garden/tomatoes.md"], check=cancelled)


def test_duplicates_are_grouped_and_near_ones_paired(workspace: Workspace, folder: Folder):
    text = NOTES["garden/compost.md"] + " Layer leaves, peelings, straw and twigs by turns." * 3
    folder.write("garden/compost.md", text)
    folder.write("copy/compost.md", text)
    folder.write("copy/again.md", text)
    folder.write("copy/near.md", text + " Turn it.")
    workspace.index()
    steps: list[tuple[str, int, int]] = []
    found = workspace.relating.duplicates(lambda *step: steps.append(step))
    assert [[note.path for note in group] for group in found.groups] == [
        ["copy/again.md", "copy/compost.md", "garden/compost.md"]
    ]
    (pair,) = found.pairs
    assert {pair.a, pair.b} == {"copy/again.md", "copy/near.md"}
    assert 0.97 <= pair.score <= 1 and 0.7 <= pair.overlap < 1 and not pair.same
    assert steps[-1][1] == steps[-1][2]


def test_notes_of_one_template_are_no_duplicates(folder: Folder, monkeypatch: pytest.MonkeyPatch):
    class Blunt(HashingEmbedder):
        def _vector(self, text: str) -> np.ndarray:
            return np.eye(1, 64, dtype=np.float32)[0]

    Shelf("hashing", [Blunt()]).stand_in(monkeypatch)
    folder.write("a.md", "Meeting notes. Budget, rent, insurance, taxes and salaries of the year.")
    folder.write("b.md", "Meeting notes. Holidays, parties, birthdays, cakes and songs for all.")
    with opened(folder) as workspace:
        assert workspace.relating.duplicates().pairs == ()


# What is no proper vault


def test_one_note(folder: Folder, model: HashingEmbedder):
    folder.write("a.md", "Tomatoes need water.")
    with opened(folder) as workspace:
        assert workspace.similar("a.md").neighbours == ()
        assert workspace.relating.for_you(["a.md"]).neighbours == ()
        assert workspace.relating.duplicates() == workspace.relating.duplicates()
        assert workspace.relating.duplicates().pairs == ()


def test_two_notes(folder: Folder, model: HashingEmbedder):
    folder.write("a.md", "Tomatoes need water in the morning.")
    folder.write("b.md", "Tomatoes need water at noon.")
    with opened(folder) as workspace:
        (other,) = workspace.similar("a.md").neighbours
        assert other.path == "b.md" and 0.2 < other.score <= 1


def test_all_notes_empty(folder: Folder, model: HashingEmbedder):
    for name in ("a", "b", "c"):
        folder.write(f"{name}.md", "")
    with opened(folder) as workspace:
        assert workspace.similar("a.md").neighbours == ()
        assert workspace.relating.for_you(["a.md", "b.md"]).neighbours == ()
        assert workspace.relating.duplicates().groups == ()


def test_no_notes(folder: Folder, model: HashingEmbedder):
    with opened(folder) as workspace:
        assert workspace.relating.similar("new.md", text="Tomatoes").neighbours == ()
        assert workspace.relating.duplicates().pairs == ()


def test_all_notes_equal(folder: Folder, model: HashingEmbedder):
    for number in range(300):
        folder.write(f"n{number:03d}.md", "Tomatoes need water in the morning.")
    with opened(folder) as workspace:
        result = workspace.similar("n000.md")
        assert len(result.neighbours) == 10
        assert all(neighbour.score > 0.3 for neighbour in result.neighbours)
        found = workspace.relating.duplicates()
        assert (len(found.groups), len(found.groups[0]), found.pairs) == (1, 300, ())


def test_vectors_missing_for_half_of_the_notes(folder: Folder, model: HashingEmbedder):
    for path, text in NOTES.items():
        folder.write(path, text)
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.reconcile(Silent())
        store = workspace._sides.active().store
        waiting = sorted(store.pending(), key=lambda chunk: chunk.text_hash)
        some = [chunk.text_hash for chunk in waiting[::2]]
        store.set_vectors(some, model.embed_documents(["tomatoes water"] * len(some)))
        for path in NOTES:
            result = workspace.similar(path)
            assert result.neighbours
            assert all(0 < neighbour.score <= 1 for neighbour in result.neighbours)
        workspace.relating.duplicates()


@pytest.mark.slow
def test_five_thousand_identical_notes(folder: Folder, model: HashingEmbedder):
    for number in range(5000):
        folder.write(f"n{number:04d}.md", "Tomatoes need water in the morning.")
    with opened(folder) as workspace:
        assert len(workspace.similar("n0000.md").neighbours) == 10
        assert len(workspace.relating.duplicates().groups[0]) == 5000


def test_a_book_beside_short_notes(folder: Folder, model: HashingEmbedder):
    pages = "\n\n".join(f"## Page {i}\n\n{f'word{i} tomatoes ' * 60}" for i in range(60))
    folder.write("book.md", pages)
    folder.write("a.md", "Tomatoes need water.")
    with opened(folder) as workspace:
        (book,) = workspace.similar("a.md").neighbours
        (short,) = workspace.similar("book.md").neighbours
        assert (book.path, short.path) == ("book.md", "a.md")
        assert len(book.pairs) == 1 and "tomatoes" in book.pairs[0].there.text
