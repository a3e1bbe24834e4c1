import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.gui.reading import links
from notesai.gui.reading.html import Renderer, Words, plain_html
from notesai.gui.reading.links import NoteLink, TagLink, WebLink
from notesai.gui.reading.marks import Span
from notesai.gui.reading.note_text import NoteText
from notesai.model import NoteContent, NoteStatus


def html(markdown: str, definitions: str = "") -> str:
    return Renderer(Words(), definitions).html(markdown)


def note(text: str, path: str = "a.md", title: str = "Title") -> NoteContent:
    return NoteContent(path, title, text, (), NoteStatus.INDEXED, "")


def body(text: str, path: str = "a.md", title: str = "Title") -> str:
    return "".join(NoteText.of(note(text, path, title)).html(Words()))


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<iframe src='//evil.example'></iframe>",
        "text <b onclick='x()'>bold</b>",
        "<style>body{display:none}</style>",
        "<a href='javascript:x()'>x</a>",
    ],
)
def test_raw_html_is_shown_as_text(evil: str) -> None:
    shown = html(evil)
    assert "&lt;" in shown
    for tag in ("<script", "<img", "<iframe", "<b ", "<style", "<!--", "<a href"):
        assert tag not in shown


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "vbscript:x", "//host/x"],
)
def test_no_link_leads_to_anything_but_notes_and_the_web(address: str) -> None:
    assert "href=" not in html(f"[text]({address})")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_image_on_the_web_is_a_link_and_never_an_image(scheme: str) -> None:
    shown = html(f"![a chart]({scheme}://example.org/x.png)")
    assert "<img" not in shown
    assert f'<a href="{scheme}://example.org/x.png">Image on the web: a chart</a>' in shown


@given(st.text(st.sampled_from("<>&\"'()[]!:/ab# \n*`|-javscriptdfle"), max_size=80))
def test_only_our_own_tags_and_addresses_come_out(markdown: str) -> None:
    shown = html(markdown)
    for start in range(len(shown)):
        if shown.startswith(('href="', 'src="'), start):
            value = shown[start:].split('"')[1]
            ours = ("http://", "https://", "mailto:", "note:", "tag:", links.IMAGE)
            assert value.startswith(ours)
    assert "<script" not in shown


def test_a_local_image_is_named_by_an_address_of_our_own() -> None:
    shown = html("![](그림/a b.png) ![[차트.png]]")
    addresses = [part.split('"')[0] for part in shown.split('src="')[1:]]
    # A destination with a space is no link in Markdown; the embed is an image.
    assert [links.image_source(address) for address in addresses] == ["차트.png"]
    assert links.image_source("https://example.org/x.png") == ""


@pytest.mark.parametrize(
    ("markdown", "expected", "shown"),
    [
        ("[[다른 노트]]", NoteLink("다른 노트"), "다른 노트"),
        ("[[다른 노트|이름]]", NoteLink("다른 노트"), "이름"),
        ("[[노트#머리글]]", NoteLink("노트", "머리글"), "노트 › 머리글"),
        ("[[#머리글]]", NoteLink("", "머리글"), "머리글"),
        ("![[노트]]", NoteLink("노트"), "노트"),
        ("[x](../폴더/b%20c.md#h)", NoteLink("../폴더/b c.md", "h"), "x"),
        ("#태그/하위", TagLink("태그/하위"), "#태그/하위"),
        ("https://a.example/b_c_d?x=1.", WebLink("https://a.example/b_c_d?x=1"), "https"),
        ("<https://a.example>", WebLink("https://a.example"), "https"),
        ("mail <me@a.example>", WebLink("mailto:me@a.example"), "me@a.example"),
    ],
)
def test_links(markdown: str, expected: links.Link, shown: str) -> None:
    rendered = html(markdown)
    href = rendered.split('href="')[1].split('"')[0]
    assert links.parse(href) == expected
    assert shown in rendered


def test_links_inside_table_cells_may_escape_the_bar() -> None:
    shown = html("| a |\n|---|\n| [[note\\|name]] |\n")
    assert ">name</a>" in shown


def test_what_is_no_tag_stays_text() -> None:
    assert "tag:" not in html("a#b &#35; #123 # x")


def test_an_address_that_is_not_ours_means_nothing() -> None:
    assert links.parse("javascript:alert(1)") is None
    assert links.parse("file:///etc/passwd") is None


def test_callouts_have_a_title_and_a_kind() -> None:
    shown = html("> [!warning] Mind **this**\n> body\n")
    assert 'name="quote-warning"' in shown
    assert '<p class="callout"><b>Mind <b>this</b></b></p><p>body</p>' in shown
    assert "<b>Tip</b>" in html("> [!tip]-\n> - item\n")
    assert 'name="quote-quote"' in html("> plain\n")


def test_tasks_and_footnotes() -> None:
    shown = html("- [ ] open\n- [x] done\n\ntext[^1]\n\n[^1]: the note\n")
    assert '<li class="unchecked">open</li><li class="checked">done</li>' in shown
    assert 'text<a href="notesai-footnote:1"><sup>1</sup></a>' in shown
    assert '<a name="footnote-1"></a><sup>1</sup>' in shown
    assert "<sup>1</sup> the note</p>" in shown


def test_hard_wrapped_lines_flow_and_short_lines_stay() -> None:
    long = "This line was wrapped by hand at about seventy columns, as is usual."
    assert f"{long} on" in html(f"{long}\non\n")
    assert "짧은 줄<br>다음 줄" in html("짧은 줄\n다음 줄\n")


def test_front_matter_and_the_title_are_not_shown_twice() -> None:
    shown = body("---\ntags: [a]\n---\n\n# Title\n\ntext\n")
    assert shown == "<p>text</p>"
    assert body("+++\nx = 1\n+++\ntext") == "<p>text</p>"
    assert "<h1>Other</h1>" in body("# Other\n\ntext\n")
    assert "tags" in body("text\n---\ntags: x\n---\n")


def test_definitions_reach_every_piece() -> None:
    text = (
        "[see][ref]\n\n" + "word " * 3000 + "\n\n" + "x\n\n" * 3000 + "[ref]: https://a.example\n"
    )
    assert '<a href="https://a.example">see</a>' in body(text)


def test_a_plain_text_file_is_shown_as_it_is() -> None:
    assert (
        body("# no heading\n  <b>", "a.txt") == '<p class="plain"># no heading<br>  &lt;b&gt;</p>'
    )
    assert plain_html("a\nb") == '<p class="plain">a<br>b</p>'


def test_the_best_passage_comes_first_and_is_found_among_all() -> None:
    text = "---\nx: 1\n---\n# Title\n\nAlpha.\n\nBeta.\n\nGamma.\n"
    at = [text.index(word) for word in ("Gamma.", "Alpha.")]
    shown = NoteText.of(note(text), [Span(start, start + 6) for start in at])
    assert shown.passage == 1
    opening, closing = shown.marks
    html = "".join(shown.html(Words()))
    assert f"{opening}Alpha.{closing}" in html and f"{opening}Gamma.{closing}" in html


def test_a_passage_far_down_is_shown_without_all_that_is_before() -> None:
    text = "# A\n\n" + "filler text\n\n" * 50_000 + "## Here\n\nneedle in it\n"
    start = text.index("needle")
    shown = NoteText.of(note(text), [Span(start, start + 6)])
    html = "".join(shown.html(Words()))
    assert not shown.begun
    assert html.startswith(f'<p><a href="{links.START}">')
    assert f"{shown.marks[0]}needle{shown.marks[1]}" in html
    assert len(html) < 60_000


def test_a_passage_far_down_in_code_stays_code() -> None:
    text = "```\n" + "line of code\n\n" * 50_000 + "needle\n```\n"
    start = text.index("needle")
    shown = NoteText.of(note(text), [Span(start, start + 6)])
    assert "<p>line of code" not in "".join(shown.html(Words()))
