import pytest

from notesai.model import Link
from notesai.notes.blocks import scan
from notesai.notes.links import References, tag_name


def links(text: str) -> list[Link]:
    return list(References(text, scan(text)).links())


def tags(text: str) -> list[str]:
    return list(References(text, scan(text)).tags())


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("[[Good soil|garden.soil]]", ["Good soil", "garden.soil"]),
        ("[[흙 고르기|텃밭.흙#거름]]", ["흙 고르기", "텃밭.흙"]),
        ("[[Soil|dendron://home/garden.soil#bed]]", ["Soil", "garden.soil"]),
        ("[[soil|the soil in v1.2]]", ["soil"]),
        ("[[soil|Good soil.]]", ["soil"]),
        ("[[soil|soil]]", ["soil"]),
    ],
)
def test_the_label_may_come_first(text: str, others: list[str]):
    assert [link.target for link in links(text)] == others


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("[[Note]]", Link("Note")),
        ("[[노트 하나#제목|별명]]", Link("노트 하나", "제목", "별명")),
        ("![[image.png|100]]", Link("image.png", "", "100", True)),
        ("[[note#^block]]", Link("note", "^block")),
        ("| [[Note\\|alias]] |", Link("Note", "", "alias")),
        ("[text](note.md)", Link("note.md", "", "text")),
        ("[a\nb](../x%20y.md#h%31 'title')", Link("../x y.md", "h1", "a b")),
        ("[t](<a b.md>)", Link("a b.md", "", "t")),
        ("[t](a(1).md)", Link("a(1).md", "", "t")),
        ("[t](note.md?view=2#h)", Link("note.md", "h", "t")),
        ("![alt](pic.png)", Link("pic.png", "", "alt", True)),
        ("[a [b] c](n.md)", Link("n.md", "", "a [b] c")),
        ("[t](%ED%95%9C%EA%B8%80.md)", Link("한글.md", "", "t")),
        ("[[\u1112\u1161\u11ab]]", Link("한")),
        ("[ref]: ./note.md 'title'", Link("./note.md", "", "ref")),
        ("- [ref]: <a b.md>", None),
        ("> [[Note]]", Link("Note")),
        ("# On [[Note]]", Link("Note")),
        ("`a` [[Note]] `b`", Link("Note")),
        ("`` ` [[no]] `` [[Note]]", Link("Note")),
        ("`` ` [[Note]]", Link("Note")),
    ],
)
def test_one_link(text: str, link: Link | None) -> None:
    assert links(text) == ([link] if link else [])


@pytest.mark.parametrize(
    "text",
    [
        "[t](https://example.org/a.md)",
        "[t](mailto:a@example.org)",
        "[t](//example.org)",
        "[t](#heading)",
        "[t]()",
        "[[#heading]]",
        "[[ ]]",
        "[[a\nb]]",
        "`[[code]]`",
        "``` [[code]] ```",
        "```\n[[code]]\n```",
        "    [[code]]",
        "$$\n[[a]]\n$$",
        "<!-- [[a]] -->",
        "> ```\n> [[code]]\n> ```",
        "[^1]: note.md",
        "[a](b c.md)",
        "text [a] : b.md",
    ],
)
def test_no_link(text: str) -> None:
    assert links(text) == []


def test_links_are_in_order_and_each_once() -> None:
    text = "[b](b.md) [[a]] [b](b.md) [![c](c.png)](d.md)\n\n[e]: e.md"
    assert [link.target for link in links(text)] == ["b.md", "a", "c.png", "d.md", "e.md"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#tag", ["tag"]),
        ("text #한글태그 (#ml/search) #v1.2", ["한글태그", "ml/search", "v1"]),
        ("# heading #with-tag", ["with-tag"]),
        ("#\u1112\u1161\u11ab #cafe\u0301", ["한", "café"]),
        ("#🚀launch #2026-goals", ["🚀launch", "2026-goals"]),
        ("- #a\n> #b", ["a", "b"]),
        ("#a #a", ["a", "a"]),
        ("#123 #2026/03 ##x x#y # z #", []),
        ("[a](#b) [c](d.md#e) https://x.org/#f https://x.org/a#g", []),
        ("`#a` ``#b``\n```\n#c\n```\n\n    #d", []),
        ('<a href="#x"> color:#fff', []),
        ("[ref]: #fragment", []),
        ("<!-- #todo -->", []),
    ],
)
def test_tags(text: str, expected: list[str]) -> None:
    assert tags(text) == expected


def test_front_matter_is_not_searched() -> None:
    text = "---\n#a\n[[b]]\n---\n#c [[d]]"
    references = References(text, scan(text, 17))
    assert list(references.tags()) == ["c"]
    assert [link.target for link in references.links()] == ["d"]


def test_tag_names() -> None:
    assert tag_name(" #a/b/ ") == "a/b"
    assert tag_name("#1") == ""


@pytest.mark.parametrize(
    "unit", ["[", "](", "](a)", "[[", "[a]:", "]:", "#", "#a", "`", "`` `", "]"]
)
@pytest.mark.timeout(30)
def test_time_is_linear(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    references = References(text, scan(text))
    references.links()
    list(references.tags())
