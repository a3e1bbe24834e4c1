"""The look: every colour, distance, size and face of the window.

Nothing outside this file names a colour or a size in pixels.
Text colours keep a contrast of 4.5 to 1 on the surfaces they are used on (WCAG 2.2, 1.4.3).
"""

import functools
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontDatabase


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one appearance, as `#rrggbb`.

    `accent` fills and draws; `link` is the accent as text, dark enough to read; `on_accent` is
    text on `link`. `mark` lies behind found passages and nothing else; `code` behind code, and
    the `code_` colours tell its keywords, strings and numbers apart. `marks` tell groups of notes
    apart on the map: eight in the manner of Okabe and Ito, chosen so that they keep a contrast of
    3 to 1 on the surface and stay apart for colour-blind eyes. `tints` lie behind one token
    of a model after the other.
    """

    background: str
    surface: str
    raised: str
    line: str
    text: str
    soft: str
    faint: str
    accent: str
    link: str
    on_accent: str
    tint: str
    mark: str
    good: str
    warn: str
    hover: str
    code: str
    code_word: str
    code_string: str
    code_number: str
    marks: tuple[str, ...]
    tints: tuple[str, ...]


LIGHT = Tokens(
    background="#f7f7f5",
    surface="#ffffff",
    raised="#ffffff",
    line="#e6e5e1",
    text="#1f2328",
    soft="#5c626a",
    faint="#686d76",
    accent="#3a6ff7",
    link="#2a5ee8",
    on_accent="#ffffff",
    tint="#eaf0ff",
    mark="#fff1b8",
    good="#2f9e63",
    warn="#915600",
    hover="#f4f4f1",
    code="#f4f4f1",
    code_word="#7a3e9d",
    code_string="#2a6f45",
    code_number="#8a5200",
    marks=(
        "#2475ff",
        "#ca8700",
        "#00a463",
        "#bd83b6",
        "#00508a",
        "#8c2418",
        "#8a5700",
        "#151a22",
    ),
    tints=("#dfe8ff", "#dcf3e4", "#ffe6cf", "#eee0f8"),
)

DARK = Tokens(
    background="#17181a",
    surface="#1e1f22",
    raised="#26282c",
    line="#2f3136",
    text="#e7e8ea",
    soft="#a2a7ae",
    faint="#8b9099",
    accent="#7aa2ff",
    link="#7aa2ff",
    on_accent="#17181a",
    tint="#26324d",
    mark="#5a4a12",
    good="#58c48b",
    warn="#e0a24a",
    hover="#26282c",
    code="#26282c",
    code_word="#c6a2ee",
    code_string="#94cfa3",
    code_number="#e0a24a",
    marks=(
        "#3b8fd6",
        "#e69f00",
        "#12a880",
        "#d97db0",
        "#8cd0ff",
        "#e8622a",
        "#f0e442",
        "#f2f3f5",
    ),
    tints=("#26324d", "#1f3a2c", "#46311e", "#3a2950"),
)


class Space:
    """Distances in pixels."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    GAP = 14
    EDGE = 20
    CARD = 18


class Size:
    """Type sizes and fixed measures in pixels."""

    CAPS = 11
    SMALL = 12
    BASE = 13
    READING = 14
    LEAD = 16
    TITLE = 22
    READING_LINE = 21
    SNIPPET_LINE = 19
    TITLE_LINE = 20
    DETAIL_LINE = 18
    BADGE = 18
    BAR_WIDTH = 140
    READING_COLUMNS = 75
    QUOTE = 16
    RADIUS = 10
    RADIUS_SMALL = 6
    ICON_SMALL = 16
    ICON = 18
    ICON_RAIL = 22
    BUTTON = 30
    BUTTON_RAIL = 40
    RAIL = 60
    FIELD = 40
    STATUS = 32
    BAR = 3
    DOT = 8
    BULLET = 5
    TICK_BOX = 13
    LIST = 345
    RELATED = 298
    CARD_LEAST = 220
    READER_LEAST = 300
    WINDOW = (1280, 800)
    WINDOW_LEAST = (880, 600)
    FRAME = (8, 40)
    ILLUSTRATION = 32
    ROW = 30
    TILE = 84
    LABELS = 110
    IMAGE_LARGEST = 1600
    QUICK_TEXT = 18
    QUICK_FIELD = 58
    QUICK_FOOT = 38
    QUICK_LEAST = 640
    QUICK = 960
    QUICK_LIST = 400
    QUICK_ROWS = 8
    QUICK_ROW = 63
    KEY = 20
    WELCOME = 560
    SECTIONS = 220
    TABLE_WHY = 200
    COLUMN_REST = 160
    COLUMN_LEAST = 64
    ENTRY = 300
    CONVERSATION = 620
    CONVERSATIONS = 232
    SOURCES = 300
    QUESTION_LINES = 7
    DIALOG = (720, 560)
    TABLE_ROW = 34
    CLUSTERS = 262
    MAP_SIDE = 384
    MAP_LEAST = 320
    MAP_MARGIN = 36
    MAP_REACH = 10
    MAP_RING = 11
    MAP_HOVER = 320
    LEGEND = 58
    TOKENS = (820, 680)


# What fontconfig falls back to where no desktop names a face: no one chose these.
_UNCHOSEN = {"DejaVu Sans", "Bitstream Vera Sans", "Sans Serif", "Sans", "sans-serif", ""}
_KOREAN = ("Noto Sans CJK KR", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic")
_CODE = ("Menlo", "Cascadia Mono", "Consolas", "Noto Sans Mono", "DejaVu Sans Mono")


@functools.cache
def faces() -> tuple[str, ...]:
    """The system's face, then those that have Hangul. A face that nobody chose comes last."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    korean = [name for name in _KOREAN if QFontDatabase.hasFamily(name)]
    return (*korean, system) if system in _UNCHOSEN else (system, *korean)


@functools.cache
def code_faces() -> tuple[str, ...]:
    """Faces for code, then those that have Hangul."""
    return tuple(name for name in (*_CODE, *_KOREAN) if QFontDatabase.hasFamily(name))


def font(pixels: int, *, bold: bool = False) -> QFont:
    """The window's face at `pixels`."""
    face = QFont(list(faces()))
    face.setPixelSize(pixels)
    if bold:
        face.setWeight(QFont.Weight.DemiBold)
    return face
