"""The query language over the real store."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import Folder, HashingEmbedder

from notesai.index.embedding import embed_pending
from notesai.index.indexer import Indexer
from notesai.index.schema import ChunkKey, ScoredKey
from notesai.index.store import Store
from notesai.model import Misread, SearchMode, SearchResult, Trap
from notesai.notes.ignore import IgnoreRules
from notesai.progress import Silent
from notesai.search import in_memory, selection
from notesai.search.candidates import search_terms
from notesai.search.hybrid import FILTERED, search
from notesai.search.in_memory import InMemory
from notesai.search.in_tables import InTables
from notesai.search.narrowing import narrowed
from notesai.search.query import parse, plain
from notesai.search.selection import selected

NOTES = {
    "garden/compost.md": "---\ntags: [garden/soil]\ncreated: 2026-01-31\n---\n# Compost\n\n"
    "Layer green matter and brown matter.\n\n## Later\n\nWater the heap, never plastic.",
    "garden/beds.md": "---\ntags: garden\ncreated: 2025-06-01\n---\n# Beds\n\n"
    "Matter of taste: green or brown. Water the beds.",
    "kitchen/bread.md": "---\ncreated: 2024-03-01\n---\n# Bread\n\n"
    "Feed the starter with water daily.",
    "kitchen/soup.md": "# Soup\n\nBoil water with salt and the green leaves of leeks. #garden",
    "일기/텃밭.md": "---\ntags: [정원]\ncreated: 2026-02-10\n---\n# 텃밭\n\n"
    "토마토는 아침에 물을 준다.",
    "일기/빵.md": "---\ncreated: 2026-03-01\n---\n# 빵\n\n"
    "아침에 빵을 굽는다. 토할 만큼 마토를 먹다.",
    "empty.md": "---\ntags: garden\ncreated: 2020-01-01\n---\n",
}


def indexed(folder: Folder, place: Path, embedder: HashingEmbedder) -> Store:
    for name, text in NOTES.items():
        folder.write(name, text)
    store = Store.open(str(place), embedder.card, create=True)
    Indexer(folder.path, store, embedder, IgnoreRules(()), max_bytes=1 << 20).reconcile(Silent())
    embed_pending(store, embedder, Silent())
    return store


@pytest.fixture(scope="module", params=["in tables", "in memory"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """One for all tests, none of which writes, and one with its words in memory."""
    place = tmp_path_factory.mktemp("query-language")
    (place / "vault").mkdir()
    made = indexed(Folder(place / "vault"), place / "index", HashingEmbedder())
    if request.param == "in memory":
        made.read_lexicon()
    return made


def paths(result: SearchResult) -> list[str]:
    return [hit.path for hit in result.hits]


@pytest.fixture(params=[2000, 0], ids=["short lists", "long lists"])
def lists(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Filters by condition, and with none that is short enough."""
    monkeypatch.setattr(selection, "SHORT", request.param)


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize("mode", list(SearchMode))
def test_nothing_is_found_outside_of_the_notes_that_are_searched(
    store: Store, embedder: HashingEmbedder, mode: SearchMode
):
    ids = {note.path: note.note_id for note in store.notebook()}

    def found(query: str, *among: str) -> set[str]:
        within = frozenset(ids[path] for path in among)
        result = search(store, embedder, replace(parse(query), within=within), k=20, mode=mode)
        return set(paths(result))

    two = ("garden/beds.md", "kitchen/soup.md")
    assert found("water", *two) == set(two)
    assert found("water path:kitchen/", *two) == {"kitchen/soup.md"}
    assert found("water") == set()


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize("mode", list(SearchMode))
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("water tag:garden", {"garden/compost.md", "garden/beds.md", "kitchen/soup.md"}),
        ("water tag:garden/soil", {"garden/compost.md"}),
        ("water path:kitchen/", {"kitchen/bread.md", "kitchen/soup.md"}),
        ("water path:kitchen/ -tag:garden", {"kitchen/bread.md"}),
        ("water -plastic path:garden/", {"garden/beds.md"}),
        ("water after:2025-06-01 before:2026-01-31", {"garden/beds.md"}),
        ('water "brown matter"', {"garden/compost.md"}),
        ('water "brown matter" tag:nothing', set()),
        ("아침에 tag:정원", {"일기/텃밭.md"}),
        ("아침에 lang:ko", {"일기/텃밭.md", "일기/빵.md"}),
        ("아침에 lang:ko -토마토", {"일기/빵.md"}),
        ("water file:be", {"garden/beds.md"}),
        ("water tag:garden/soil OR file:bread", {"garden/compost.md", "kitchen/bread.md"}),
        ("water file:MD -file:be path:garden/", {"garden/compost.md"}),
        ("아침에 file:텃밭", {"일기/텃밭.md"}),
        ("water path:'; drop", set()),
    ],
)
def test_filters_hold_in_every_mode(
    store: Store, embedder: HashingEmbedder, query: str, found: set[str], mode: SearchMode
):
    assert set(paths(search(store, embedder, query, mode=mode))) == found


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("water", []),
        ("water tag:garden path:kitchen/ see http://garden 12:30", []),
        ("tga:garden water", [Misread("tga:garden", Trap.NO_FILTER, "tag:garden")]),
        ('-paht:"my notes"', [Misread('-paht:"my notes"', Trap.NO_FILTER, '-path:"my notes"')]),
        ("tag:gardne", [Misread("tag:gardne", Trap.NO_TAG, "tag:garden")]),
        ("tag:gar", [Misread("tag:gar", Trap.NO_TAG, "tag:garden")]),
        ("tag:정웜", [Misread("tag:정웜", Trap.NO_TAG, "tag:정원")]),
        ("tag:physics", [Misread("tag:physics", Trap.NO_TAG)]),
        ('path:"no where/"', [Misread('path:"no where/"', Trap.NO_PATH)]),
        ("water after:someday", [Misread("after:someday", Trap.NO_DAY)]),
        ("lang:python", [Misread("lang:python", Trap.NO_LANGUAGE)]),
        ("tag:" + "x" * 99, [Misread("tag:" + "x" * 56 + "…", Trap.NO_TAG)]),
        (
            "after:2026-05 before:2025",
            [Misread("after:2026-05-01 before:2025-01-01", Trap.CONTRADICTION)],
        ),
    ],
)
def test_what_a_query_does_not_do_is_told(
    store: Store, embedder: HashingEmbedder, query: str, told: list[Misread]
):
    assert list(search(store, embedder, query).misread) == told


def test_filters_alone_list_notes_newest_first(store: Store, embedder: HashingEmbedder):
    result = search(store, embedder, "tag:garden before:2026-06")
    assert paths(result) == [
        "garden/compost.md",
        "garden/beds.md",
        "kitchen/soup.md",
        "empty.md",
    ]
    assert {hit.why for hit in result.hits} == {(FILTERED,)}
    assert result.hits[0].passages[0].text.startswith("# Compost")
    assert result.hits[0].passages[0].highlights == ()
    assert result.hits[-1].passages == ()
    assert paths(search(store, embedder, "tag:garden before:2026-06", k=1)) == paths(result)[:1]


def test_an_excluded_word_takes_the_whole_note(store: Store, embedder: HashingEmbedder):
    assert "garden/compost.md" in paths(search(store, embedder, "green matter"))
    assert "garden/compost.md" not in paths(search(store, embedder, "green matter -plastic"))
    assert "kitchen/soup.md" in paths(search(store, embedder, "water -bread"))
    # Inflected, in the title alone, and as a phrase that only one of two notes holds.
    assert "kitchen/soup.md" not in paths(search(store, embedder, "water -leek"))
    assert "kitchen/bread.md" not in paths(search(store, embedder, "water -bread"))
    left = paths(search(store, embedder, 'green -"green matter"'))
    assert "garden/beds.md" in left
    assert "garden/compost.md" not in left


def test_korean_is_excluded_as_it_stands(store: Store, embedder: HashingEmbedder):
    for form in ("NFC", "NFD"):
        query = unicodedata.normalize(form, "아침 -토마토")
        assert paths(search(store, embedder, query, mode=SearchMode.LEXICAL)) == ["일기/빵.md"]


def test_phrases_are_verified_and_marked(store: Store, embedder: HashingEmbedder):
    result = search(store, embedder, "“GREEN   matter”")
    assert paths(result) == ["garden/compost.md"]
    passage = result.hits[0].passages[0]
    marked = [passage.text[start:end] for start, end in passage.highlights]
    assert marked == ["green matter"]
    assert paths(search(store, embedder, '"green brown"')) == []
    # The words of filters are not marked.
    hit = search(store, embedder, "water path:garden/ lang:en tag:garden").hits[0]
    assert all(p.text[a:b].lower() == "water" for p in hit.passages for a, b in p.highlights)


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("getchilditem names", True),
        ("GetChildItem Names", True),
        ("GETCHILDITEM names", True),
        ("in-house team", True),
        ("0.40 of the", True),
        ("GetChildItem name", False),
        ("house in team", False),
    ],
)
def test_phrases_hold_whatever_the_case_and_inside_of_names(
    folder: Folder, tmp_path: Path, embedder: HashingEmbedder, phrase: str, found: bool
):
    folder.write("a.md", "getChildItem names\n\nGETCHILDITEM names, the not-in-house team")
    folder.write("b.md", "1.0.40 of the names and all others, their house in Rome, a team")
    store = Store.open(str(tmp_path / "index"), embedder.card, create=True)
    Indexer(folder.path, store, embedder, IgnoreRules(()), max_bytes=1 << 20).reconcile(Silent())
    in_tables = paths(search(store, embedder, f'"{phrase}"', mode=SearchMode.LEXICAL))
    store.read_lexicon()
    in_memory = paths(search(store, embedder, f'"{phrase}"', mode=SearchMode.LEXICAL))
    assert in_tables == in_memory
    assert bool(in_memory) is found


def test_a_phrase_in_the_title_is_enough(store: Store, embedder: HashingEmbedder):
    assert paths(search(store, embedder, '"Compost"')) == ["garden/compost.md"]


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize("mode", [SearchMode.HYBRID, SearchMode.SEMANTIC])
def test_like_a_note_finds_its_kin_but_not_itself(
    store: Store, embedder: HashingEmbedder, mode: SearchMode
):
    found = paths(search(store, embedder, 'like:"Compost"', mode=mode))
    assert found[0] == "garden/beds.md"
    assert "garden/compost.md" not in found


def test_unlike_moves_away(store: Store, embedder: HashingEmbedder):
    def score(query: str, path: str) -> float:
        hits = search(store, embedder, query, mode=SearchMode.SEMANTIC).hits
        return {hit.path: hit.passages[0].score for hit in hits}.get(path, 0.0)

    assert score("water unlike:Beds", "garden/beds.md") < score("water", "garden/beds.md")
    assert score("water unlike:matter", "garden/beds.md") < score("water", "garden/beds.md")
    away = paths(search(store, embedder, "unlike:Beds"))
    assert away
    assert away[0] != "garden/beds.md"


def test_a_name_of_no_note_is_a_word(store: Store, embedder: HashingEmbedder):
    named = search(store, embedder, 'feed like:"starter dough"')
    assert paths(named) == paths(search(store, embedder, "feed starter dough"))
    assert named.hits[0].path == "kitchen/bread.md"


def test_words_alone_have_no_say_on_likeness(store: Store, embedder: HashingEmbedder):
    assert paths(search(store, embedder, "like:Compost", mode=SearchMode.LEXICAL)) == []
    deaf = HashingEmbedder(languages=())
    assert paths(search(store, deaf, "like:Compost unlike:matter")) == []


def test_a_text_can_be_asked_as_it_is(store: Store, embedder: HashingEmbedder):
    assert paths(search(store, embedder, plain("water -plastic"), mode=SearchMode.LEXICAL))[0] == (
        "garden/compost.md"
    )


def test_hits_by_word_are_filtered_from_the_first(store: Store, embedder: HashingEmbedder):
    first: list[SearchResult] = []
    search(store, embedder, "water path:kitchen/", first=first.append)
    assert set(paths(first[0])) == {"kitchen/bread.md", "kitchen/soup.md"}


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '"never closes',
        "tag:" * 500,
        "-a " * 500,
        '"a" ' * 500,
        "like:a " * 500,
        "unlike:x" + "x" * 10_000,
        "path:'; drop",
        "tag:') OR 1=1 --",
        "like:'; unlike:\"' OR ''='\"",
        "-(((((a+)+)+)+$",
        '"(a+)+$" "' + "a" * 5000 + '"',
        '-\x00 tag:\x00 "\x00a"',
        "tag:🍅 🍅 -🍅",
        "\u202eabc tag:\u202e",
        unicodedata.normalize("NFD", "토마토 -토마토 tag:토"),
        "ㅎㄱ -ㅎ lang:ko",
        "after:9999-12-31 before:0001-01-01",
        "water " * 1700,
        '"' + "green matter " * 800 + '"',
        '"' + " ".join(f"green{number} matter" for number in range(600)) + '" water',
        '"שלום עולם" -"مرحبا بالعالم" مرحبا',
        '"ㅌㅗ마토 무ㄹ" "토마 ㅌ" -"ㅁㅜㄹ 을"',
        '"\x00 water \x00" "🍅 🍅" -"\u202e a"',
        '"\ud800 green" \udfff',
    ],
)
def test_no_query_fails(store: Store, embedder: HashingEmbedder, query: str):
    for mode in SearchMode:
        assert search(store, embedder, query, mode=mode).query == query
    assert store.notebook().at("garden/compost.md") is not None


def test_narrow_filters_still_bring_all_they_hold(
    folder: Folder, tmp_path: Path, embedder: HashingEmbedder
):
    for number in range(150):
        folder.write(f"many/{number}.md", "water water water")
    for number in range(5):
        folder.write(
            f"few/{number}.md", f"a long text about all kinds of things, water too {number}"
        )
    store = Store.open(str(tmp_path / "index"), embedder.card, create=True)
    Indexer(folder.path, store, embedder, IgnoreRules(()), max_bytes=1 << 20).reconcile(Silent())
    embed_pending(store, embedder, Silent())
    for mode in SearchMode:
        assert len(search(store, embedder, "water path:few/", mode=mode).hits) == 5


SOUGHT = [
    "water",
    "water tag:garden",
    "물을 아침에",
    'water "green matter"',
    '"green matter" "brown matter"',
    '"matter" "water" tag:garden',
    'water -"green matter"',
    'green "water" -"green matter" -plastic',
    '"물을 준다" -"토할 만큼"',
    '"compost" water',
    '"nowhere" water',
    "water -bread path:kitchen/",
]


@pytest.mark.parametrize("compared", [0, 600])
@pytest.mark.parametrize("query", SOUGHT)
def test_memory_finds_what_the_tables_do(
    store: Store,
    embedder: HashingEmbedder,
    query: str,
    compared: int,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(in_memory, "COMPARED", compared)
    asked = parse(query)
    tables = InTables(store, selected(store, asked))
    lexicon = store.read_lexicon()
    memory = InMemory(store, lexicon, narrowed(store, lexicon, asked), asked.text)
    terms, vector = search_terms(asked.text), embedder.embed_query(asked.text)
    (ours, titles), (theirs, their_titles) = memory.words(terms, 50), tables.words(terms, 50)
    # LanceDB's scores are off until rows that embedding has moved are in its index again.
    assert by_id(ours).keys() == by_id(theirs).keys()
    # Of notes that are to hold a phrase, memory does not know before it has read them.
    assert their_titles.keys() <= titles.keys()
    if compared or not asked.phrases:
        assert by_id(memory.meaning(vector, 50)) == pytest.approx(
            by_id(tables.meaning(vector, 50)), abs=1e-5
        )
    notes = [note for note in store.notebook() if note.n_chunks]
    keys = [ChunkKey(note.note_id, note.content_hash, 0) for note in notes]
    assert memory.admitted(keys) == tables.admitted(keys)


def by_id(found: list[ScoredKey]) -> dict[str, float]:
    return {chunk.key.chunk_id: chunk.score for chunk in found}
