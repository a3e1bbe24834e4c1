"""Take the pictures: `python -m devtool.pictures FOLDER [NAME...]`.

HOME has to be an empty folder of its own: everything that the pictures show is put there.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path

from PySide6.QtWidgets import QApplication

from devtool.pictures import scenes
from devtool.pictures.camera import Camera
from devtool.pictures.scenes import Scene
from devtool.pictures.stage import Stage, Theatre

LANGUAGES = ("ko", "en")
THEMES = ("light", "dark")


def main() -> int:
    """Take all pictures, or those of the scenes that are named."""
    parser = argparse.ArgumentParser(prog="pictures", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--ratio", type=int, default=1)
    options = parser.parse_args()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("notesai")
    app.setCursorFlashTime(0)
    theatre = Theatre(app)
    theatre.furnish()
    camera = Camera(options.folder, options.ratio)
    for language, theme in product(LANGUAGES, THEMES):
        camera.variant = f"{theme}-{language}"
        _play(theatre, camera, language, theme, set(options.names))
        print(f"    {camera.variant}", flush=True)
    return 0


def _play(theatre: Theatre, camera: Camera, language: str, theme: str, names: set[str]) -> None:
    empty = Path.home() / "New notes"
    empty.mkdir(exist_ok=True)
    gone = Path.home() / "USB stick"
    for vault, acts, ready in (
        (None, scenes.FIRST, False),
        (theatre.vault, scenes.MAIN, True),
        (empty, scenes.EMPTY, False),
        (gone, scenes.AWAY, False),
    ):
        wanted = _wanted(acts, names, camera.ratio)
        if wanted:
            with theatre.stage(language, theme, vault, ready=ready) as stage:
                camera.idle = lambda stage=stage: stage.client.idle
                _take(wanted, stage, camera)


def _wanted(acts: Sequence[Scene], names: set[str], ratio: int) -> list[Scene]:
    """Those that are named, else all; of twice the size the essential ones alone."""
    among = [scene for scene in acts if ratio == 1 or scene in scenes.ESSENTIAL]
    return [scene for scene in among if not names or scene.__name__ in names]


def _take(acts: Iterable[Scene], stage: Stage, camera: Camera) -> None:
    for scene in acts:
        scene(stage, camera)


if __name__ == "__main__":
    sys.exit(main())
