import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from notesai.gui.appearance import Appearance
from notesai.gui.reading import links
from notesai.gui.reading.links import NoteLink, TagLink
from notesai.gui.reading.marks import Span
from notesai.gui.stalls import StallMeter
from notesai.gui.theme import Size
from notesai.gui.widgets.note_blocks import Surface, surface
from notesai.gui.widgets.page_images import find_image, read_image
from notesai.gui.widgets.reader import Reader
from notesai.model import NoteContent, NoteStatus

FREEZE = 1.0
"""Seconds without an event that nobody would take for noise of the machine. How short the gaps
really are is measured by tests/bench/bench_window.py."""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    (folder / "sub").mkdir(parents=True)
    return folder


@pytest.fixture
def reader(look: Appearance, vault: Path, qtbot: QtBot) -> Iterator[Reader]:
    widget = Reader(look, vault)
    qtbot.addWidget(widget)
    widget.resize(520, 600)
    widget.show()
    yield widget
    widget.close_reader()


def note(text: str, path: str = "sub/note.md") -> NoteContent:
    return NoteContent(path, "The title", text, ("tag-a", "설계"), NoteStatus.INDEXED, "")


def text_of(reader: Reader) -> str:
    return reader.page.document().toPlainText()


def wait_written(reader: Reader, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not reader.page.busy, timeout=20_000)


def highlighted(reader: Reader) -> list[str]:
    return [part.cursor.selectedText() for part in reader.page.extraSelections()]


def passage_in_sight(reader: Reader) -> bool:
    parts = reader.page.extraSelections()
    place = reader.page.cursorRect(parts[0].cursor)
    return reader.page.viewport().rect().contains(place.center())


def test_a_note_is_rendered_with_title_tags_and_folder(reader: Reader) -> None:
    reader.show_note(note("# The title\n\nSome **bold** text.\n\n- one\n- two\n"))
    assert text_of(reader) == "Some bold text.\none\ntwo"
    chips = [chip.text() for chip in reader.head.findChildren(QPushButton)]
    assert chips == ["#tag-a", "#설계"]
    assert reader.path == "sub/note.md"
    assert reader._folder.text() == "sub"


def test_raw_html_and_scripts_are_inert_text(reader: Reader) -> None:
    reader.show_note(note("<script>alert(1)</script>\n\n<img src='file:///etc/passwd'>\n"))
    assert "<script>alert(1)</script>" in text_of(reader)
    assert "<img src='file:///etc/passwd'>" in text_of(reader)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/x.png",
        "file:///etc/passwd",
        "/etc/passwd",
        "qrc:/x",
        "data:image/png;base64,AAAA",
        "relative.png",
    ],
)
@pytest.mark.parametrize("kind", list(QTextDocument.ResourceType))
def test_no_resource_is_ever_loaded(
    reader: Reader, address: str, kind: QTextDocument.ResourceType
) -> None:
    found = reader.page.loadResource(kind.value, QUrl(address))
    assert getattr(found, "size", QSize)() == QSize(1, 1)


def test_remote_images_are_not_fetched_but_named(reader: Reader) -> None:
    reader.show_note(note("![chart](https://example.org/x.png)"))
    assert text_of(reader) == "Image on the web: chart"


def images_in(reader: Reader) -> list[QSize]:
    kind = QTextDocument.ResourceType.ImageResource.value
    found: list[QSize] = []
    block = reader.page.document().begin()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            shape = at.fragment().charFormat()
            if shape.isImageFormat():
                name = QUrl(shape.toImageFormat().name())
                found.append(reader.page.document().resource(kind, name).size())
            at += 1
        block = block.next()
    return found


def picture(file: Path, width: int, height: int) -> None:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    assert image.save(str(file))


def test_images_of_the_vault_are_shown_no_wider_than_the_column(
    reader: Reader, vault: Path, qtbot: QtBot
) -> None:
    picture(vault / "sub" / "그림.png", 40, 20)
    picture(vault / "wide.png", 3000, 100)
    reader.show_note(note("![a](그림.png)\n\n![[wide.png]]\n\n![x](missing.png)"))
    qtbot.waitUntil(lambda: images_in(reader)[0] == QSize(40, 20))
    qtbot.waitUntil(lambda: images_in(reader)[1].width() > 100)
    assert images_in(reader)[1].width() <= 520
    # A frame that says so stands for what is not there.
    qtbot.waitUntil(lambda: images_in(reader)[2].width() > 100)
    assert images_in(reader)[2].height() == Size.ROW


def test_an_image_is_found_by_its_name_in_any_folder(vault: Path) -> None:
    picture_at = vault / "deep" / "er"
    picture_at.mkdir(parents=True)
    (vault / ".hidden").mkdir()
    picture(vault / ".hidden" / "그림.png", 4, 4)
    picture(picture_at / "그림.png", 4, 4)
    decomposed = unicodedata.normalize("NFD", "그림.png")
    for source in ("그림.png", "elsewhere/그림.PNG", decomposed, "그림.png#icon"):
        assert find_image(vault, source, "sub/note.md") == picture_at / "그림.png"
    assert find_image(vault, "", "sub/note.md") is None


def test_images_outside_the_vault_are_not_found(vault: Path) -> None:
    picture(vault.parent / "secret.png", 4, 4)
    (vault / "link.png").symlink_to(vault.parent / "secret.png")
    picture(vault / "own.png", 4, 4)
    assert find_image(vault, "own.png", "sub/note.md") == vault / "own.png"
    assert find_image(vault, "../own.png", "sub/note.md") == vault / "own.png"
    assert find_image(vault, "/own.png", "sub/note.md") == vault / "own.png"
    for source in (
        "../secret.png",
        "../../secret.png",
        "link.png",
        str(vault.parent / "secret.png"),
        "\0",
    ):
        assert find_image(vault, source, "sub/note.md") is None


def test_a_picture_that_is_none_stays_empty(vault: Path) -> None:
    (vault / "x.png").write_bytes(b"not a picture")
    assert read_image(vault / "x.png").isNull()
    assert read_image(vault / "gone.png").isNull()
    picture(vault / "huge.png", 4000, 40)
    assert read_image(vault / "huge.png").width() == Size.IMAGE_LARGEST


def test_the_passage_is_highlighted_and_in_sight(reader: Reader, qtbot: QtBot) -> None:
    text = (
        "# The title\n\n" + "filler paragraph\n\n" * 100 + "- **The** passage\n- goes on\n\nend\n"
    )
    start, end = text.index("- **The**"), text.index("\n\nend")
    reader.show_note(note(text), [Span(start, end)])
    wait_written(reader, qtbot)
    assert highlighted(reader) == ["The passage", "goes on"]
    qtbot.waitUntil(lambda: reader.page.verticalScrollBar().value() > 500)
    assert passage_in_sight(reader)


def test_the_passage_stays_in_sight_when_a_picture_above_it_arrives(
    reader: Reader, vault: Path, qtbot: QtBot
) -> None:
    picture(vault / "tall.png", 300, 900)
    text = "![](/tall.png)\n\nThe needle.\n\n" + "filler\n\n" * 200
    start = text.index("The needle")
    reader.show_note(note(text), [Span(start, start + 11)])
    qtbot.waitUntil(lambda: images_in(reader) == [QSize(300, 900)])
    qtbot.waitUntil(lambda: reader.page.verticalScrollBar().value() > 500)
    assert passage_in_sight(reader)


def test_whoever_scrolls_away_is_left_alone(reader: Reader, vault: Path, qtbot: QtBot) -> None:
    text = "The needle.\n\n" + "filler\n\n" * 300
    reader.show_note(note(text), [Span(0, 11)])
    wait_written(reader, qtbot)
    bar = reader.page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1000)
    bar.setValue(800)
    reader.resize(500, 580)
    qtbot.wait(50)
    assert bar.value() == 800


def test_a_passage_on_the_first_screen_leaves_the_title_in_sight(
    reader: Reader, qtbot: QtBot
) -> None:
    text = "# The title\n\n" + "filler\n\n" * 5 + "The needle.\n\n" + "filler\n\n" * 200
    start = text.index("The needle")
    reader.show_note(note(text), [Span(start, start + 11)])
    wait_written(reader, qtbot)
    qtbot.wait(50)
    assert reader.page.verticalScrollBar().value() == 0
    assert passage_in_sight(reader)


def test_passages_can_be_stepped_through(reader: Reader, qtbot: QtBot) -> None:
    text = "Alpha one.\n\n" + "filler\n\n" * 200 + "Beta two.\n\n" + "filler\n\n" * 200 + "Gamma."
    spans = [Span(text.index(word), text.index(word) + 5) for word in ("Beta", "Alpha", "Gamma")]
    reader.show_note(note(text), spans)
    wait_written(reader, qtbot)
    assert reader._count.text() == "Passage 2 of 3"
    middle = reader.page.verticalScrollBar().value()
    reader._after.click()
    assert reader._count.text() == "Passage 3 of 3"
    assert reader.page.verticalScrollBar().value() > middle
    reader._after.click()
    assert reader._count.text() == "Passage 1 of 3"
    assert reader.page.verticalScrollBar().value() == 0


def test_a_refresh_stays_where_the_reader_is(reader: Reader, qtbot: QtBot) -> None:
    text = "line\n\n" * 300
    reader.show_note(note(text))
    wait_written(reader, qtbot)
    bar = reader.page.verticalScrollBar()
    bar.setValue(1234)
    reader.refresh(note(text + "added\n"))
    wait_written(reader, qtbot)
    assert bar.value() == 1234
    assert "added" in text_of(reader)


def test_another_note_starts_at_its_top(reader: Reader, qtbot: QtBot) -> None:
    reader.show_note(note("line\n\n" * 300))
    wait_written(reader, qtbot)
    reader.page.verticalScrollBar().setValue(900)
    reader.show_note(note("other\n\n" * 300, "other.md"))
    wait_written(reader, qtbot)
    assert reader.page.verticalScrollBar().value() == 0


def test_links_and_tags_are_told_and_never_followed(reader: Reader) -> None:
    links_seen: list[links.Link] = []
    reader.link_clicked.connect(links_seen.append)
    reader.show_note(note("[[다른 노트#머리]] #태그"))
    before = text_of(reader)
    for href in ("note:%EB%8B%A4#%EB%A8%B8", "tag:%ED%83%9C", "javascript:x()", "file:///etc"):
        reader.page.anchorClicked.emit(QUrl.fromEncoded(href.encode()))
    assert links_seen == [NoteLink("다", "머"), TagLink("태")]
    assert text_of(reader) == before


def test_headings_can_be_gone_to(reader: Reader, qtbot: QtBot) -> None:
    reader.show_note(note("text\n\n" * 200 + "## 여기 **있다**\n\nend\n\n" + "text\n\n" * 200))
    wait_written(reader, qtbot)
    reader.go_to_heading("여기 있다")
    assert reader.page.verticalScrollBar().value() > 1000
    reader.go_to_heading("없는 제목")
    assert reader._notice.text() == "There is no heading “없는 제목” here."


def test_a_note_that_is_not_indexed_says_why(reader: Reader) -> None:
    content = NoteContent("a.txt", "a", "text", (), NoteStatus.SKIPPED, "Larger than 20 MiB.")
    reader.show_note(content)
    assert reader._notice.isVisible()
    assert reader._notice.text() == "Not in the index: Larger than 20 MiB."


def surfaces(reader: Reader) -> list[Surface]:
    block = reader.page.document().begin()
    found: list[Surface] = []
    while block.isValid():
        found.append(surface(block))
        block = block.next()
    return found


def test_code_quotes_and_callouts_stand_on_their_surfaces(reader: Reader) -> None:
    reader.show_note(
        note("text\n\n```py\na\nb\n```\n\n> q\n> > deep\n\n> [!warning] W\n> w\n\n- i\n- [x] t\n")
    )
    first = Surface.FIRST
    assert surfaces(reader) == [
        Surface.NONE,
        Surface.CODE | first,
        Surface.CODE,
        Surface.QUOTE | first,
        Surface.QUOTE,
        Surface.WARNING | first,
        Surface.WARNING,
        Surface.BULLET,
        Surface.TASK | Surface.DONE,
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_surfaces_are_painted_and_follow_the_appearance(
    reader: Reader, look: Appearance, theme: str, qtbot: QtBot
) -> None:
    look.choose("dark" if theme == "light" else "light")
    reader.show_note(note("```\ncode\n```\n\n> [!tip] T\n> t\n"))
    look.choose(theme)
    wait_written(reader, qtbot)
    image = reader.grab().toImage()
    pixels = {image.pixelColor(x, y).name() for x in range(0, 520, 3) for y in range(0, 600, 3)}
    assert {look.tokens.code, look.tokens.tint, look.tokens.surface} <= pixels


def test_the_column_is_never_wider_than_75_characters(reader: Reader, qtbot: QtBot) -> None:
    reader.resize(1600, 600)
    reader.show_note(note("word " * 400))
    qtbot.wait(20)
    frame = reader.page.document().rootFrame().frameFormat()
    width = reader.page.viewport().width() - frame.leftMargin() - frame.rightMargin()
    text = "the quick brown fox jumps over the lazy dog and back again, and so on and on"
    assert len(text) == 76
    assert 0.8 < width / reader.page.fontMetrics().horizontalAdvance(text) < 1.2
    assert abs(frame.leftMargin() - frame.rightMargin()) <= 1


def longest_stall(act: Callable[[], None], qtbot: QtBot, reader: Reader) -> float:
    """The longest stall while `act` is done and its note is written, in seconds."""
    meter = StallMeter()
    meter.start()
    qtbot.wait(10)
    act()
    wait_written(reader, qtbot)
    qtbot.wait(30)
    meter.stop()
    return meter.longest


def big_note() -> str:
    lines = [
        f"## Section {n}" if n % 25 == 0 else f"- item {n} with **bold**, `code` and [[a link {n}]]"
        for n in range(5000)
    ]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(big_note(), id="5,000 lines"),
        pytest.param("word " * 200_000, id="a line of 1 MB"),
        pytest.param("```\n" + "x = 1  # code\n" * 5000 + "```\n", id="5,000 lines of code"),
        pytest.param("[" * 300_000, id="brackets"),
        pytest.param(">" * 5000 + "\n" + "- " * 5000, id="deep nesting"),
    ],
)
def test_a_huge_note_does_not_hold_up_the_window(reader: Reader, qtbot: QtBot, text: str) -> None:
    """The best of three: other work may share the machine."""
    stalls = [longest_stall(lambda: reader.show_note(note(text)), qtbot, reader) for _ in range(3)]
    assert min(stalls) < FREEZE


def test_a_huge_note_is_shown_in_parts(reader: Reader, qtbot: QtBot) -> None:
    reader.show_note(note("A paragraph of text.\n\n" * 40_000))
    wait_written(reader, qtbot)
    first = reader.page.document().characterCount()
    assert text_of(reader).endswith("Show more")
    reader.page.anchorClicked.emit(QUrl(links.MORE))
    wait_written(reader, qtbot)
    assert reader.page.document().characterCount() > 1.8 * first
    assert text_of(reader).count("Show more") == 1


def test_a_passage_at_the_end_of_a_huge_note_is_shown_at_once(reader: Reader, qtbot: QtBot) -> None:
    text = "A paragraph of text.\n\n" * 100_000 + "The needle.\n"
    start = text.index("The needle")
    reader.show_note(note(text), [Span(start, start + 11)])
    qtbot.waitUntil(lambda: highlighted(reader) == ["The needle."])
    assert text_of(reader).startswith("Show from the beginning")
    reader.show_from_start()
    assert text_of(reader).startswith("A paragraph")


def test_showing_another_note_stops_the_one_before(reader: Reader, qtbot: QtBot) -> None:
    reader.show_note(note("first " * 100_000))
    assert reader.page.busy
    reader.show_note(note("second"))
    wait_written(reader, qtbot)
    assert text_of(reader) == "second"


def test_plain_text_keeps_its_lines(reader: Reader) -> None:
    reader.show_note(note("# not a heading\n\n  indented <b>\n", "a.txt"))
    assert text_of(reader) == "# not a heading\n\n  indented <b>\n"


def test_the_page_can_be_scrolled_by_keyboard(reader: Reader, qtbot: QtBot) -> None:
    reader.show_note(note("text\n\n" * 300))
    wait_written(reader, qtbot)
    reader.focus_page()
    qtbot.keyClick(reader.page, Qt.Key.Key_PageDown)
    QApplication.processEvents()
    assert reader.page.verticalScrollBar().value() > 100


def test_of_thousands_of_tags_the_head_shows_some(reader: Reader, qtbot: QtBot) -> None:
    tags = tuple(f"tag-{n}" for n in range(5_000))
    content = NoteContent("a.md", "T", "text", tags, NoteStatus.INDEXED, "")
    reader.show_note(content)
    chips = reader.head.findChildren(QPushButton)
    assert [chip.text() for chip in chips[:2]] == ["#tag-0", "#tag-1"]
    assert len(chips) < 100
    wait_written(reader, qtbot)
    assert "text" in text_of(reader)


def test_many_tags_wrap_and_push_the_text_down(reader: Reader, qtbot: QtBot) -> None:
    tags = tuple(f"a-rather-long-tag-{n}" for n in range(30))
    content = NoteContent("a.md", "T", "text", tags, NoteStatus.INDEXED, "")
    reader.show_note(content)
    qtbot.wait(30)
    top = reader.page.document().rootFrame().frameFormat().topMargin()
    assert top == reader.head.height() > 150
    clicked: list[str] = []
    reader.tag_clicked.connect(clicked.append)
    reader.head.findChildren(QPushButton)[3].click()
    assert clicked == ["a-rather-long-tag-3"]
