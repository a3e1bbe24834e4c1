"""What a note shows beside its prose: front matter, code colours, sizes, hidden parts."""

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.gui.editing.differences import pairs
from notesai.gui.editing.lists import continuation, indented, outdented
from notesai.gui.reading.code_colours import coloured
from notesai.gui.reading.html import Renderer, Words
from notesai.gui.reading.marks import Span, place
from notesai.gui.reading.properties import properties


def html(text: str) -> str:
    return Renderer(Words()).html(text)


def test_front_matter_becomes_a_few_plain_pairs() -> None:
    front = (
        "title: T\nstatus: 진행 중\nauthors:\n  - 김하나\n  - 'Lee'\ntags: [a, b]\n"
        "list: [x, \"y\"]\nlink: '[[Other note]]'\nempty:\n  nested: 1\n# comment\nbroken\n"
    )
    assert properties(front) == [
        ("status", "진행 중"),
        ("authors", "김하나, Lee"),
        ("list", "x, y"),
        ("link", "Other note"),
    ]
    assert properties("date = 2026-01-02\n") == [("date", "2026-01-02")]
    assert len(properties("\n".join(f"k{at}: v" for at in range(99)))) == 12


@given(st.text(max_size=200))
def test_any_front_matter_can_be_read(front: str) -> None:
    assert all(name and value for name, value in properties(front))


@pytest.mark.parametrize("language", ["python", "js", "html", "diff", "nonsense", "text", ""])
@given(code=st.text(max_size=80))
def test_coloured_code_keeps_its_text(language: str, code: str) -> None:
    shown = coloured(code, language)
    assert unescape(re.sub(r"<[^>]*>", "", shown)) == code
    assert not re.search(r"<(?!/?span)", shown)


def test_code_is_coloured_by_its_language() -> None:
    assert '<span class="word">def</span>' in coloured("def f(): return 1 # x", "python")
    assert '<span class="comment"># x</span>' in coloured("def f(): return 1 # x", "python")
    assert "<span" not in coloured("x = 1\n" * 10_000, "python")


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("![[a.png|200]]", ' width="200"'),
        ("![[a.png|200x100]]", ' width="200"'),
        ("![alt|120](a.png)", ' width="120"'),
        ("![[a.png|99999]]", ' width="600"'),
        ("![[a.png|alt]]", ""),
        ("![alt](a.png)", ""),
    ],
)
def test_the_width_of_an_image(text: str, size: str) -> None:
    found = re.search(r"<img [^>]*>", html(text))
    assert found is not None
    assert found[0].endswith((f'"alt"{size}>', f'""{size}>'))


def test_highlights_comments_and_block_names() -> None:
    assert html("a ==b **c**== d") == '<p>a <span class="marked">b <b>c</b></span> d</p>'
    assert html("1 == 2 and 3 == 4") == "<p>1 == 2 and 3 == 4</p>"
    assert html("text %%hidden%% and <!-- too --> here ^name") == "<p>text  and  here </p>"
    assert html("x^2 and a%b") == "<p>x^2 and a%b</p>"


def test_a_passage_that_ends_in_a_comment_ends_all_the_same() -> None:
    text = "seen %%hidden%% after"
    marked = place(text, [Span(0, 10)])
    shown = html(marked.text)
    assert shown.count(marked.opening) == shown.count(marked.closing) == 1
    assert "hidden" not in shown


@pytest.mark.parametrize(
    ("line", "text", "ends"),
    [
        ("- a", "- ", False),
        ("  * a", "  * ", False),
        ("3) a", "4) ", False),
        ("- [x] a", "- [ ] ", False),
        ("> quote", "> ", False),
        ("> - a", "> - ", False),
        ("    code", "    ", False),
        ("- ", "", True),
        ("> ", "", True),
        ("plain", "", False),
        ("   ", "", False),
    ],
)
def test_what_a_new_line_begins_with(line: str, text: str, ends: bool) -> None:
    found = continuation(line)
    assert (found.text, found.ends) == (text, ends)


@given(st.text(alphabet="a -\t", max_size=10))
def test_outdenting_undoes_indenting(line: str) -> None:
    assert outdented(indented(line)) == line or not line.strip()
    assert outdented(line).strip() == line.strip()


LINES = st.lists(st.text(alphabet="ab가", max_size=4), min_size=1, max_size=8).map("\n".join)


@given(LINES, LINES)
def test_two_versions_beside_each_other_hold_all_of_both(mine: str, theirs: str) -> None:
    found = pairs(mine, theirs)
    assert "\n".join(pair.mine for pair in found if pair.mine is not None) == mine
    assert "\n".join(pair.theirs for pair in found if pair.theirs is not None) == theirs
    assert all(pair.same for pair in found) == (mine == theirs)
    for pair in found:
        kept = [
            "".join(c for at, c in enumerate(line) if not any(a <= at < b for a, b in marks))
            for line, marks in (
                (pair.mine or "", pair.mine_marks),
                (pair.theirs or "", pair.theirs_marks),
            )
        ]
        assert kept[0] == kept[1]


def test_what_differs_is_marked_by_whole_words() -> None:
    (found,) = pairs("물을 아침에 준다", "물을 저녁에 준다")
    assert found.mine_marks == found.theirs_marks == ((3, 6),)
    (apart,) = pairs("Turned it on Sunday.", "Doyun: lid is broken.")
    assert apart.mine_marks == ((0, 20),)
    assert apart.theirs_marks == ((0, 21),)


def test_code_made_for_machines_stays_plain() -> None:
    line = 'a("b");' * 200
    assert coloured(line, "javascript") == escape(line)
    assert "<span" in coloured(line[:70] + "\n" + line[:70], "javascript")
