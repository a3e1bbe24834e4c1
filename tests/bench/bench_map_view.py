"""How quick the map is in a person's hands: the time that each frame takes to paint.

    python tests/bench/bench_map_view.py [--notes 20000] [--size 1000x700] [--here]

Paints a map of so many notes in sixty topics, without a display and under Xvfb (or on the display
there is, with --here). A frame is what one move of the mouse costs the window: the new place, the
painting of the whole map, and under a display its way to the screen. 16.7 ms is 60 frames a second.
Prints the middle, 95 of 100 and the longest frame of each act, in the processor's time and by the
clock, which on a busy machine counts the work of others too; beside the same frames painted by
pyqtgraph where it is installed, and what the map adds to the memory of the window.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable

import psutil
from bench_window import display

TOPICS, THEMES = 60, 12
FRAMES = 90
Act = Callable[[int], None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=20_000)
    parser.add_argument("--size", default="1000x700")
    parser.add_argument("--here", action="store_true", help="use the display there is")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    width, height = (int(side) for side in options.size.split("x"))
    if options.inside:
        print(json.dumps(measured(options.notes, width, height)))
        return
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    show("offscreen", run(environment))
    with display(environment, here=options.here):
        show("on a display", run(environment))


def run(environment: dict[str, str]) -> dict[str, object]:
    """The figures of one process."""
    command = [sys.executable, __file__, *sys.argv[1:], "--inside"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def show(name: str, figures: dict[str, object]) -> None:
    print(f"{name}: {figures.pop('notes')} notes, {figures.pop('memory'):.0f} MB for the map")
    for act, value in figures.items():
        print(f"  {act:44} {value}")


def measured(count: int, width: int, height: int) -> dict[str, object]:
    """Paint the map while it is moved."""
    from PySide6.QtCore import QPointF
    from PySide6.QtWidgets import QApplication

    from notesai.gui.appearance import Appearance

    app = QApplication([])
    look = Appearance(app, "light")
    before = psutil.Process().memory_info().rss
    canvas, seconds = filled(look, count)
    canvas.resize(width, height)
    canvas.show()
    while not canvas.frames_drawn:
        app.processEvents()
    figures: dict[str, object] = {
        "notes": count,
        "memory": (psutil.Process().memory_info().rss - before) / 1e6,
        "from answer to points and names": f"{1000 * seconds:.0f} ms",
    }

    def act(name: str, do: Act) -> None:
        drawn = canvas.frames_drawn
        frames = timed(app, canvas, do)
        figures[name] = f"{frames}, points drawn {canvas.frames_drawn - drawn} times"

    place = QPointF(width / 3, height / 3)
    act("panning, all in sight", lambda n: canvas.pan(5 if n < FRAMES / 2 else -5, 3))
    act("zooming in", lambda n: canvas.zoom(1.03, place))
    act("panning, from near", lambda n: canvas.pan(14, 6))
    act("zooming out", lambda n: canvas.zoom(1 / 1.03, place))
    canvas.fit()
    act("pointing", lambda n: canvas.point_to(place + QPointF(4 * n % 300, n)))
    act("at rest: all points drawn exactly", lambda n: canvas.redraw())
    if (other := pyqtgraph(app, canvas, width, height)) is not None:
        figures["the same points panned by pyqtgraph"] = other
    canvas.close()
    return figures


def filled(look: object, count: int) -> tuple[object, float]:
    """A map of so many notes, and how long it took from the engine's answer on."""
    from notesai.gui.map.canvas import MapCanvas
    from notesai.gui.map.cloud import Styles
    from notesai.gui.map.colouring import ColourBy, colour
    from notesai.gui.map.labels import labels_of
    from notesai.gui.map.marks import mark_of
    from notesai.gui.map.points import Points
    from notesai.model import Cluster, Clusters, MapPoint

    chance = random.Random(7)
    middles = [(chance.uniform(-0.9, 0.9), chance.uniform(-0.9, 0.9)) for _ in range(TOPICS)]
    notes = [
        MapPoint(
            f"folder {at % 9}/note {at}.md",
            f"Note {at}",
            chance.gauss(middles[at % TOPICS][0], 0.06),
            chance.gauss(middles[at % TOPICS][1], 0.06),
            f"topic-{at % TOPICS}" if at % 10 else "",
        )
        for at in range(count)
    ]
    inside: dict[str, list[str]] = {}
    for note in notes:
        inside.setdefault(note.cluster, []).append(note.path)
    topics = [
        Cluster(f"topic-{n}", f"topic {n}", (), 0, f"theme-{n % THEMES}", tuple(paths))
        for n in range(TOPICS)
        if (paths := inside.get(f"topic-{n}"))
    ]
    themes = [
        Cluster(
            f"theme-{n}",
            f"theme {n}",
            (),
            0,
            "",
            tuple(path for topic in topics if topic.parent == f"theme-{n}" for path in topic.notes),
        )
        for n in range(THEMES)
    ]
    clusters = Clusters((*themes, *topics), tuple(inside.get("", ())))
    canvas = MapCanvas(look)
    started = time.perf_counter()
    points = Points(notes)
    canvas.show_points(points, labels_of(clusters, points))
    colouring = colour(ColourBy.THEME, notes, clusters)
    marks = [mark_of(group, look.tokens) for group in colouring.groups]
    canvas.show_styles(Styles(colouring.group_of, [0] * count, len(marks) - 1), marks)
    return canvas, time.perf_counter() - started


def pyqtgraph(app: object, canvas: object, width: int, height: int) -> str | None:
    """The frames of the library that one would take else; None if it is not installed."""
    try:
        started = time.perf_counter()
        before = psutil.Process().memory_info().rss
        import numpy
        import pyqtgraph
    except ImportError:
        return None
    loading = time.perf_counter() - started
    plot = pyqtgraph.PlotWidget()
    plot.resize(width, height)
    brushes = [pyqtgraph.mkBrush(at % THEMES) for at in range(len(canvas.points))]
    item = pyqtgraph.ScatterPlotItem(
        x=numpy.array(canvas.points.xs),
        y=numpy.array(canvas.points.ys),
        size=6,
        pen=None,
        brush=brushes,
    )
    plot.addItem(item)
    plot.show()
    app.processEvents()
    memory = (psutil.Process().memory_info().rss - before) / 1e6
    frames = timed(
        app,
        plot.viewport(),
        lambda n: plot.setXRange(-1 + n / 100, 1 + n / 100, padding=0),
    )
    plot.close()
    return f"{frames}; loaded in {loading:.2f} s, {memory:.0f} MB"


def timed(app: object, widget: object, do: Act) -> str:
    """The times of all frames of an act."""
    wall: list[float] = []
    work: list[float] = []
    for number in range(FRAMES):
        started, began = time.perf_counter(), time.process_time()
        do(number)
        widget.repaint()
        app.processEvents()
        wall.append(1000 * (time.perf_counter() - started))
        work.append(1000 * (time.process_time() - began))
    return f"{told(work)} of work ({told(wall)} by the clock)"


def told(frames: list[float]) -> str:
    ordered = sorted(frames)
    middle, late = ordered[len(ordered) // 2], ordered[int(0.95 * len(ordered))]
    return f"{middle:.1f}, {late:.1f}, {ordered[-1]:.1f} ms"


if __name__ == "__main__":
    main()
