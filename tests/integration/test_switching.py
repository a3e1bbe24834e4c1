"""Switching the embedding model: a shadow build beside the index that answers."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import lancedb
import pytest
import two_models
from contents import Piece, contents, generations
from fakes import Folder
from two_models import Folded, Shelf, a_shelf

from notesai.embedding.base import Embedder
from notesai.engine.workspace import Workspace
from notesai.errors import ModelError, NotesaiError, RequestError, StoreError
from notesai.index.store import Store
from notesai.model import SearchMode
from notesai.notes import chunking
from notesai.progress import Silent, Step, Task

LONG = "Rivers carry silt to the sea and the sea returns it as rain. " * 12


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = a_shelf()
    shelf.stand_in(monkeypatch)
    return shelf


@pytest.fixture
def vault(folder: Folder) -> Folder:
    folder.write("apples.md", "# Apples\n\nCrisp fruit of autumn.")
    folder.write("rivers.md", f"# Rivers\n\n{LONG}\n\n## Mouth\n\n{LONG}")
    folder.write("sub/나무.md", "느티나무 아래에서 쉬었다.")
    folder.write("broken.md", bytes(range(256)) * 40)
    return folder


def place(home: Path) -> Path:
    (found,) = home.glob("data/indexes/*")
    return found


def clean_build(folder: Folder, shelf: Shelf, model: str, tmp_path: Path, patch) -> set[Piece]:
    """What a vault that never had another model holds."""
    home = tmp_path / f"clean-{model}"
    with patch.context() as within:
        within.setenv("NOTESAI_HOME", str(home))
        Shelf(model, shelf.embedders.values()).stand_in(within)
        with Workspace.open(folder.path, write=True) as workspace:
            workspace.index()
    return contents(place(home))


def found(workspace: Workspace, word: str) -> list[str]:
    return [hit.path for hit in workspace.search(word, mode=SearchMode.LEXICAL).hits]


def meant(workspace: Workspace, words: str) -> list[str]:
    return [hit.path for hit in workspace.search(words, mode=SearchMode.SEMANTIC).hits]


def ids(workspace: Workspace) -> dict[str, str]:
    return {note.path: note.note_id for note in workspace.notes()}


def embed_some(workspace: Workspace, texts: int) -> None:
    """Build until so many batches are done."""
    left = iter(range(texts))
    workspace.embed(Silent(), lambda: next(left, None) is None)


def test_a_switch_ends_as_a_clean_build(vault, shelf, tmp_path, own_home, monkeypatch):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        before = ids(workspace)
        workspace.use_model("second")
        assert (workspace.model, workspace.status().model) == ("first", "first")
        assert workspace.status().switching.model == "second"
        workspace.index()
        status = workspace.status()
        assert (status.model, status.switching, status.previous_model) == ("second", None, "first")
        assert status.pending == 0
        assert ids(workspace) == before
        assert meant(workspace, "crisp fruit")[0] == "apples.md"
        assert workspace.embedder() is shelf.embedders["second"]
    clean = clean_build(vault, shelf, "second", tmp_path, monkeypatch)
    assert contents(place(own_home)) == clean
    assert contents(place(own_home), "previous") != clean


def test_the_old_index_answers_and_follows_while_the_new_one_grows(
    vault, shelf, tmp_path, own_home, monkeypatch
):
    for number in range(300):
        vault.write(f"many/{number}.md", f"Note {number} on {LONG[: number % 90]}")
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("second")
        workspace.reconcile(Silent())
        embed_some(workspace, 1)
        status = workspace.status()
        assert 0 < status.switching.done < status.switching.total
        # An edit, a new note, a deletion, a rename: seen at once, by word and by meaning.
        vault.write("apples.md", "# Apples\n\nSour windfalls make cider.")
        vault.write("new.md", "Quinces are fragrant.")
        vault.delete("many/7.md")
        vault.rename("many/8.md", "many/eight.md")
        changed = ("apples.md", "new.md", "many/7.md", "many/8.md", "many/eight.md")
        workspace.update(changed, Silent())
        embed_some(workspace, 1)
        assert workspace.model == "first"
        assert found(workspace, "cider") == ["apples.md"]
        assert meant(workspace, "quinces are fragrant.")[0] == "new.md"
        assert workspace.similar("new.md").neighbours is not None
        assert found(workspace, "autumn") == []
        before = ids(workspace)
        workspace.embed(Silent())
        assert workspace.model == "second"
        assert found(workspace, "cider") == ["apples.md"]
        assert ids(workspace) == before
    clean = clean_build(vault, shelf, "second", tmp_path, monkeypatch)
    assert contents(place(own_home)) == clean
    old = clean_build(vault, shelf, "first", tmp_path, monkeypatch)
    assert contents(place(own_home), "previous") == old


def test_notes_that_change_while_they_are_read_are_right_at_the_swap(
    vault, shelf, tmp_path, own_home, monkeypatch
):
    for number in range(300):
        vault.write(f"many/{number}.md", f"Note {number} on rivers")
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("third")
        workspace.reconcile(Silent())

        def edit(step: Step) -> None:
            if step.phase == "words" and step.done == 128:
                vault.write("many/299.md", "Read before it changed")
                vault.write("many/0.md", "Read after it changed")
                vault.delete("many/150.md")
                urgent.append(True)

        urgent: list[bool] = []
        done = workspace.embed(Task(edit), lambda: bool(urgent))
        assert not done.complete
        assert workspace.model == "first"
        urgent.clear()
        workspace.update(["many/299.md", "many/0.md", "many/150.md"], Silent())
        assert workspace.embed(Silent()).complete
        assert workspace.model == "third"
    clean = clean_build(vault, shelf, "third", tmp_path, monkeypatch)
    assert contents(place(own_home)) == clean


def test_an_edit_that_could_not_be_written_is_not_missing_after_the_swap(
    vault, shelf, tmp_path, own_home, monkeypatch
):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("second")
        workspace.reconcile(Silent())
        embed_some(workspace, 1)
        assert workspace.model == "first"
        vault.write("apples.md", "# Apples\n\nSour windfalls make cider.")
        with monkeypatch.context() as patch:
            patch.setattr(Store, "put_notes", full)
            with pytest.raises(StoreError):
                workspace.update(["apples.md"], Silent())
        # Before everything is compared again, something else changes and the shadow goes on.
        vault.write("new.md", "Quinces are fragrant.")
        workspace.update(["new.md"], Silent())
        workspace.embed(Silent())
        assert workspace.model == "second"
        assert found(workspace, "cider") == ["apples.md"]
    clean = clean_build(vault, shelf, "second", tmp_path, monkeypatch)
    assert contents(place(own_home)) == clean


def full(store: Store, rows: object) -> None:
    raise StoreError("index.disk_full", "The disk is full.")


def test_a_build_goes_on_at_the_next_start(vault, shelf):
    for number in range(300):
        vault.write(f"many/{number}.md", f"Note {number} on rivers")
    second = shelf.embedders["second"]
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("second")
        workspace.reconcile(Silent())
        embed_some(workspace, 2)
        half = len(second.seen)
        assert half > 0
    with Workspace.open(vault.path, write=True) as workspace:
        assert workspace.model == "first"
        workspace.index()
        assert workspace.model == "second"
    assert len(second.seen) == len(set(second.seen)), "a text was embedded twice"


def test_going_back_and_forth_catches_up_and_embeds_only_what_is_new(
    vault, shelf, tmp_path, own_home, monkeypatch
):
    first, second = shelf.embedders["first"], shelf.embedders["second"]
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("second")
        workspace.index()
        counted = first.texts
        vault.write("new.md", "Quinces are fragrant.")
        vault.delete("apples.md")
        workspace.index()
        before = ids(workspace)
        workspace.go_back()
        assert workspace.model == "first"
        workspace.index()
        assert first.texts == counted + 1
        assert ids(workspace) == before
        assert (found(workspace, "quinces"), found(workspace, "autumn")) == (["new.md"], [])
        status = workspace.status()
        assert (status.model, status.previous_model) == ("first", "second")
        counted = len(second.seen)
        # Choosing the model before is going back, not building anew.
        assert workspace.estimate_switch("second").ready
        workspace.use_model("second")
        workspace.index()
        assert (workspace.model, len(second.seen)) == ("second", counted)
    clean = clean_build(vault, shelf, "second", tmp_path, monkeypatch)
    assert contents(place(own_home)) == clean
    old = clean_build(vault, shelf, "first", tmp_path, monkeypatch)
    assert contents(place(own_home), "previous") == old


def test_dropping_what_was_before_frees_its_tables(vault, shelf, own_home):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("second")
        workspace.index()
        tables = set(lancedb.connect(place(own_home) / "lance").list_tables(limit=99).tables)
        assert len(tables) == 5
        workspace.drop_previous()
        assert workspace.status().previous_model == ""
        tables = set(lancedb.connect(place(own_home) / "lance").list_tables(limit=99).tables)
        assert len(tables) == 3
        with pytest.raises(RequestError) as caught:
            workspace.go_back()
        assert caught.value.code == "switch.no_previous"
        vault.write("new.md", "Quinces are fragrant.")
        workspace.index()
        assert found(workspace, "quinces") == ["new.md"]


def test_a_cancelled_switch_leaves_nothing(vault, shelf, own_home):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        whole = contents(place(own_home))
        workspace.cancel_switch()
        workspace.use_model("second")
        workspace.reconcile(Silent())
        embed_some(workspace, 0)
        workspace.cancel_switch()
        assert workspace.status().switching is None
        workspace.index()
        assert workspace.model == "first"
    assert generations(place(own_home))["shadow"] is None
    assert contents(place(own_home)) == whole
    with Workspace.open(vault.path, write=True) as workspace:
        assert (workspace.model, workspace.status().switching) == ("first", None)


def test_choosing_a_third_model_replaces_the_one_that_grows(vault, shelf, own_home):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("second")
        workspace.reconcile(Silent())
        embed_some(workspace, 0)
        workspace.use_model("third")
        workspace.index()
        status = workspace.status()
        assert (status.model, status.previous_model) == ("third", "first")
        workspace.use_model("second")
        workspace.index()
        status = workspace.status()
        assert (status.model, status.previous_model) == ("second", "third")
        workspace.drop_unused()
    contents(place(own_home))


def test_a_model_that_cannot_be_opened_changes_nothing(vault, shelf, own_home):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        known = generations(place(own_home))
        for ask in (workspace.use_model, workspace.estimate_switch):
            with pytest.raises(ModelError):
                ask("no such model")
        assert generations(place(own_home)) == known
    with (
        Workspace.open(vault.path, write=False) as reader,
        pytest.raises(StoreError, match="reading only"),
    ):
        reader.use_model("second")


def test_readers_in_other_processes_follow_the_swap(vault, shelf):
    command = [sys.executable, two_models.__file__, str(vault.path), "first", "watch"]
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, **pipes) as reader:

            def asked(words: str) -> list[str]:
                reader.stdin.write(f"{words}\n")
                reader.stdin.flush()
                return reader.stdout.readline().split()

            assert asked("crisp fruit")[:2] == ["first", "apples.md"]
            workspace.use_model("second")
            workspace.reconcile(Silent())
            assert asked("crisp fruit")[:2] == ["first", "apples.md"]
            workspace.embed(Silent())
            assert asked("crisp fruit")[:2] == ["second", "apples.md"]
            workspace.go_back()
            assert asked("crisp fruit")[:2] == ["first", "apples.md"]
            workspace.drop_previous()
            assert asked("crisp fruit")[:2] == ["first", "apples.md"]
            reader.stdin.close()
            assert reader.wait(20) == 0


def test_another_bundled_model_grows_beside_the_old_one_that_is_still_there(vault, shelf):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
    shelf.bundled = "second"
    with Workspace.open(vault.path, write=True) as workspace:
        assert workspace.model == "first"
        workspace.reconcile(Silent())
        assert workspace.model == "first"
        assert meant(workspace, "crisp fruit")[0] == "apples.md"
        workspace.embed(Silent())
        status = workspace.status()
        assert (status.model, status.previous_model) == ("second", "first")
        # Going back is a choice that the next upgrade respects.
        workspace.go_back()
        workspace.index()
    shelf.bundled = "third"
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        assert workspace.model == "first"


def test_another_bundled_model_where_the_old_one_is_gone(
    vault, shelf, tmp_path, own_home, monkeypatch
):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
    shelf.bundled = "second"
    del shelf.embedders["first"]
    with Workspace.open(vault.path, write=False) as reader:
        # Before the writer has begun, and while words are not whole, words alone answer.
        assert found(reader, "autumn") == ["apples.md"]
        assert meant(reader, "crisp fruit") == []
        assert reader.similar("apples.md").neighbours == ()
        assert reader.ask("What is crisp in autumn?").citations
        assert "first" in reader.status().model_trouble
        with Workspace.open(vault.path, write=True) as workspace:
            vault.write("new.md", "Quinces are fragrant.")
            with pytest.raises(RequestError) as caught:
                workspace.cancel_switch()
            assert caught.value.code == "switch.needed"
            workspace.reconcile(Silent())
            assert (workspace.model, workspace.status().pending) != ("first", 0)
            assert found(workspace, "quinces") == ["new.md"]
            assert found(reader, "quinces") == ["new.md"]
            workspace.embed(Silent())
            workspace.drop_unused()
            assert meant(reader, "crisp fruit")[0] == "apples.md"
            status = workspace.status()
            assert (status.model, status.previous_model) == ("second", "")
            assert (status.pending, status.model_trouble) == (0, "")
    clean = clean_build(vault, shelf, "second", tmp_path, monkeypatch)
    assert contents(place(own_home)) == clean
    assert generations(place(own_home))["previous"] is None


def test_an_index_of_the_format_before_is_taken_over(vault, shelf, own_home, monkeypatch):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        before = ids(workspace)
    make_format_1(place(own_home))
    counted = shelf.embedders["first"].texts
    with Workspace.open(vault.path, write=False) as reader:
        assert (reader.model, found(reader, "autumn")) == ("an earlier model", ["apples.md"])
        assert meant(reader, "crisp fruit")[0] == "apples.md"
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        assert (workspace.model, ids(workspace)) == ("first", before)
        workspace.use_model("second")
        workspace.index()
        workspace.go_back()
        assert ids(workspace) == before
    assert shelf.embedders["first"].texts == counted


def test_an_index_of_the_format_before_and_of_a_model_that_is_gone(vault, shelf, own_home):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
    make_format_1(place(own_home))
    shelf.bundled = "second"
    del shelf.embedders["first"]
    with Workspace.open(vault.path, write=True) as workspace:
        assert found(workspace, "autumn") == ["apples.md"]
        workspace.index()
        assert (workspace.model, workspace.status().previous_model) == ("second", "")
        workspace.drop_unused()
    assert len(lancedb.connect(place(own_home) / "lance").list_tables(limit=99).tables) == 3


def make_format_1(index: Path) -> None:
    """As an older notesai left it: one table of notes, and nothing of generations."""
    db = lancedb.connect(index / "lance")
    active = generations(index)["active"]
    db.create_table("notes", db.open_table(active["notes"]).to_arrow())
    db.drop_table(active["notes"])
    meta = db.open_table("meta")
    meta.delete("key = 'generations'")
    meta.update(where="key = 'format'", values={"value": "1"})


def test_a_chosen_model_that_is_gone_is_stood_in_for_and_comes_back(vault, shelf):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("second")
        workspace.index()
        workspace.drop_previous()
    second = shelf.embedders.pop("second")
    with Workspace.open(vault.path, write=True) as workspace:
        status = workspace.status()
        assert "second" in status.model_trouble
        assert "word alone" in status.model_trouble
        workspace.index()
        status = workspace.status()
        assert (status.model, status.previous_model) == ("first", "second")
        assert "first is used" in status.model_trouble
        with pytest.raises(ModelError):
            workspace.go_back()
        assert meant(workspace, "crisp fruit")[0] == "apples.md"
    shelf.embedders["second"] = second
    counted = len(second.seen)
    vault.write("new.md", "Quinces are fragrant.")
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        status = workspace.status()
        assert (status.model, status.model_trouble) == ("second", "")
        assert meant(workspace, "quinces are fragrant.")[0] == "new.md"
    assert len(second.seen) == counted + 1


def test_another_version_of_the_chosen_model_takes_the_place_of_the_first(vault, shelf, own_home):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("second")
        workspace.index()
    second = Folded("second", 64)
    second.card = replace(second.card, revision="2")
    shelf.embedders["second"] = second
    with Workspace.open(vault.path, write=True) as workspace:
        assert "another one now" in workspace.status().model_trouble
        workspace.index()
        status = workspace.status()
        assert (status.model, status.previous_model, status.pending) == ("second", "", 0)
        assert meant(workspace, "crisp fruit")[0] == "apples.md"
        workspace.drop_unused()
    assert len(lancedb.connect(place(own_home) / "lance").list_tables(limit=99).tables) == 3


def test_without_any_model_words_answer_until_there_is_one(vault, shelf, own_home):
    kept, shelf.embedders = shelf.embedders, {}
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        assert found(workspace, "autumn") == ["apples.md"]
        assert meant(workspace, "crisp fruit") == []
        status = workspace.status()
        assert (status.pending, status.switching) == (0, None)
        assert "word alone" in status.model_trouble
    shelf.embedders = kept
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        assert (workspace.model, workspace.status().model_trouble) == ("first", "")
        assert meant(workspace, "crisp fruit")[0] == "apples.md"


def test_a_switch_waits_for_a_model_that_is_gone_for_now(vault, shelf):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("second")
        workspace.reconcile(Silent())
        embed_some(workspace, 0)
    second = shelf.embedders.pop("second")
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        status = workspace.status()
        assert (status.model, status.switching.model) == ("first", "second")
        assert "second" in status.model_trouble
    shelf.embedders["second"] = second
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        assert workspace.model == "second"


def test_a_model_that_fails_does_not_hold_up_the_one_that_replaces_it(vault, shelf, monkeypatch):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("second")
        vault.write("new.md", "Quinces are fragrant.")

        def failing(texts: object) -> None:
            raise ModelError("model.damaged", "It broke.")

        monkeypatch.setattr(shelf.embedders["first"], "embed_documents", failing)
        workspace.index()
        assert (workspace.model, workspace.status().pending) == ("second", 0)
        assert meant(workspace, "quinces are fragrant.")[0] == "new.md"


def test_another_chunker_of_the_same_model_embeds_only_new_texts(vault, shelf, monkeypatch):
    first = shelf.embedders["first"]
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
    counted = first.texts
    monkeypatch.setattr(chunking, "VERSION", chunking.VERSION + 1)
    with Workspace.open(vault.path, write=True) as workspace:
        assert meant(workspace, "crisp fruit")[0] == "apples.md"
        report = workspace.index()
        assert (workspace.status().switching, workspace.status().pending) == (None, 0)
        assert workspace.status().previous_model == "first"
    assert first.texts == counted
    assert report.embedded == 0


def test_what_a_kill_left_of_an_index_that_was_thrown_away_is_removed(vault, shelf, own_home):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        left = workspace.place.folder / "discarded"
    (left / "table").mkdir(parents=True)
    (left / "table" / "data").write_bytes(b"x")
    Workspace.open(vault.path, write=True).close()
    assert not left.exists()


def test_a_rebuild_keeps_the_choice(vault, shelf, own_home):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("second")
    with Workspace.open(vault.path, write=True, rebuild=True) as workspace:
        workspace.index()
        status = workspace.status()
        assert (status.model, status.previous_model) == ("second", "")


def test_a_damaged_shadow_is_begun_anew(vault, shelf, own_home):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("second")
        workspace.reconcile(Silent())
        embed_some(workspace, 0)
    shadow = generations(place(own_home))["shadow"]
    for name in (shadow["notes"], shadow["chunks"]):
        for file in (place(own_home) / "lance" / f"{name}.lance").rglob("*"):
            if file.is_file():
                file.write_bytes(b"damage")
    with Workspace.open(vault.path, write=True) as workspace:
        assert found(workspace, "autumn") == ["apples.md"]
        workspace.index()
        assert workspace.model == "second"


def test_an_emptied_folder_is_refused_by_the_shadow_too(folder, shelf):
    for number in range(12):
        folder.write(f"{number}.md", f"Note {number}")
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.index()
    shelf.bundled = "second"
    del shelf.embedders["first"]
    for number in range(12):
        folder.delete(f"{number}.md")
    with Workspace.open(folder.path, write=True) as workspace:
        with pytest.raises(NotesaiError) as caught:
            workspace.index()
        assert caught.value.code == "vault.emptied"
        assert found(workspace, "note")


def test_the_estimate_is_near_what_it_takes(vault, shelf):
    for number in range(120):
        vault.write(f"many/{number}.md", f"Note {number}. " + LONG * (number % 4))
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        estimate = workspace.estimate_switch("third")
        assert not estimate.ready
        workspace.use_model("third")
        workspace.index()
        status = workspace.status()
    assert estimate.model == "third"
    assert estimate.notes == status.notes
    assert estimate.chunks == pytest.approx(status.chunks, rel=0.3)
    assert estimate.tokens > estimate.chunks
    assert estimate.seconds > 0


def test_a_model_that_was_only_tried_out_is_let_go_of_at_rest(vault, shelf):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.estimate_switch("third")
        workspace.rest()
        assert workspace._models._open.keys() == {"first"}
        workspace.use_model("third")
        workspace.rest()
        workspace.index()
        assert workspace.model == "third"


def test_the_doctor_looks_at_the_index_that_answers(vault, shelf):
    from notesai.engine.places import doctor

    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
        workspace.use_model("second")
        workspace.index()
    report = doctor(vault.path, repair=False)
    assert report.ok
    assert any("second" in finding.detail for finding in report.findings)
    embedder: Embedder = shelf.embedders.pop("second")
    assert isinstance(embedder, Folded)
    wrong = [
        finding.check for finding in doctor(vault.path, repair=False).findings if not finding.ok
    ]
    assert wrong == ["model"]


def test_a_model_that_fails_when_asked_leaves_words(vault, shelf, monkeypatch):
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()

        def failing(text: object) -> None:
            raise ModelError("model.damaged", "It broke.")

        with monkeypatch.context() as patch:
            patch.setattr(shelf.embedders["first"], "embed_query", failing)
            assert [hit.path for hit in workspace.search("autumn").hits] == ["apples.md"]
            assert workspace.ask("What is crisp in autumn?").citations
            assert "It broke. Meanwhile" in workspace.status().model_trouble
            with pytest.raises(ModelError):
                meant(workspace, "crisp fruit")
        assert meant(workspace, "crisp fruit")
        assert workspace.search("autumn").hits
        assert workspace.status().model_trouble == ""
