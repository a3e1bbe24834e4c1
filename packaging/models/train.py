"""Trains the encoder for texts in Hangul.

    python packaging/models/train.py --pairs FOLDER --work FOLDER [--without FILE]

First as a plain weighted sum of pieces, spelt as `spelling.py` says, for three minutes, then with
transformer layers for twenty. The Korean side of a pair learns to have the teacher's vector of its
English side, to be told from the English sides of the rest of its batch, and to be as near to the
other Korean sides as the teacher finds their English sides. Batches are made of groups of four like
texts, so that there are near ones to tell apart. Time, not steps, is what is fixed: a quicker
machine makes more of it. Needs torch; `prepare.py` comes first. A loop of its own, because the
trainer of sentence-transformers neither learns against vectors kept on disk with a contrast among
them nor lets a wall clock end the schedule.
"""

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from pairs import Pair, read_pairs
from spelling import Spelling
from tokenizers import Tokenizer
from torch.nn import functional
from tower import PAD, Tower

SEED = 0
UNKNOWN = 1
SCALE = 20.0
"""Cosines are so many times larger in the contrast: the inverse of its temperature."""

SAME = 0.985
"""Texts whose teacher's vectors are as near as that are no negatives of each other."""

NEAR = 0.3
"""From this cosine on the teacher finds two texts near."""

TWIN = 0.97
"""Texts nearer than this are no use in one group."""

GENERAL_SAMPLE = 4000
WINDOW = 512
WARM_UP = 1.0
"""Minutes."""


@dataclass(frozen=True)
class Stage:
    """How one part of the training goes.

    `c_plus_plus` and `technical` are the shares of these pairs that take part in a round, in which
    general ones come `general_times`. `dropped` is the share of pieces made unknown, `english` that
    of texts read in English. `relations` and `near` weigh the error of cosines between the texts of
    a batch, of all and of those that the teacher finds near.
    """

    layers: int
    minutes: float
    batch: int
    longest: int
    rate: float
    piece_rate: float
    general_times: int
    c_plus_plus: float
    technical: float
    dropped: float
    decay: float
    relations: float
    near: float
    group: int
    english: float = 0.1


STATIC = Stage(
    layers=0,
    minutes=3,
    batch=512,
    longest=128,
    rate=3e-3,
    piece_rate=3e-3,
    general_times=3,
    c_plus_plus=0.4,
    technical=1.0,
    dropped=0.0,
    decay=1.5,
    relations=0.0,
    near=0.0,
    group=1,
)
CONTEXT = Stage(
    layers=3,
    minutes=20,
    batch=160,
    longest=72,
    rate=8e-4,
    piece_rate=4e-4,
    general_times=5,
    c_plus_plus=0.08,
    technical=0.5,
    dropped=0.03,
    decay=1.5,
    relations=100.0,
    near=20.0,
    group=4,
)


@dataclass(frozen=True)
class Texts:
    """Both sides of all pairs as piece numbers, and the teacher's vectors."""

    pairs: list[Pair]
    korean: list[list[int]]
    english: list[list[int]]
    teacher: NDArray[np.float16]


def main() -> None:
    """Train and write `tower.pt` into the work folder."""
    arguments = argparse.ArgumentParser(description="Trains the Korean encoder.")
    arguments.add_argument("--pairs", type=Path, required=True)
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--without", type=Path, action="append", default=[])
    arguments.add_argument("--minutes", type=float, default=CONTEXT.minutes)
    arguments.add_argument("--static-minutes", type=float, default=STATIC.minutes)
    arguments.add_argument("--layers", type=int, default=CONTEXT.layers)
    options = arguments.parse_args()
    torch.manual_seed(SEED)
    texts = read_texts(options.pairs, options.work, set_aside(options.without))
    static = Stage(**{**vars(STATIC), "minutes": options.static_minutes})
    context = Stage(**{**vars(CONTEXT), "minutes": options.minutes, "layers": options.layers})
    tokenizer = Tokenizer.from_file(str(options.work / "tokenizer.json"))
    pieces = [tokenizer.id_to_token(number) or "" for number in range(tokenizer.get_vocab_size())]
    first = Tower(len(pieces), layers=0)
    first.spelling = Spelling(pieces, first.E.embedding_dim)
    train(first, texts, static)
    tower = Tower(len(pieces), layers=context.layers)
    tower.spelling = first.spelling
    tower.load_state_dict(first.state_dict(), strict=False)
    train(tower, texts, context)
    tower.settle()
    even_out(tower, texts)
    torch.save(tower.state_dict(), options.work / "tower.pt")


def set_aside(files: list[Path]) -> set[str]:
    """All fields of tab-separated files: texts that measure the result and must not be learnt."""
    lines = (line for path in files for line in path.read_text(encoding="utf-8").splitlines())
    return {field for line in lines for field in line.split("\t")}


def read_texts(folder: Path, work: Path, without: set[str]) -> Texts:
    """The pairs in the order in which `prepare.py` embedded them, less those `without`."""
    pairs = read_pairs(folder)
    teacher = np.load(work / "teacher.npy", mmap_mode="r")
    if len(teacher) != len(pairs):
        raise SystemExit("The pairs are not those that were prepared: run prepare.py again.")
    kept = [row for row, pair in enumerate(pairs) if not {pair.english, pair.korean} & without]
    pairs = [pairs[row] for row in kept]
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    sides = [[pair.korean for pair in pairs], [pair.english for pair in pairs]]
    korean, english = ([e.ids for e in tokenizer.encode_batch_fast(side)] for side in sides)
    return Texts(pairs, korean, english, teacher[kept])


def train(tower: Tower, texts: Texts, stage: Stage) -> None:
    """One stage: the rates rise for a minute and then fall to nothing by the end of its time."""
    optimiser = optimiser_of(tower, stage)
    first = [group["lr"] for group in optimiser.param_groups]
    chance = random.Random(SEED)
    started = time.monotonic()
    steps, running = 0, 0.0
    while True:
        for rows in batches(texts, stage, chance):
            minutes = (time.monotonic() - started) / 60
            if minutes >= stage.minutes:
                print(f"{steps} steps, loss {running:.3f}")
                return
            warm = min(1.0, minutes / WARM_UP) if stage.layers else 1.0
            for group, rate in zip(optimiser.param_groups, first, strict=True):
                group["lr"] = rate * warm * max(0.02, 1 - minutes / stage.minutes)
            loss = loss_of(tower, texts, stage, rows, chance)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            steps += 1
            running = 0.98 * running + 0.02 * loss.item()


@torch.no_grad()
def even_out(tower: Tower, texts: Texts) -> None:
    """Even out the tower's directions, as general texts show them."""
    general = [row for row, pair in enumerate(texts.pairs) if not pair.technical]
    rows = random.Random(SEED).sample(general, min(GENERAL_SAMPLE, len(general)))
    parts = [padded([texts.korean[row][:WINDOW]]) for row in rows]
    tower.even_out(torch.cat([tower(part) for part in parts]))


def optimiser_of(tower: Tower, stage: Stage) -> torch.optim.Optimizer:
    """Pieces learn at a rate of their own."""
    pieces, spelling, rest = [], [], []
    for name, parameter in tower.named_parameters():
        kind = {"E": pieces, "w": pieces, "spelling": spelling}.get(name.split(".")[0], rest)
        kind.append(parameter)
    groups = [
        {"params": pieces, "lr": stage.piece_rate, "weight_decay": stage.decay},
        {"params": spelling, "lr": stage.piece_rate, "weight_decay": stage.decay / 3},
        {"params": rest, "lr": stage.rate, "weight_decay": 0.05},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


def batches(texts: Texts, stage: Stage, chance: random.Random) -> Iterator[list[int]]:
    """One round through the pairs, in batches of like lengths."""
    groups = [*general_groups(texts, stage, chance), *technical_groups(texts, stage, chance)]
    chance.shuffle(groups)
    many = 40 * stage.batch // stage.group
    for start in range(0, len(groups), many):
        part = sorted(
            groups[start : start + many], key=lambda g: max(len(texts.korean[r]) for r in g)
        )
        found: list[list[int]] = [[]]
        for group in part:
            if len(found[-1]) >= stage.batch:
                found.append([])
            found[-1].extend(group)
        chance.shuffle(found)
        yield from (rows for rows in found if len(rows) >= stage.batch)


def general_groups(texts: Texts, stage: Stage, chance: random.Random) -> Iterator[list[int]]:
    """Groups of like general texts of about one length, each text in one group a time."""
    rows = [row for row, pair in enumerate(texts.pairs) if not pair.technical]
    near = neighbours(texts.teacher[rows]) if stage.group > 1 else [[] for _ in rows]
    for _ in range(stage.general_times):
        used: set[int] = set()
        for first in chance.sample(range(len(rows)), len(rows)):
            if first in used:
                continue
            size = len(texts.korean[rows[first]])
            others = [
                one
                for one in near[first]
                if one not in used and size / 2 < len(texts.korean[rows[one]]) < 2 * size
            ]
            group = [first, *chance.sample(others, min(stage.group - 1, len(others)))]
            used.update(group)
            yield [rows[one] for one in group]


def technical_groups(texts: Texts, stage: Stage, chance: random.Random) -> Iterator[list[int]]:
    """Texts that stand together in a manual are alike: groups of neighbouring lines."""
    rows = [row for row, pair in enumerate(texts.pairs) if pair.technical]
    for start in range(0, len(rows) - stage.group + 1, stage.group):
        source = texts.pairs[rows[start]].source
        share = stage.c_plus_plus if source == "ms_cpp" else stage.technical
        if chance.random() < share:
            yield rows[start : start + stage.group]


def neighbours(vectors: NDArray[np.float16]) -> list[list[int]]:
    """For each vector the numbers of the eight nearest others that do not say just the same."""
    whole = torch.from_numpy(vectors.astype(np.float32)).bfloat16()
    found: list[list[int]] = []
    for part in whole.split(2048):
        scores = (part @ whole.T).float()
        scores[scores > TWIN] = -1
        found += scores.topk(8, dim=1).indices.tolist()
    return found


def loss_of(
    tower: Tower, texts: Texts, stage: Stage, rows: list[int], chance: random.Random
) -> torch.Tensor:
    """Distance to the teacher, contrast within the batch, and the relations among its texts."""
    sides = (texts.english if chance.random() < stage.english else texts.korean for _ in rows)
    ids = padded([side[row][: stage.longest] for side, row in zip(sides, rows, strict=True)])
    if stage.dropped:
        hidden = (torch.rand(ids.shape) < stage.dropped) & (ids != PAD)
        ids = ids.masked_fill(hidden, UNKNOWN)
    target = torch.from_numpy(texts.teacher[rows].astype(np.float32))
    with torch.autocast("cpu", torch.bfloat16, enabled=stage.layers > 0):
        vectors = tower(ids)
    alike = target @ target.T
    twins = (alike > SAME) & ~torch.eye(len(rows), dtype=torch.bool)
    scores = (SCALE * vectors @ target.T).masked_fill(twins, -1e4)
    contrast = functional.cross_entropy(scores, torch.arange(len(rows)))
    distance = 1 - (vectors * target).sum(1).mean()
    error = (vectors @ vectors.T - alike) ** 2
    near = (alike > NEAR) & ~torch.eye(len(rows), dtype=torch.bool)
    relations = stage.relations * error.mean()
    relations = relations + stage.near * (error * near).sum() / near.sum().clamp(min=1)
    return 10 * distance + contrast + relations


def padded(texts: list[list[int]]) -> torch.Tensor:
    """Piece numbers, (batch, longest)."""
    ids = torch.full((len(texts), max(1, *map(len, texts))), PAD)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = torch.tensor(text)
    return ids


if __name__ == "__main__":
    main()
