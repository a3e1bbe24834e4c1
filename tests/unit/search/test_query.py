import datetime
import string
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.search.query import Query, parse, plain, unknown_filters

WORDS = st.lists(st.text(string.ascii_letters + "가나다한글é.,;()/'!?_", min_size=1, max_size=8))
SIGNS = st.text(st.sampled_from('ab가-:：#"“”/. tagpthlikeunbfor2026\n\x00\u1112\u1161\u11ab'))
VALUES = st.text("abc가나 ", min_size=1, max_size=8).map(lambda v: " ".join(v.split())).filter(bool)


def only(text: str, **fields: object) -> None:
    """All of `text` is this, with no word left over."""
    assert parse(text) == Query(text, "", **fields)


@given(st.text() | SIGNS)
def test_any_string_is_a_query(text: str):
    query = parse(text)
    assert query.source == text
    assert query == parse(text)
    # Around a query white space says nothing.
    spaced = parse(f" {text} ")
    assert (spaced.phrases, spaced.tags, spaced.like) == (query.phrases, query.tags, query.like)


@given(st.text() | SIGNS)
def test_what_is_left_over_are_words_of_the_text(text: str):
    query = parse(text)
    left = iter(text.split())
    assert all(word in left for word in query.words.split())


@given(WORDS, st.sampled_from([" ", "  ", "\n"]))
def test_plain_words_stay_as_they_are(words: list[str], between: str):
    text = between.join(words)
    assert parse(text) == plain(text) == Query(text, text)


@given(VALUES, VALUES, VALUES, VALUES)
def test_values_come_out_as_they_went_in(phrase: str, out: str, tag: str, like: str):
    query = parse(f'first "{phrase}" -"{out}" tag:"{tag}" like:"{like}" last')
    assert query.words == "first last"
    assert (query.phrases, query.excluded) == ((phrase,), (out,))
    assert (query.tags, query.like) == ((tag,), (like,))


def test_every_operator_at_once():
    query = parse(
        'heap "green matter" -plastic tag:garden path:journal/ after:2026-01-31 '
        'before:2027 lang:ko like:"My note" unlike:other'
    )
    assert query.words == "heap"
    assert query.text == "heap green matter"
    assert query.phrases == ("green matter",)
    assert query.excluded == ("plastic",)
    assert (query.tags, query.paths, query.languages) == (("garden",), ("journal/",), ("ko",))
    assert (query.after, query.before) == (("2026-01-31",), ("2027-01-01",))
    assert (query.like, query.unlike) == (("My note",), ("other",))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        '"unbalanced',
        'unbalanced"',
        'one"two" three',
        '"흰 고래"라는 책',
        'tag:"two words',
        "foo:bar",
        'foo:"bar baz"',
        "http://x",
        "https://example.org/a?b=c",
        "tag:",
        "tag:#",
        'tag:""',
        "after:someday",
        "after:2026-02-30",
        "before:2026-13",
        "before:2026-01/02",
        "after:0000",
        "lang:python",
        "-",
        "--verbose",
        "->",
        "-🍅",
        '""',
        '"🍅"',
        "a-b",
        "C:\\notes",
        "12:30",
    ],
)
def test_all_else_is_plain_words(text: str):
    assert parse(text).words == text
    assert parse(text) == plain(text)


@pytest.mark.parametrize(
    "text", ["tag:정원", "tag：정원", "TAG:정원", 'tag:"정원"', "tag：“#정원”"]
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_korean_keyboards_and_forms_are_understood(text: str, form: str):
    only(unicodedata.normalize(form, text), tags=("정원",))


def test_curly_quotes_make_a_phrase():
    only("“흰   고래”", phrases=("흰 고래",))
    only("-“흰 고래”", excluded=("흰 고래",))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", "2026-01-31"),
        ("2026/1/31", "2026-01-31"),
        ("2026.01.31", "2026-01-31"),
        ("2026-01", "2026-01-01"),
        ("2026", "2026-01-01"),
        ("２０２６－０１－３１", "2026-01-31"),
        ("2026년", "2026-01-01"),
        ('"2026년 1월 31일"', "2026-01-31"),
        ('"2026-01-31"', "2026-01-31"),
    ],
)
def test_days_are_read_in_usual_forms(text: str, day: str):
    only(f"after:{text}", after=(day,))
    only(f"before:{text}", before=(day,))


@pytest.mark.parametrize(
    ("word", "ago"), [("today", 0), ("Yesterday", 1), ("오늘", 0), ("어제", 1)]
)
def test_days_are_counted_from_today(word: str, ago: int):
    day = (datetime.date.today() - datetime.timedelta(ago)).isoformat()
    assert day in parse(f"after:{word}").after
    only(f"before:{unicodedata.normalize('NFD', word)}", before=(day,))


def test_files_are_told_by_their_names():
    only("file:Plan", files=("plan",))
    only('file:"My Plan"', files=("my plan",))
    only("-file:계획", not_files=("계획",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tga:a b", [("tga:a", "tga", "a")]),
        (
            '-paht:"a b" after:never',
            [('-paht:"a b"', "paht", "a b"), ("after:never", "after", "never")],
        ),
        ("lang:python", [("lang:python", "lang", "python")]),
        ("tag:a path:b after:2026 http://x C:\\notes 12:30 a: :b", []),
    ],
)
def test_what_looks_like_a_filter_is_told(text: str, found: list[tuple[str, str, str]]):
    assert list(unknown_filters(text)) == found


@given(st.text() | SIGNS)
def test_any_string_may_be_asked_for_its_filters(text: str):
    assert all(part in text for part, _, _ in unknown_filters(text))


def test_a_minus_turns_a_filter_round():
    only("-tag:a", not_tags=("a",))
    only("-path:A/", not_paths=("a/",))
    only("-lang:한국어", not_languages=("ko",))
    only("-after:2026", before=("2026-01-01",))
    only("-like:x", unlike=("x",))


def test_one_of_several_filters_is_enough_with_or_between_them():
    query = parse("heap tag:a OR -path:b OR file:c tag:d lang:ko OR lang:en")
    assert query.words == "heap"
    assert (query.tags, query.paths, query.languages) == (("d",), (), ())
    a, b, c = (plain("") for _ in range(3))
    group = replace(a, tags=("a",)), replace(b, not_paths=("b",)), replace(c, files=("c",))
    assert query.either[0] == group
    assert [one.languages for one in query.either[1]] == [("ko",), ("en",)]
    assert parse("tag:a OR tag:b").only_filters


def test_one_of_several_phrases_are_their_words():
    query = parse('first "a b" OR "c d" last')
    assert (query.words, query.phrases) == ("first a b c d last", ())


@pytest.mark.parametrize("text", ["a OR b", "OR", "OR OR", "a OR"])
def test_or_between_words_is_a_word(text: str):
    assert parse(text) == plain(text)
    assert parse(f"{text} tag:x").words == text
    assert parse(f"tag:x {text}").words == text


def test_an_unknown_key_with_a_minus_is_a_word_to_leave_out():
    only("-http://x", excluded=("http://x",))


def test_filters_alone_are_told_apart():
    assert parse("tag:a -b").only_filters
    assert parse("-b").only_filters
    for text in ("", "a", "tag:a b", 'tag:a "b"', "tag:a like:b", "tag:a unlike:b"):
        assert not parse(text).only_filters


def test_a_long_query_takes_no_long_time():
    for text in ('"' * 100_000, "-" * 100_000, "a:" * 50_000, '" ' * 50_000, "“ a " * 30_000):
        assert parse(text).source == text
