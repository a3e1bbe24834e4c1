"""Search, similar notes and answers over the real store."""

import os
from pathlib import Path

import numpy as np
import pytest
from fakes import Folder, HashingEmbedder

from notesai.answers.answerer import ask
from notesai.embedding.base import Vectors
from notesai.errors import Cancelled, RequestError
from notesai.index.embedding import embed_pending
from notesai.index.indexer import Indexer
from notesai.index.store import Store
from notesai.model import AnswerKind, SearchMode, SearchResult
from notesai.notes.ignore import IgnoreRules
from notesai.progress import Silent
from notesai.search.candidates import Candidates, by_word
from notesai.search.hybrid import search
from notesai.search.lookup import looking
from notesai.search.query import parse
from notesai.search.similar import similar

NOTES = {
    "tomatoes.md": "# Tomatoes\n\nWater tomatoes in the morning, never at noon. See [[compost]].",
    "compost.md": "# Compost\n\nLayer green and brown matter. Tomatoes love it.",
    "bread.md": "# Bread\n\nFeed the starter and let the dough rise overnight.",
    "물주기.md": "# 물주기\n\n토마토는 아침에 물을 준다. 한낮에는 잎이 탄다.",
    "토마토 곁순.md": "# 토마토 곁순\n\n곁순은 손으로 딴다. [[물주기]]와 함께 본다.",
}


def indexed(folder: Folder, place: Path, embedder: HashingEmbedder) -> Store:
    for name, text in NOTES.items():
        folder.write(name, text)
    store = Store.open(str(place), embedder.card, create=True)
    Indexer(folder.path, store, embedder, IgnoreRules(()), max_bytes=1 << 20).reconcile(Silent())
    embed_pending(store, embedder, Silent())
    return store


@pytest.fixture(params=["in tables", "in memory"])
def store(
    request: pytest.FixtureRequest, folder: Folder, tmp_path: Path, embedder: HashingEmbedder
) -> Store:
    """One in which words are looked up by LanceDB, and one in which they are in memory."""
    made = indexed(folder, tmp_path / "index", embedder)
    if request.param == "in memory":
        made.read_lexicon()
    return made


def paths(result: SearchResult) -> list[str]:
    return [hit.path for hit in result.hits]


def test_korean_and_english_are_found_by_word(store: Store, embedder: HashingEmbedder):
    assert paths(search(store, embedder, "watering tomatoes"))[0] == "tomatoes.md"
    assert paths(search(store, embedder, "토마토에 물을 주는 때"))[0] == "물주기.md"
    assert paths(search(store, embedder, "곁순을"))[0] == "토마토 곁순.md"


def test_highlights_cut_the_words_out_of_the_passage(store: Store, embedder: HashingEmbedder):
    hit = search(store, embedder, "morning water", mode=SearchMode.LEXICAL).hits[0]
    passage = hit.passages[0]
    marked = [passage.text[start:end].lower() for start, end in passage.highlights]
    assert marked == ["water", "morning"]


def test_the_reasons_are_named(store: Store, embedder: HashingEmbedder):
    assert search(store, embedder, "compost").hits[0].why[:2] == ("title", "words")
    hits = search(store, embedder, "dough", mode=SearchMode.SEMANTIC).hits
    assert all("words" not in hit.why for hit in hits)


def test_a_model_has_no_say_on_a_language_it_does_not_know(folder: Folder, tmp_path: Path):
    english = HashingEmbedder(languages=("en",))
    store = indexed(folder, tmp_path / "index", english)
    assert search(store, english, "아침에", mode=SearchMode.SEMANTIC).hits == ()
    found = search(store, english, "the morning", mode=SearchMode.SEMANTIC)
    assert found.hits
    assert not {"물주기.md", "토마토 곁순.md"} & set(paths(found))
    words = search(store, english, "토마토", mode=SearchMode.LEXICAL)
    assert paths(search(store, english, "토마토")) == paths(words)


def test_hits_by_word_come_first_and_a_cancel_stops_the_rest(
    store: Store, embedder: HashingEmbedder
):
    first: list[SearchResult] = []
    search(store, embedder, "tomatoes", first=first.append)
    assert first[0].hits

    def cancelled() -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        search(store, embedder, "tomatoes", check=cancelled)


@pytest.mark.parametrize(
    "query",
    ["", " ", '"', "-", "((", "x" * 10_000, "🍅", "\x00", "ㅎㄱ", "'; DROP TABLE notes; --", "a:b"],
)
def test_no_query_fails(store: Store, embedder: HashingEmbedder, query: str):
    for mode in SearchMode:
        result = search(store, embedder, query, mode=mode)
        assert result.query == query


def by_words(store: Store, text: str, *, typing: bool = False) -> Candidates:
    query = parse(text)
    return by_word(store, query, looking(store, query), typing=typing)


def best(store: Store, text: str, *, typing: bool = False) -> list[str]:
    """Paths of the notes found by word, best passage first."""
    found = by_words(store, text, typing=typing)
    ranked = sorted(found.scores, key=lambda chunk_id: -found.scores[chunk_id])
    notes = dict.fromkeys(found.keys[chunk_id].note_id for chunk_id in ranked)
    return [note.path for note in map(store.notebook().get, notes) if note is not None]


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("com", "compost.md"),
        ("green mat", "compost.md"),
        ("doug", "bread.md"),
        ("곁", "토마토 곁순.md"),
        ("곁ㅅ", "토마토 곁순.md"),
        ("곁\u1109", "토마토 곁순.md"),
        ("토마토 곁수", "토마토 곁순.md"),
        ("ㅌㅁㅌ", "토마토 곁순.md"),
        ("ㅁㅈㄱ", "물주기.md"),
        ("토ㅁㅌ ㄱㅅ", "토마토 곁순.md"),
    ],
)
def test_what_is_still_being_typed_is_found(store: Store, typed: str, path: str):
    assert best(store, typed, typing=True)[0] == path


def test_a_half_typed_syllable_gives_what_stands_before_it(store: Store):
    for half in ("곁ㅅ", "곁\u1109"):
        assert by_words(store, half, typing=True) == by_words(store, "곁", typing=True)


def test_a_word_that_is_closed_goes_no_further(store: Store):
    assert best(store, "doug", typing=True) == ["bread.md"]
    assert best(store, "le", typing=True)
    for closed in ("le ", '"le"'):
        assert best(store, closed, typing=True) == []


def test_a_word_as_it_stands_comes_before_how_it_goes_on(folder: Folder, tmp_path: Path, embedder):
    folder.write("a.md", "Javascript, javascript and javabeans run in javascript engines.")
    folder.write("b.md", "An island far from all the others, on which people speak Java too.")
    folder.write("c.md", "Javanese")
    store = indexed(folder, tmp_path / "index", embedder)
    assert best(store, "java", typing=True)[0] == "b.md"
    assert set(best(store, "java", typing=True)) == {"a.md", "b.md", "c.md"}
    assert best(store, "java ", typing=True) == ["b.md"]


def test_of_notes_that_say_the_same_the_newest_comes_first(
    folder: Folder, tmp_path: Path, embedder: HashingEmbedder
):
    days = {"b/quince.md": 3, "a/quince.md": 2, "d/quince.md": 1, "c/quince.md": 1}
    for name, day in days.items():
        folder.write(name, "# Quince\n\nPrune the quince in late winter.")
        os.utime(folder.path / name, (86_400 * day, 86_400 * day))
    for number in range(3):
        store = indexed(folder, tmp_path / f"index{number}", embedder)
        found = paths(search(store, embedder, parse("prune quince late"), k=4))
        assert found == ["b/quince.md", "a/quince.md", "c/quince.md", "d/quince.md"]


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ("compsot", "compost.md"),
        ("dogh starter", "bread.md"),
        ("overnihgt", "bread.md"),
        ("겻순", "토마토 곁순.md"),
        ("물주가", "물주기.md"),
        ("starte", "bread.md"),
    ],
)
def test_mistakes_are_forgiven(store: Store, wrong: str, path: str):
    for typing in (False, True):
        assert best(store, wrong, typing=typing)[0] == path


def test_a_query_without_mistakes_reads_no_vocabulary(store: Store):
    for text in ("watering tomatoes", "토마토는 아침에", "compost", "곁순은"):
        assert best(store, text)
        assert by_words(store, text).near == ()
    assert not store.has_vocabulary


def test_stand_ins_are_among_what_filters_let_through(store: Store):
    assert best(store, "path:물 ㅌㅁㅌ") == ["물주기.md"]
    assert best(store, "-dough overnihgt") == []


def test_words_of_edited_notes_are_known_at_once(folder: Folder, store: Store, embedder):
    assert best(store, "zucch", typing=True) == []
    folder.write("beds.md", "Zucchini need much space.")
    Indexer(folder.path, store, embedder, IgnoreRules(()), max_bytes=1 << 20).reconcile(Silent())
    assert best(store, "zucch", typing=True) == ["beds.md"]
    assert best(store, "zuchini") == ["beds.md"]


def test_words_in_a_heading_count_more(folder: Folder, tmp_path: Path, embedder):
    for name, heading, word in (("a", "Beds", "mulch"), ("b", "Mulch", "beds"), ("c", "Rows", "x")):
        folder.write(f"{name}.md", f"# Notes\n\n## {heading}\n\nSpring needs {word} and water.")
    store = indexed(folder, tmp_path / "index", embedder)
    assert best(store, "mulch") == ["b.md", "a.md"]
    assert best(store, "beds") == ["a.md", "b.md"]


BAD_QUERIES = {
    "long word": "x" * 10_000,
    "long words": "elec " * 2000,
    "long run": "가" * 9_000 + "ㄱ",
    "initials": "ㅎㄱ" * 5_000,
    "many initials": "ㅎ " * 5_000,
    "operators": '" - : tag: path: "" -- -"" like:"" ',
    "emoji": "🍅👩\u200d👩\u200d👧",
    "conjoining letters": "인\u1103 \u1112\u1100 \u1161\u11a8",
    "vowels": "ㅏㅏ 인ㅏ",
    "right to left": "\u202eשלום مرحبا",
    "NUL": "a\0b \0",
    "half a surrogate pair": "tomat\ud800",
    "marks": "e" + "\u0301" * 5_000,
    "pattern": "(a+)+$" * 500 + "!",
    "space": " " * 2_000 + "인ㄷ",
    "letters of a pattern": ".*[한ㄱ]+(",
    "open quote": '"never closes tomat',
    "SQL": "path:'; drop' tomatos'; --",
}


@pytest.mark.parametrize("query", BAD_QUERIES.values(), ids=BAD_QUERIES.keys())
def test_nothing_that_is_typed_fails(store: Store, query: str):
    for typing in (True, False):
        found = by_words(store, query, typing=typing)
        assert found.scores.keys() == found.keys.keys()


def test_similar_notes_with_their_passages(store: Store, embedder: HashingEmbedder):
    note = store.notebook().at("tomatoes.md")
    result = similar(store, embedder, note, k=3)
    assert "tomatoes.md" not in [n.path for n in result.neighbours]
    nearest = {n.path: n for n in result.neighbours}["compost.md"]
    assert nearest.linked
    assert 0 < nearest.score <= 1
    pair = nearest.pairs[0]
    assert pair.here.text in NOTES["tomatoes.md"]
    assert pair.there.text in NOTES["compost.md"]


def test_korean_notes_are_related_by_their_words(folder: Folder, tmp_path: Path):
    english = HashingEmbedder(languages=("en",))
    store = indexed(folder, tmp_path / "index", english)
    result = similar(store, english, store.notebook().at("토마토 곁순.md"))
    assert result.neighbours[0].path == "물주기.md"
    assert all(0 <= n.score <= 1 for n in result.neighbours)


def test_a_note_without_text_has_no_neighbours(folder: Folder, tmp_path: Path, embedder):
    folder.write("empty.md", "")
    store = indexed(folder, tmp_path / "index", embedder)
    assert similar(store, embedder, store.notebook().at("empty.md")).neighbours == ()


def test_answers_quote_the_notes(store: Store, embedder: HashingEmbedder, folder: Folder):
    answer = ask(store, embedder, "When should I water tomatoes?")
    assert answer.kind is AnswerKind.EXTRACTIVE
    first = answer.citations[0]
    assert first.text == "Water tomatoes in the morning, never at noon."
    assert (folder.path / first.path).read_text()[first.start : first.end] == first.text
    assert (first.n, first.line) == (1, 3)
    assert "[1]" in answer.answer


def test_a_korean_question_is_answered_in_korean(store: Store, embedder: HashingEmbedder):
    answer = ask(store, embedder, "토마토 물은 언제 주나요?")
    assert answer.answer.startswith("노트에")
    assert "토마토는 아침에 물을 준다." in [c.text for c in answer.citations]


def test_what_is_not_in_the_notes_is_not_answered(folder: Folder, tmp_path: Path):
    english = HashingEmbedder(languages=())
    store = indexed(folder, tmp_path / "index", english)
    for question in ("Who won the election in Brazil?", "양자 컴퓨터의 역사는 어떤가요?"):
        assert ask(store, english, question).kind is AnswerKind.NOT_COVERED


def test_an_empty_question_says_so(store: Store, embedder: HashingEmbedder):
    with pytest.raises(RequestError) as caught:
        ask(store, embedder, "  ")
    assert caught.value.code == "ask.empty"


def test_notes_that_have_nothing_in_common_have_no_neighbours(folder: Folder, tmp_path: Path):
    class Opposed(HashingEmbedder):
        def _vector(self, text: str) -> Vectors:
            vector = np.zeros(64, np.float32)
            vector[0] = -1.0 if "cat" in text else 1.0
            return vector

    opposed = Opposed()
    folder.write("a.md", "A cat sleeps")
    folder.write("b.md", "Parsing tokens")
    store = Store.open(str(tmp_path / "index"), opposed.card, create=True)
    Indexer(folder.path, store, opposed, IgnoreRules(()), max_bytes=1 << 20).reconcile(Silent())
    embed_pending(store, opposed, Silent())
    assert similar(store, opposed, store.notebook().at("a.md")).neighbours == ()


def test_a_note_whose_name_was_typed_comes_first(store: Store, embedder: HashingEmbedder):
    named = {"compost": "compost.md", "  물주기 ": "물주기.md", "토마토 곁순": "토마토 곁순.md"}
    for query, path in named.items():
        found = search(store, embedder, query)
        assert (found.hits[0].path, found.hits[0].score) == (path, 1.0)
    scores = [hit.score for hit in search(store, embedder, "Tomatoes").hits]
    assert scores == sorted(scores, reverse=True)


def test_a_passing_mention_does_not_come_before_the_note_of_that_name(
    folder: Folder, tmp_path: Path, embedder: HashingEmbedder
):
    folder.write("Compost.md", '+++\ntitle = "Patience in a bin"\n+++\n\nBrown and green.')
    folder.write("bread.md", "# Bread\n\nNot the compost: compost turns to glue. Compost.")
    store = Store.open(str(tmp_path / "index"), embedder.card, create=True)
    Indexer(folder.path, store, embedder, IgnoreRules(()), max_bytes=1 << 20).reconcile(Silent())
    embed_pending(store, embedder, Silent())
    assert paths(search(store, embedder, "compost"))[0] == "Compost.md"
    assert paths(search(store, embedder, "compost glue"))[0] == "bread.md"


def test_what_still_waits_for_meaning_is_counted(folder: Folder, tmp_path: Path, embedder):
    folder.write("a.md", "Apples")
    store = Store.open(str(tmp_path / "index"), embedder.card, create=True)
    Indexer(folder.path, store, embedder, IgnoreRules(()), max_bytes=1 << 20).reconcile(Silent())
    assert search(store, embedder, "apples").pending == 1
    embed_pending(store, embedder, Silent())
    assert search(store, embedder, "apples").pending == 0


@pytest.mark.parametrize("mode", list(SearchMode))
@pytest.mark.parametrize(
    ("typed", "meant"), [("rjator", "검색"), ("ㅠㅁ차ㅣㅑㅜㅏㄴ", "backlinks"), ("vegan", "vegan")]
)
def test_the_keyboard_may_be_in_the_other_language(
    folder: Folder,
    tmp_path: Path,
    embedder: HashingEmbedder,
    typed: str,
    meant: str,
    mode: SearchMode,
):
    for name, text in {
        "a.md": "# 검색 색인\n\n노트를 찾는다.",
        "b.md": "# Graph\n\nAll backlinks of a note.",
        "c.md": "# Soup\n\nA vegan soup.",
    }.items():
        folder.write(name, text)
    store = Store.open(str(tmp_path / "index"), embedder.card, create=True)
    Indexer(folder.path, store, embedder, IgnoreRules(()), max_bytes=1 << 20).reconcile(Silent())
    embed_pending(store, embedder, Silent())
    found = search(store, embedder, typed, mode=mode)
    assert found.query == typed
    wanted = search(store, embedder, meant, mode=mode)
    assert found.hits
    assert found.hits == wanted.hits
    if mode is not SearchMode.SEMANTIC:
        passage = found.hits[0].passages[0]
        assert meant in [passage.text[start:end] for start, end in passage.highlights]


def test_other_names_and_tags_lead_to_a_note(
    folder: Folder, tmp_path: Path, embedder: HashingEmbedder
):
    head = "---\naliases: [Cold frame, 온상]\ntags: [온실/난방, 토마토]\n---\n"
    folder.write("frame.md", f"{head}# Frame\n\nGlass over a box.\n\n## Use\n\nIn spring.")
    folder.write("box.md", "# Box\n\nMade of wood.")
    store = Store.open(str(tmp_path / "index"), embedder.card, create=True)
    Indexer(folder.path, store, embedder, IgnoreRules(()), max_bytes=1 << 20).reconcile(Silent())
    for in_memory in (False, True):
        if in_memory:
            store.read_lexicon()
        # An alias, the initials of a tag and of a part of one, and a tag written wrongly.
        for typed in ("cold", "온상", "ㅌㅁㅌ", "ㄴㅂ", "토마터"):
            found = search(store, embedder, typed, mode=SearchMode.LEXICAL)
            assert paths(found) == ["frame.md"], typed
