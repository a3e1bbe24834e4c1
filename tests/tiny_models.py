"""Models of a few kilobytes with random weights, in the files that real ones have."""

import json
from pathlib import Path
from typing import Any

TEXT = """the cat sat on the mat and looked at the garden . a note about search and meaning :
query passage quick brown fox over lazy dog 노트 검색 의미 정원 고양이 가 나 다 를 을 이 는 은"""
HIDDEN = 32
WINDOW = 24


def tokenizer() -> Any:
    """WordPiece over a few words and all their letters, with BERT's special tokens."""
    import tokenizers
    from tokenizers import models, normalizers, pre_tokenizers, processors

    words = sorted(set(TEXT.split()))
    letters = sorted(set("".join(words)) | set("abcdefghijklmnopqrstuvwxyz0123456789"))
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces = [*words, *letters, *(f"##{letter}" for letter in letters)]
    vocabulary = {piece: i for i, piece in enumerate(dict.fromkeys([*special, *pieces]))}
    made = tokenizers.Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(strip_accents=False)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        special_tokens=[(name, vocabulary[name]) for name in ("[CLS]", "[SEP]")],
    )
    return made


def bert(folder: Path, *, layers: int = 2, vocabulary: int | None = None) -> Path:
    """A plain transformers folder: weights, configuration, tokenizer, no modules.json."""
    import torch
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(5)
    own = tokenizer()
    config = BertConfig(
        vocab_size=vocabulary or own.get_vocab_size(),
        hidden_size=HIDDEN,
        num_hidden_layers=layers,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=WINDOW,
        initializer_range=0.3,
    )
    BertModel(config).eval().save_pretrained(folder)
    fast = PreTrainedTokenizerFast(
        tokenizer_object=own,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    )
    fast.save_pretrained(folder)
    return folder


def sentence_bert(
    folder: Path,
    *,
    pooling: str = "mean_tokens",
    prompts: dict[str, str] | None = None,
    include_prompt: bool = True,
) -> Path:
    """A sentence-transformers folder over `bert`."""
    bert(folder)
    write(
        folder / "modules.json",
        [
            module(0, "", "Transformer"),
            module(1, "1_Pooling", "Pooling"),
            module(2, "2_Normalize", "Normalize"),
        ],
    )
    write(folder / "sentence_bert_config.json", {"max_seq_length": WINDOW, "do_lower_case": False})
    write(
        folder / "1_Pooling" / "config.json",
        {
            "word_embedding_dimension": HIDDEN,
            f"pooling_mode_{pooling}": True,
            "include_prompt": include_prompt,
        },
    )
    (folder / "2_Normalize").mkdir()
    if prompts:
        write(folder / "config_sentence_transformers.json", {"prompts": prompts})
    return folder


def static(folder: Path) -> Path:
    """A sentence-transformers folder that averages vectors of words."""
    import torch
    from safetensors.torch import save_file

    torch.manual_seed(5)
    own = tokenizer()
    write(folder / "modules.json", [module(0, "0_StaticEmbedding", "StaticEmbedding")])
    inside = folder / "0_StaticEmbedding"
    inside.mkdir()
    own.save(str(inside / "tokenizer.json"))
    weights = torch.randn(own.get_vocab_size(), HIDDEN)
    save_file({"embedding.weight": weights}, inside / "model.safetensors")
    return folder


def module(number: int, path: str, kind: str) -> dict[str, Any]:
    name = f"sentence_transformers.models.{kind}"
    return {"idx": number, "name": str(number), "path": path, "type": name}


def write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), "utf-8")
