import re
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from notesai.gui import icons, stylesheet, theme
from notesai.gui.appearance import Appearance
from notesai.gui.theme import DARK, LIGHT, Tokens

GUI = Path(theme.__file__).parent

ON_SURFACES = {
    "text": ("background", "surface", "raised", "tint", "mark", "hover", "code"),
    "soft": ("background", "surface", "raised", "tint", "hover"),
    "faint": ("background", "surface", "code"),
    "link": ("background", "surface", "raised", "tint", "code"),
    "warn": ("background", "surface", "hover"),
    "on_accent": ("link",),
    "code_word": ("code",),
    "code_string": ("code",),
    "code_number": ("code",),
}
DRAWN = {"accent": ("surface", "background"), "good": ("background",), "warn": ("surface",)}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", ON_SURFACES)
def test_text_can_be_read_on_every_surface_it_is_used_on(tokens: Tokens, text: str) -> None:
    for surface in ON_SURFACES[text]:
        found = contrast(getattr(tokens, text), getattr(tokens, surface))
        assert found >= 4.5, f"{text} on {surface}: {found:.2f}"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("drawn", DRAWN)
def test_what_is_drawn_can_be_told_from_its_surface(tokens: Tokens, drawn: str) -> None:
    for surface in DRAWN[drawn]:
        assert contrast(getattr(tokens, drawn), getattr(tokens, surface)) >= 3


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_no_colour_is_named_outside_the_theme() -> None:
    for file in GUI.rglob("*.py"):
        if file.name != "theme.py":
            assert not re.search(r"#[0-9a-fA-F]{6}\b", file.read_text("utf-8")), file


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_style_sheets_have_every_value(qapp: QGuiApplication, tokens: Tokens) -> None:
    for sheet in (stylesheet.window(tokens), stylesheet.note(tokens)):
        assert "$" not in sheet
        assert sheet.count("{") == sheet.count("}")


def test_an_appearance_can_be_chosen_and_tells_when_it_changes(look: Appearance) -> None:
    changes: list[bool] = []
    look.changed.connect(lambda: changes.append(look.dark))
    look.choose("dark")
    look.choose("dark")
    assert look.tokens is DARK
    look.choose("light")
    look.choose("no such thing")
    assert changes == [True, False]
    assert look.colour("accent").name() == LIGHT.accent


def test_icons_are_there_and_take_their_colour(qapp: QGuiApplication) -> None:
    for name in ("search", "notes", "status", "pause", "play", "warning"):
        picture = icons.pixmap(name, "#ff0000", 18, 2.0)
        assert (picture.width(), picture.devicePixelRatio()) == (36, 2.0)
        image = picture.toImage()
        inked = [
            image.pixelColor(x, y)
            for x in range(36)
            for y in range(36)
            if image.pixelColor(x, y).alpha() > 200
        ]
        assert inked and all(c.red() > 240 and c.green() < 15 for c in inked)


def test_a_missing_icon_is_an_empty_picture(qapp: QGuiApplication) -> None:
    assert not icons.pixmap("no such icon", "#ff0000", 18).isNull()


def test_every_icon_file_is_used() -> None:
    code = "".join(file.read_text("utf-8") for file in GUI.rglob("*.py"))
    for file in (theme_resources() / "icons").glob("*.svg"):
        assert f'"{file.stem}"' in code, file.name


def theme_resources() -> Path:
    from notesai.paths import resources

    return resources()
