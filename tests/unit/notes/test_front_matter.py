import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from notesai.notes.front_matter import iso_date, read, words

NEWLINES = ["\n", "\r\n", "\r"]


@pytest.mark.parametrize("newline", NEWLINES)
def test_yaml(newline: str) -> None:
    lines = ["---", "Title: 노트", "tags: [a, 'b c']", "x: {y: z}", "n: ~", "---", "body"]
    text = newline.join(lines)
    head = read(text)
    assert text[head.body :] == "body"
    assert head.values["title"] == "노트"
    assert head.values["tags"] == ("a", "b c")
    assert head.values["n"] == ""


def test_toml() -> None:
    text = '+++\ntitle = "T"\ndate = 2026-03-14\ntags = ["a", 1]\n[x]\ny = 1\n+++\nbody'
    head = read(text)
    assert head.values == {"title": "T", "date": "2026-03-14", "tags": ("a", "1")}
    assert text[head.body :] == "body"


def test_values_stay_as_they_were_written() -> None:
    head = read("---\ntitle: 1.10\ndate: 2026-13-45\nflag: yes\noctal: 0777\n---\n")
    assert dict(head.values) == {
        "title": "1.10",
        "date": "2026-13-45",
        "flag": "yes",
        "octal": "0777",
    }


def test_an_empty_one_is_still_no_text() -> None:
    assert read("---\n---\nx").body == 8
    assert read("---\n# only a comment\n...\nx").body == 25


@pytest.mark.parametrize(
    ("source", "key", "value"),
    [
        ("title: Part one: the beginning", "title", "Part one: the beginning"),
        ("title: @home", "title", "@home"),
        ("tags:\n - 가\n - 나\n- 다\nurl: x: y", "tags", ("가", "나", "다")),
        ("tags: [a, b]\ntitle: a: b", "tags", ("a", "b")),
        ("# note\ntitle: \"a: b\" # c: d\ntitle: 'a': b", "title", "'a': b"),
    ],
)
def test_usual_mistakes_are_forgiven(source: str, key: str, value: object) -> None:
    head = read(f"---\n{source}\n---\nbody")
    assert head.values[key] == value
    assert head.body == len(source) + 9


@pytest.mark.parametrize(
    "text",
    [
        "",
        "body",
        " ---\ntitle: x\n---\n",
        "---\ntitle: x\n",
        "---\njust text\n---\n",
        "---\n- a\n- b\n---\n",
        "---\ntitle: [unclosed\n---\nbody",
        "---\n\tx: [\n---\n",
        "+++\ntitle = \n+++\n",
        "+++\na = 1\na = 2\n+++\n",
    ],
)
def test_what_is_none_is_text(text: str) -> None:
    assert read(text) == ({}, 0)


BOMB = "a: &a [x]\n" + "".join(f"k{i}: &k{i} [{', '.join(['*a'] * 9)}]\n" for i in range(200))


@pytest.mark.parametrize(
    "text",
    [
        "---\na: " + "[" * 100_000 + "\n---\n",
        "---\n" + "- " * 50_000 + "\n---\n",
        "---\n" + "{a: " * 30_000 + "\n---\n",
        "---\n" + "? " * 50_000 + "\n---\n",
        f"---\n{BOMB}\n---\n",
        "---\na: &a [*a]\nb: *missing\n<<: *a\n---\n",
        "---\n" + "key: value\n" * 100_000 + "---\n",
        "---\na: !!python/object/apply:os.abort []\n---\n",
        '---\na: "\\uD800 \\0"\n---\n',
        "+++\n" + "a." * 40_000 + "b = 1\n+++\n",
        "+++\na = " + "[" * 100_000 + "\n+++\n",
        "+++\na = " + "9" * 5_000 + "\n+++\n",
    ],
)
@pytest.mark.timeout(30)
def test_hostile_input_neither_raises_nor_hangs(text: str) -> None:
    head = read(text)
    assert 0 <= head.body <= len(text)
    str(head.values).encode("utf-8")


def test_the_scanner_in_python_lets_no_surrogate_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notesai.notes.front_matter._LOADER", yaml.BaseLoader)
    head = read('---\ntitle: "a\\uD800"\ntags: [b]\n---\n')
    assert head.values == {"title": "a?", "tags": ("b",)}


SCALARS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=20)


@given(st.dictionaries(st.sampled_from("abc"), SCALARS | st.lists(SCALARS, max_size=3)))
def test_what_a_yaml_writer_wrote_is_read(values: dict[str, str | list[str]]) -> None:
    source = yaml.safe_dump(values, allow_unicode=True)
    head = read(f"---\n{source}---\nbody")
    expected = {k: v if isinstance(v, str) else tuple(v) for k, v in values.items()}
    assert dict(head.values) == expected


@given(st.text())
def test_any_text_after_the_dashes(text: str) -> None:
    head = read("---\n" + text)
    assert 0 <= head.body <= len(text) + 4
    read("+++\n" + text)


def test_lists_written_in_three_ways() -> None:
    assert words(("a", " b ", "")) == ("a", "b")
    assert words("a, b c,") == ("a", "b c")
    assert words("a b") == ("a", "b")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-14", "2026-03-14"),
        ("2026-03-14T10:00:00+09:00", "2026-03-14"),
        ("2026/3/4", "2026-03-04"),
        ("2026. 3. 14. 오후 2:00", "2026-03-14"),
        ("2026년 3월 14일", "2026-03-14"),
        ("20260314", "2026-03-14"),
        ("2026-13-45", ""),
        ("0000-00-00", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_dates(value: str, expected: str) -> None:
    assert iso_date(value) == expected


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set")
@pytest.mark.parametrize(
    ("zone", "value", "expected"),
    [
        ("UTC", "1643215854846", "2022-01-26"),
        ("UTC", "1643215854", "2022-01-26"),
        ("UTC", "9999999999999", "2286-11-20"),
        # Ten to two in the morning of the day after.
        ("Asia/Seoul", "1643215854846", "2022-01-27"),
        ("Asia/Seoul", "2026-03-14T20:00:00Z", "2026-03-14"),
    ],
)
def test_unix_time_is_of_the_day_that_it_was_here(
    monkeypatch: pytest.MonkeyPatch, zone: str, value: str, expected: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert iso_date(value) == expected
    finally:
        monkeypatch.undo()
        time.tzset()
