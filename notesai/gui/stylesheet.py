"""The one style sheet of the window, and the one of the note inside the reader."""

from string import Template

from notesai.gui.theme import Size, Space, Tokens, code_faces

_WINDOW = Template("""
* { outline: none; }
QWidget#window, QWidget#page { background: $background; }
QWidget#rail { background: $background; border: none; border-right: 1px solid $line; }
QFrame#card { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame#rule { background: $line; border: none; }
QToolTip {
    background: $raised; color: $text; border: 1px solid $line; padding: ${xs}px ${s}px;
    font-size: ${small}px;
}
QLabel { background: transparent; color: $text; }
QLabel#soft { color: $soft; font-size: ${small}px; }
QLabel#faint { color: $faint; font-size: ${small}px; }
QLabel#caps { color: $faint; font-size: ${caps}px; font-weight: 600; }
QLabel#title { font-size: ${title}px; font-weight: 600; }
QLabel#lead { font-size: ${lead}px; font-weight: 600; }
QLabel#what { color: $soft; font-size: ${reading}px; }
QLabel#figure { font-size: ${title}px; font-weight: 600; }
QLabel#value { font-size: ${base}px; }
QLabel#warn { color: $warn; font-size: ${small}px; font-weight: 600; }

QToolButton#rail, QToolButton#icon {
    background: transparent; border: 1px solid transparent; border-radius: ${radius}px;
}
QToolButton#icon { border-radius: ${radius_small}px; }
QToolButton#rail:hover, QToolButton#icon:hover { background: $hover; }
QToolButton#rail:checked { background: $tint; }
QToolButton#rail:focus, QToolButton#icon:focus { border-color: $accent; }

QPushButton, QToolButton#choice {
    background: $surface; color: $text; border: 1px solid $line;
    border-radius: ${radius_small}px; padding: 5px ${m}px; font-size: ${base}px;
}
QPushButton:hover, QToolButton#choice:hover { background: $hover; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $faint; }
QPushButton#primary { background: $link; color: $on_accent; border-color: $link; }
QPushButton#primary:disabled { background: $hover; color: $faint; border-color: $line; }
QPushButton#primary:focus { border-color: $text; }
QPushButton#quiet, QToolButton#choice {
    background: transparent; color: $soft; border: 1px solid transparent;
    border-radius: ${radius_small}px; padding: 2px ${s}px; font-size: ${small}px;
}
QPushButton#quiet:hover, QToolButton#choice:hover { background: $hover; color: $text; }
QPushButton#quiet:focus, QToolButton#choice:focus { border-color: $accent; }
QPushButton#quiet:checked { background: $tint; color: $link; font-weight: 600; }
QToolButton#choice::menu-indicator, QToolButton#icon::menu-indicator { image: none; width: 0; }
QPushButton#chip {
    background: $tint; color: $link; border: 1px solid $tint;
    border-radius: 9px; padding: 0 ${s}px; font-size: ${small}px;
    min-height: 18px; max-height: 18px;
}
QPushButton#chip:hover, QPushButton#chip:focus { border-color: $accent; }

QPushButton#option:checked { background: $tint; color: $link; border-color: $accent; }
QLineEdit#entry, QPlainTextEdit#entry, QListWidget#entry {
    background: $surface; color: $text; border: 1px solid $line;
    border-radius: ${radius_small}px; padding: ${xs}px ${s}px; font-size: ${base}px;
    selection-background-color: $link; selection-color: $on_accent;
}
QLineEdit#entry:focus, QPlainTextEdit#entry:focus, QListWidget#entry:focus {
    border: 1px solid $accent;
}
QListWidget#entry::item, QListWidget#sections::item {
    padding: 5px ${s}px; border-radius: ${radius_small}px;
}
QListWidget#entry::item:selected, QListWidget#sections::item:selected, QTableView::item:selected {
    background: $tint; color: $text;
}
QTableView { background: transparent; border: none; color: $text; font-size: ${base}px; }
QTableView::item { padding: 0 ${s}px; border: none; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    background: transparent; color: $faint; border: none; border-bottom: 1px solid $line;
    padding: ${xs}px ${m}px; font-size: ${caps}px; font-weight: 600;
}

QFrame#field { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame#field[focused="true"] { border-color: $accent; }
QFrame#field QLineEdit {
    background: transparent; border: none; color: $text; font-size: ${reading}px; padding: 0;
    selection-background-color: $link; selection-color: $on_accent;
}

QAbstractScrollArea, QListView, QTreeView, QTextBrowser, QScrollArea, QStackedWidget {
    background: transparent; border: none; color: $text;
}
QListView:focus, QTreeView:focus, QTextBrowser:focus { border: none; }
QPlainTextEdit {
    background: transparent; border: none; color: $text;
    selection-background-color: $link; selection-color: $on_accent;
}
QPlainTextEdit#side {
    background: $surface; border: 1px solid $line; border-radius: ${radius_small}px;
    padding: ${xs}px;
}
QAbstractScrollArea::corner { background: transparent; border: none; }
QTextBrowser { selection-background-color: $link; selection-color: $on_accent; }

QScrollBar:vertical { background: transparent; width: 8px; margin: 2px 0 2px 2px; }
QScrollBar::handle:vertical { background: $line; border-radius: 3px; min-height: 32px; }
QScrollBar::handle:vertical:hover { background: $faint; }
QScrollBar:horizontal { background: transparent; height: 8px; margin: 2px 2px 0 2px; }
QScrollBar::handle:horizontal { background: $line; border-radius: 3px; min-width: 32px; }
QScrollBar::handle:horizontal:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $line; border: none; border-radius: 1px; max-height: ${bar}px; }
QProgressBar::chunk { background: $accent; border-radius: 1px; }

QSlider::groove:horizontal { background: $line; height: ${bar}px; border-radius: 1px; }
QSlider::sub-page:horizontal { background: $accent; height: ${bar}px; border-radius: 1px; }
QSlider::handle:horizontal {
    background: $surface; border: 2px solid $accent; border-radius: 7px;
    width: 10px; height: 10px; margin: -6px 0;
}
QSlider::handle:horizontal:focus { background: $accent; }

QSplitter::handle { background: transparent; }
QMenu {
    background: $raised; color: $text; border: 1px solid $line; border-radius: ${radius_small}px;
    padding: ${xs}px;
}
QMenu::item { padding: 5px ${xl}px 5px ${m}px; border-radius: ${xs}px; }
QMenu::item:selected { background: $tint; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: ${xs}px ${s}px; }
QMenu::indicator { width: 14px; height: 14px; }

QFrame#quick { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame#quick QLineEdit {
    background: transparent; border: none; color: $text; font-size: ${quick_text}px; padding: 0;
    selection-background-color: $link; selection-color: $on_accent;
}
QFrame#upright { background: $line; border: none; }
QLabel#key {
    color: $soft; font-size: ${caps}px; background: $background; border: 1px solid $line;
    border-radius: ${xs}px; padding: 0 5px;
}

QTabWidget::pane { border: none; padding-top: ${s}px; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: $soft; border: 1px solid transparent;
    border-radius: ${radius_small}px; padding: ${xs}px ${m}px; margin-right: ${xs}px;
}
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:selected { background: $tint; color: $link; }
QTabBar::tab:focus { border-color: $accent; }
QLabel#doubt { color: $warn; font-size: ${small}px; }
QPushButton#inline {
    background: transparent; color: $soft; border: 1px solid transparent; border-radius: 0;
    padding: 2px 0; font-size: ${small}px;
}
QPushButton#inline:hover { background: transparent; color: $link; }
QPushButton#inline:focus { color: $link; border-bottom-color: $accent; }
QLabel#question { font-size: ${lead}px; font-weight: 600; }
QFrame#asking { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame#asking[focused="true"] { border-color: $accent; }
QFrame#source { background: $surface; border: 1px solid $line; border-radius: ${radius_small}px; }
QFrame#source:hover, QFrame#source[pointed="true"] { border-color: $accent; }
QFrame#source:focus { border-color: $accent; background: $hover; }
QLabel#number {
    color: $link; background: $tint; border-radius: 9px; font-size: ${caps}px; font-weight: 600;
    min-width: 18px; min-height: 18px; max-height: 18px; padding: 0 2px;
}
QLabel#passage { color: $soft; font-size: ${base}px; }
QLabel#passage[pointed="true"] { color: $text; background: $mark; }

QFrame#banner { background: $raised; border: 1px solid $warn; border-radius: ${radius}px; }
""")

_NOTE = Template("""
body { color: $text; }
p { margin: 0 0 10px 0; line-height: ${line_height}px; }
p.plain { margin: 0; white-space: pre-wrap; }
p.callout { margin: 0 0 4px 0; }
h1, h2, h3, h4, h5, h6 { font-weight: 600; }
h1 { font-size: 19px; margin: 26px 0 8px 0; line-height: 28px; }
h2 { font-size: ${lead}px; margin: 22px 0 8px 0; line-height: 24px; }
h3 { font-size: 15px; margin: 18px 0 6px 0; line-height: 22px; }
h4, h5, h6 { font-size: ${reading}px; margin: 14px 0 4px 0; line-height: ${line_height}px; }
ul, ol { margin: 0 0 10px 0; }
li { margin: 0 0 3px 0; line-height: ${line_height}px; }
a { color: $link; text-decoration: none; }
code { font-family: $code_faces; font-size: ${small}px; background-color: $code; }
pre { font-family: $code_faces; font-size: ${small}px; line-height: 20px; white-space: pre-wrap;
    margin: 0 ${m}px 0 ${m}px; }
.marked { background-color: $tint; }
.word { color: $code_word; }
.string { color: $code_string; }
.number { color: $code_number; }
.comment { color: $faint; }
.name { color: $link; }
table { border-color: $line; border-collapse: collapse; border-style: solid; margin: 4px 0 12px 0; }
th { font-weight: 600; }
td, th { line-height: 20px; }
blockquote { margin: 0 ${m}px 0 ${quote}px; }
""")


def window(tokens: Tokens) -> str:
    """The style sheet of the application."""
    return _WINDOW.substitute(_values(tokens))


def note(tokens: Tokens) -> str:
    """The style sheet of a note's HTML, in the subset of CSS that Qt's rich text knows."""
    return _NOTE.substitute(_values(tokens))


def answer(tokens: Tokens) -> str:
    """The style sheet of an answer's HTML, which is set as a note is."""
    return note(tokens)


def _values(tokens: Tokens) -> dict[str, str | int]:
    colours = {name: getattr(tokens, name) for name in tokens.__slots__}
    return {
        **colours,
        "xs": Space.XS,
        "s": Space.S,
        "m": Space.M,
        "xl": Space.XL,
        "caps": Size.CAPS,
        "small": Size.SMALL,
        "base": Size.BASE,
        "reading": Size.READING,
        "lead": Size.LEAD,
        "title": Size.TITLE,
        "quick_text": Size.QUICK_TEXT,
        "quote": Size.QUOTE,
        "line_height": Size.READING_LINE,
        "radius": Size.RADIUS,
        "radius_small": Size.RADIUS_SMALL,
        "bar": Size.BAR,
        "code_faces": ", ".join(f"'{face}'" for face in code_faces()),
    }
