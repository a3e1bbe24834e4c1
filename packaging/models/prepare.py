"""Makes what training reads: the tokenizer for Hangul and the teacher's vectors.

    python packaging/models/prepare.py --pairs FOLDER --text FOLDER --work FOLDER

`--pairs` holds files `*.tsv.gz` of English, tab, Korean; `--text` Korean Markdown. Needs numpy,
onnxruntime and tokenizers. The teacher is the English encoder as it is shipped, so that the two
encoders of the model meet in one space. About ten minutes on two cores.
"""

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from pairs import Pair, read_pairs
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from notesai.embedding.catalog import bundled
from notesai.embedding.onnx import OnnxEmbedder

PIECES = 32_000
WINDOW = 512
GENERAL_TIMES = 6
"""How often a general text counts for the tokenizer, against a technical one."""

ENGLISH_SHARE = 0.25
C_PLUS_PLUS_SHARE = 0.35
TEXT_SHARE = 0.25

# White space starts a word; a word is cut where its script changes, so that a Korean ending on an
# English name is a piece of its own.
PIECE = r"▁?[가-힣ㄱ-ㆎ]+|▁?[a-zà-ÿ]+|▁?[0-9]{1,4}|▁?[^가-힣ㄱ-ㆎa-zà-ÿ0-9▁]|▁"


def main() -> None:
    """Write `tokenizer.json` and `teacher.npy` into the work folder."""
    arguments = argparse.ArgumentParser(description="Prepares the training of the Korean encoder.")
    for name in ("--pairs", "--text", "--work"):
        arguments.add_argument(name, type=Path, required=True)
    options = arguments.parse_args()
    pairs = read_pairs(options.pairs)
    print(f"{len(pairs):,} pairs")
    options.work.mkdir(parents=True, exist_ok=True)
    tokenizer = train_tokenizer(pairs, options.text)
    tokenizer.enable_truncation(WINDOW)
    tokenizer.save(str(options.work / "tokenizer.json"), pretty=False)
    np.save(options.work / "teacher.npy", teacher_vectors([pair.english for pair in pairs]))


def train_tokenizer(pairs: list[Pair], text: Path) -> Tokenizer:
    """A unigram tokenizer (Kudo, 2018) for Korean with English names in it."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True),
            pre_tokenizers.Split(Regex(PIECE), "isolated"),
        ]
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=PIECES,
        special_tokens=["[PAD]", "[UNK]"],
        unk_token="[UNK]",
        max_piece_length=12,
        initial_alphabet=common_syllables(),
    )
    tokenizer.train_from_iterator(tokenizer_texts(pairs, text), trainer)
    return tokenizer


def common_syllables() -> list[str]:
    """The 2,350 syllables of KS X 1001, whether the texts have them or not."""
    syllables = map(chr, range(0xAC00, 0xD7A4))
    return [one for one in syllables if len(one.encode("euc-kr", "ignore")) == 2]


def tokenizer_texts(pairs: list[Pair], text: Path) -> Iterator[str]:
    """What the tokenizer learns from, in the proportions that notes have."""
    chance = random.Random(0)
    for pair in pairs:
        if pair.source == "ms_cpp" and chance.random() > C_PLUS_PLUS_SHARE:
            continue
        for _ in range(1 if pair.technical else GENERAL_TIMES):
            yield pair.korean
        if not pair.technical or chance.random() < ENGLISH_SHARE:
            yield pair.english
    for path in sorted(text.rglob("*.md")):
        if chance.random() < TEXT_SHARE:
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                if re.search("[가-힣]", line):
                    yield line.strip()


def teacher_vectors(texts: list[str]) -> np.ndarray:
    """The English encoder's vectors of `texts`, shape (n, dimension), float16."""
    teacher = OnnxEmbedder(bundled())
    distinct = list(dict.fromkeys(texts))
    place = {text: row for row, text in enumerate(distinct)}
    vectors = teacher.embed_documents(distinct).astype(np.float16)
    return vectors[[place[text] for text in texts]]


if __name__ == "__main__":
    main()
