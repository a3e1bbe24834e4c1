"""Places, lenses, groups and names of the map, without a window."""

import math
import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from notesai.gui.map.cloud import DIM, HIDDEN, LIT, NORMAL, Cloud, Styles
from notesai.gui.map.colouring import MOST_GROUPS, ColourBy, colour
from notesai.gui.map.emphasis import Emphasis
from notesai.gui.map.labels import Label, Lettering, labels_of, placed, wanted
from notesai.gui.map.layer import Layer
from notesai.gui.map.lens import CLOSEST, Lens
from notesai.gui.map.marks import Mark, Sheet, mark_of
from notesai.gui.map.points import Bounds, Points
from notesai.gui.theme import DARK, LIGHT, Tokens
from notesai.model import Cluster, Clusters, MapPoint

NONE = Clusters((), ())


def note(path: str, x: float = 0.0, y: float = 0.0, **more: object) -> MapPoint:
    return MapPoint(path, path, x, y, **{"cluster": "", **more})


def scattered(count: int, seed: int = 1) -> list[MapPoint]:
    chance = random.Random(seed)
    return [note(f"{at}.md", chance.uniform(-1, 1), chance.uniform(-1, 1)) for at in range(count)]


# Places


def test_the_nearest_point_is_the_one_that_comparing_all_finds() -> None:
    points, chance = Points(scattered(800)), random.Random(2)
    for _ in range(200):
        x, y, reach = chance.uniform(-1.2, 1.2), chance.uniform(-1.2, 1.2), chance.uniform(0, 0.3)
        far = [math.dist((x, y), (n.x, n.y)) for n in points.notes]
        best = min(range(len(far)), key=far.__getitem__)
        assert points.nearest(x, y, reach) == (best if far[best] <= reach else -1)


def test_hidden_points_are_not_found() -> None:
    points = Points([note("a"), note("b", 0.1)])
    assert points.nearest(0, 0, 1) == 0
    assert points.nearest(0, 0, 1, lambda at: at != 0) == 1
    assert points.nearest(0, 0, 0.05, lambda at: at != 0) == -1


def test_points_within_an_outline() -> None:
    points = Points([note("in"), note("out", 0.9, 0.9), note("notch", 0.0, 0.45)])
    bent = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (0.0, 0.2), (-0.5, 0.5)]
    assert points.within(bent) == [0]
    assert points.within(bent[:2]) == []


def test_places_that_are_no_numbers_are_left_out() -> None:
    points = Points([note("a", math.nan), note("b", 0.5, math.inf), note("c", 0.25, 0.5)])
    assert [n.path for n in points.notes] == ["c"]
    assert points.left_out == ("a", "b")
    assert points.find("c") == 0 and points.find("a") == -1
    assert points.nearest(math.nan, 0, 1) == -1


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_points_have_a_sensible_place(count: int) -> None:
    points = Points([note(f"{at}", 0.3, 0.3) for at in range(count)])
    lens = Lens(width=400, height=300).fitted(points.bounds, 20)
    assert math.isfinite(lens.scale) and lens.scale > 0
    for at in range(count):
        assert lens.to_pixels(points.xs[at], points.ys[at]) == pytest.approx((200, 150))
        assert points.at_place_of(at) == list(range(count))


def test_thousands_at_one_place_are_one_pile() -> None:
    points = Points([note(f"{at}", 0.25, -0.25) for at in range(5000)])
    assert len(points.at_place_of(17)) == 5000
    assert points.nearest(0.25, -0.25, 0.01) >= 0


def test_arrows_go_to_the_next_point_in_their_direction() -> None:
    places = [("o", 0, 0), ("right", 0.3, 0.05), ("far", 0.8, 0), ("up", 0.02, 0.4)]
    points = Points([note(name, x, y) for name, x, y in places])
    assert points.toward(0, 1, 0, lambda _: True) == 1
    assert points.toward(0, 0, 1, lambda _: True) == 3
    assert points.toward(0, -1, 0, lambda _: True) == 0
    assert points.toward(0, 1, 0, lambda at: at != 1) == 2


# Lenses


def test_a_lens_goes_to_pixels_and_back() -> None:
    lens = Lens(0.3, -0.2, 250, 800, 600)
    for x, y in ((0, 0), (-0.7, 0.4), (2, -3)):
        assert lens.to_map(*lens.to_pixels(x, y)) == pytest.approx((x, y))
    assert lens.to_pixels(0.3, 0.8)[1] < lens.to_pixels(0.3, 0.1)[1]


def test_zooming_keeps_what_is_under_the_pointer() -> None:
    lens = Lens(0.3, -0.2, 250, 800, 600)
    for factor in (1.7, 0.6, 1e9, 1e-9):
        near = lens.zoomed(factor, 120, 500, 200)
        assert near.to_map(120, 500) == pytest.approx(lens.to_map(120, 500))
        assert near.scale <= 200 * CLOSEST


def test_resizing_keeps_the_upper_left() -> None:
    lens = Lens(0.3, -0.2, 250, 800, 600)
    assert lens.resized(500, 300).to_map(0, 0) == pytest.approx(lens.to_map(0, 0))
    assert lens.resized(0, 0).width == 1


def test_all_fits_into_a_fitted_lens() -> None:
    lens = Lens(width=900, height=400).fitted(Bounds(-0.9, -0.1, 0.2, 0.8), 30)
    for x, y in ((-0.9, -0.1), (0.2, 0.8)):
        px, py = lens.to_pixels(x, y)
        assert 29.9 <= px <= 870.1 and 29.9 <= py <= 370.1


# Groups


def clusters() -> Clusters:
    return Clusters(
        (
            Cluster("t1", "정원", ("흙",), 2, "", ("a", "b")),
            Cluster("t2", "Bread", ("dough",), 1, "", ("c",)),
            Cluster("t1a", "물주기", ("물",), 1, "t1", ("a",)),
        ),
        ("d",),
    )


def of_clusters() -> list[MapPoint]:
    return [
        note("a", cluster="t1a"),
        note("b", cluster="t1"),
        note("c", cluster="t2"),
        note("d"),
    ]


def test_colours_by_theme_and_topic() -> None:
    by_theme = colour(ColourBy.THEME, of_clusters(), clusters())
    assert [(g.label, g.count, g.mark) for g in by_theme.groups] == [
        ("정원", 2, 0),
        ("Bread", 1, 1),
        ("in no cluster", 1, -1),
    ]
    assert by_theme.group_of == (0, 0, 1, 2)
    by_topic = colour(ColourBy.TOPIC, of_clusters(), clusters())
    assert [(g.label, g.count) for g in by_topic.groups] == [("물주기", 1), ("in no cluster", 3)]


def test_a_note_of_several_tags_takes_the_commonest() -> None:
    notes = [note("a", tags=("x", "y")), note("b", tags=("y",)), note("c")]
    found = colour(ColourBy.TAG, notes, NONE)
    assert [(g.label, g.count) for g in found.groups] == [("#y", 2), ("no tag", 1)]


def test_more_folders_than_marks_are_others() -> None:
    notes = [note(f"f{at:03}/n.md") for at in range(50)] + [note("top.md")]
    found = colour(ColourBy.FOLDER, notes, NONE)
    assert len(found.groups) == MOST_GROUPS + 1
    assert (found.groups[-1].label, found.groups[-1].count) == ("others", 51 - MOST_GROUPS)
    assert set(found.group_of[MOST_GROUPS:]) == {MOST_GROUPS}


def test_ages_come_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notesai.gui.map.colouring.time.time", lambda: 1e9)
    day = 86_400
    notes = [
        note("old", modified=1.0),
        note("new", modified=1e9),
        note("w", modified=1e9 - 3 * day),
    ]
    found = colour(ColourBy.AGE, notes, NONE)
    assert [g.label for g in found.groups] == ["today", "this week", "older"]
    assert found.group_of == (2, 0, 1)
    assert [g.step for g in found.groups] == sorted(g.step for g in found.groups)


def test_wishes_add_up() -> None:
    wish = Emphasis(found=frozenset({"a", "b"}), groups={0})
    notes = [note("a"), note("b"), note("c"), note("late", modified=9)]
    assert wish.states(notes, [0, 1, 0, 0]) == [LIT, DIM, NORMAL, NORMAL]
    assert Emphasis(found=wish.found).states(notes, [0, 1, 0, 0]) == [LIT, LIT, DIM, DIM]
    wish = Emphasis(until=5, cluster=frozenset({"a"}))
    assert wish.states(notes, [0, 0, 0, 0]) == [NORMAL, DIM, DIM, HIDDEN]


# Marks: contrast, and eyes that see fewer colours

# Machado, Oliveira and Fernandes (2009), severity 1: what is seen in linear RGB.
_EYES = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def _linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]


def _lab(linear: list[float]) -> tuple[float, float, float]:
    r, g, b = (min(max(value, 0.0), 1.0) for value in linear)
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eye", _EYES)
def test_marks_stay_apart_for_every_eye(tokens: Tokens, eye: str) -> None:
    seen = {
        colour: _lab(
            [sum(a * b for a, b in zip(row, _linear(colour), strict=True)) for row in _EYES[eye]]
        )
        for colour in tokens.marks
    }
    for a, b in combinations(tokens.marks, 2):
        assert math.dist(seen[a], seen[b]) > 12, (a, b)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_no_two_groups_have_the_same_mark(tokens: Tokens) -> None:
    notes = [note(f"f{at:03}/n.md") for at in range(MOST_GROUPS)]
    groups = colour(ColourBy.FOLDER, notes, NONE).groups
    marks = {mark_of(group, tokens) for group in groups}
    assert len(marks) == MOST_GROUPS
    assert {mark.shape for mark in marks} == {0, 1, 2, 3}


# Names


def test_names_do_not_cover_one_another() -> None:
    chance = random.Random(3)
    labels = [
        Label(f"{at}", f"name {at}", chance.uniform(-1, 1), chance.uniform(-1, 1), 9, topic=False)
        for at in range(80)
    ]
    lens = Lens(width=700, height=500).fitted(Bounds(-1, -1, 1, 1), 20)
    found = placed(labels, lens, lambda _: (70.0, 18.0))
    assert 20 < len(found) < 80
    assert found[0][0] is labels[0]
    whole = QRectF(0, 0, 700, 500)
    for a, b in combinations([room for _, room in found], 2):
        assert not a.intersects(b)
    assert all(whole.contains(room.center()) for _, room in found)


def test_a_name_gives_way_to_lone_points() -> None:
    label = Label("a", "a", 0, 0, 1, topic=False)
    lens = Lens(width=200, height=200, scale=100)
    point = QRectF(95, 95, 10, 10)
    ((_, room),) = placed([label], lens, lambda _: (40.0, 16.0), [point])
    assert not room.intersects(point)


def test_a_name_stands_where_it_hides_fewer_of_many_points() -> None:
    chance = random.Random(4)
    places = [(chance.gauss(0, 0.2), chance.gauss(0, 0.02)) for _ in range(500)]
    places += [(-1.0, -1.0), (1.0, 1.0)]
    many = Points([MapPoint(f"{at}", "", x, y, "", (), 0.0) for at, (x, y) in enumerate(places)])
    lens = Lens(width=200, height=200, scale=100)
    label = Label("a", "a", 0, 0, 1, topic=False)

    def hidden(room: QRectF) -> int:
        pixels = (lens.to_pixels(x, y) for x, y in places)
        return sum(room.contains(x, y) for x, y in pixels)

    ((_, before),) = placed([label], lens, lambda _: (40.0, 16.0))
    ((_, room),) = placed([label], lens, lambda _: (40.0, 16.0), crowd=many.crowd)
    assert hidden(room) * 2 < hidden(before)


@given(st.floats(-1.2, 1.2), st.floats(-1.2, 1.2), st.floats(0, 1), st.floats(0, 1))
def test_a_crowd_is_no_smaller_than_what_is_there(
    left: float, bottom: float, wide: float, high: float
) -> None:
    chance = random.Random(5)
    places = [(chance.uniform(-1, 1), chance.uniform(-1, 1)) for _ in range(60)]
    points = Points([MapPoint(f"{at}", "", x, y, "", (), 0.0) for at, (x, y) in enumerate(places)])
    room = Bounds(left, bottom, left + wide, bottom + high)
    inside = [left <= x <= room.right and bottom <= y <= room.top for x, y in places]
    assert sum(inside) <= points.crowd(room) <= len(places)


def test_a_long_name_loses_whole_words_before_it_is_cut(qapp: object) -> None:
    letters = Lettering()

    def fitted(text: str) -> str:
        return letters.fitted(Label("a", text, 0, 0, 1, topic=False)).text

    assert fitted("Bread · salt") == "Bread · salt"
    assert fitted("publishing · repositories · configuration") == "publishing · repositories"
    assert fitted("Bread" * 20 + " · salt").endswith("…")


def test_themes_from_afar_and_topics_from_near() -> None:
    labels = labels_of(clusters(), Points(of_clusters()))
    assert [label.text for label in wanted(labels, 1.0)] == ["정원", "Bread"]
    assert [label.text for label in wanted(labels, 3.0)] == ["물주기"]
    assert [label.text for label in wanted(labels, 3.0, "t2")] == ["Bread", "물주기"]


def test_the_only_topic_of_a_theme_has_the_name_of_the_theme() -> None:
    alone = Clusters(
        (
            Cluster("t1", "My bread", ("dough",), 1, "", ("c",)),
            Cluster("t1a", "dough · oven", ("dough",), 1, "t1", ("c",)),
        ),
        (),
    )
    labels = labels_of(alone, Points([note("c")]))
    assert [(label.cluster, label.text) for label in wanted(labels, 3.0)] == [("t1", "My bread")]
    assert [label.text for label in wanted(labels, 3.0, "t1")] == ["My bread"]


# Drawing


def draw(cloud: Cloud, lens: Lens, sheet: Sheet) -> tuple[QImage, int]:
    image = QImage(int(lens.width), int(lens.height), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    count = cloud.draw(painter, lens, sheet)
    painter.end()
    return image, count


def test_points_are_drawn_where_they_are(qapp: object) -> None:
    points = Points([note("a", -0.5, 0.5), note("b", 0.5, -0.5), note("c", 0.5, 0.5)])
    sheet = Sheet([Mark("#ff0000", 0), Mark("#0000ff", 0)], 4, LIGHT)
    cloud = Cloud()
    cloud.arrange(points, Styles([0, 1, 0], [NORMAL, NORMAL, HIDDEN]))
    lens = Lens(width=200, height=100, scale=80)
    image, count = draw(cloud, lens, sheet)
    assert count == len(cloud) == 2
    red, blue = (QPointF(*lens.to_pixels(x, y)).toPoint() for x, y in ((-0.5, 0.5), (0.5, -0.5)))
    assert image.pixelColor(red).name() == "#ff0000"
    assert image.pixelColor(blue).name() == "#0000ff"
    hidden = QPointF(*lens.to_pixels(0.5, 0.5)).toPoint()
    assert image.pixelColor(hidden).name() == "#ffffff"
    near = Lens(-0.5, 0.5, 80, 40, 40)
    assert draw(cloud, near, sheet)[1] == 1


def test_panning_copies_and_only_resting_draws(qapp: object) -> None:
    drawn: list[Lens] = []
    layer = Layer(lambda painter, lens, ratio: drawn.append(lens))
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    white, bounds = QColor("white"), Bounds(-0.5, -0.2, 0.5, 0.2)

    def paint(lens: Lens, *, moving: bool) -> None:
        painter = QPainter(image)
        layer.paint(painter, lens, 1.0, bounds, white, moving=moving)
        painter.end()

    lens = Lens(width=200, height=100, scale=100)
    paint(lens, moving=False)
    for step in range(30):
        paint(lens.moved(step * 5, step), moving=True)
    assert len(drawn) == 1
    near = lens.zoomed(1.5, 50, 50, 100)
    paint(near, moving=True)
    assert len(drawn) == 1
    paint(near, moving=False)
    assert len(drawn) == 2
    paint(near.zoomed(3, 50, 50, 100), moving=True)
    assert len(drawn) == 3
