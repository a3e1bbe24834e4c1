"""llama.cpp, as far as answers need it: load, tokenize, generate. Only the child process calls it.

The binding's own `Llama` class keeps the logits of a whole batch, cannot be stopped while it reads
a prompt and tells nothing while it loads; so the C interface is used as it is.
"""

import codecs
import ctypes
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

from notesai.answers.llm.binding import library, said
from notesai.answers.llm.gguf import SAFE
from notesai.answers.llm.memory import BATCH
from notesai.answers.llm.template import Part
from notesai.errors import Cancelled, ModelError

TOP_K = 40
TOP_P = 0.9

_TRIED = 64
"""Tokens that are read to see how quick it is."""

_TELLING = 128
"""A prompt of fewer new tokens says little about that."""

_ABORTED = 2
_RANDOM_SEED = 0xFFFFFFFF
_ARCHITECTURE = "unknown model architecture"


class Native:
    """One loaded model with one conversation's context. For one thread."""

    def __init__(
        self,
        path: Path,
        *,
        context: int,
        threads: int,
        gpu_layers: int,
        loaded: Callable[[float], None],
        stopped: Callable[[], bool],
    ) -> None:
        """Load the model; `loaded` takes the share that is, `stopped` ends whatever is going on.

        Raises `llm.load_failed`, `llm.architecture`, or `Cancelled`.
        """
        self._lib = lib = library()
        self._stopped = stopped
        self._held: list[int] = []
        self.speed = 0.0
        """Tokens of a prompt that were read in a second, the last time that many were."""
        parameters = lib.llama_model_default_params()
        parameters.n_gpu_layers = gpu_layers

        def progressed(share: float, _: Any) -> bool:
            loaded(share)
            return not stopped()

        def given_up(_: Any) -> bool:
            return stopped()

        # The library keeps only their addresses.
        self._progress = lib.llama_progress_callback(progressed)
        self._abort = lib.ggml_abort_callback(given_up)
        parameters.progress_callback = self._progress
        self._model = lib.llama_model_load_from_file(str(path).encode(), parameters)
        if not self._model:
            raise Cancelled() if stopped() else self._not_loaded(path)
        self._vocabulary = lib.llama_model_get_vocab(self._model)
        self._context = self._opened(path, context, threads)
        self._memory = lib.llama_get_memory(self._context)

    def _opened(self, path: Path, context: int, threads: int) -> Any:
        lib = self._lib
        if lib.llama_model_has_encoder(self._model):
            raise ModelError("llm.not_chat", f"{path} is no chat model.", SAFE)
        options = lib.llama_context_default_params()
        options.n_ctx = context
        options.n_batch = options.n_ubatch = min(BATCH, context)
        options.n_threads = options.n_threads_batch = threads
        options.abort_callback = self._abort
        options.no_perf = True
        opened = lib.llama_init_from_model(self._model, options)
        if not opened:
            raise self._not_loaded(path)
        return opened

    def _not_loaded(self, path: Path) -> ModelError:
        why = said.error
        if _ARCHITECTURE in why:
            return ModelError(
                "llm.architecture",
                f"{path} is of a kind that this version cannot run ({why}).",
                "Choose another model, or update notesai. Your notes are safe.",
            )
        return ModelError(
            "llm.load_failed", f"{path} cannot be loaded: {why or 'no reason given'}.", SAFE
        )

    @property
    def context(self) -> int:
        """Tokens of context that there are."""
        return int(self._lib.llama_n_ctx(self._context))

    @property
    def template(self) -> str:
        """The chat template in the model's file, empty if there is none."""
        found: bytes | None = self._lib.llama_model_chat_template(self._model, None)
        return found.decode("utf-8", "replace") if found else ""

    def special(self, kind: str) -> str:
        """The text of the token "bos" or "eos"; empty if there is none."""
        token = getattr(self._lib, f"llama_vocab_{kind}")(self._vocabulary)
        if token < 0:
            return ""
        text: bytes | None = self._lib.llama_vocab_get_text(self._vocabulary, token)
        return text.decode("utf-8", "replace") if text else ""

    def tokens(self, parts: Sequence[Part]) -> list[int]:
        """The tokens of a prompt, each part by itself; the model's own beginning in front."""
        found: list[int] = []
        begun = bool(parts) and parts[0].control and self._begins(parts[0].text)
        for n, part in enumerate(parts):
            begin = n == 0 and not begun
            found += self._tokenized(part.text, begin=begin, control=part.control)
        return found

    def count(self, text: str) -> int:
        """How many tokens a text is by itself."""
        return len(self._tokenized(text, begin=False, control=False))

    def _begins(self, text: str) -> bool:
        bos = self.special("bos")
        return bool(bos) and text.startswith(bos)

    def _tokenized(self, text: str, *, begin: bool, control: bool) -> list[int]:
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        while True:
            tokens = (ctypes.c_int32 * room)()
            n: int = self._lib.llama_tokenize(
                self._vocabulary, data, len(data), tokens, room, begin, control
            )
            if n >= 0:
                return tokens[:n]
            room = -n

    def generate(
        self,
        tokens: Sequence[int],
        *,
        max_tokens: int,
        threads: int,
        temperature: float,
        grammar: str,
        seed: int,
        read: Callable[[int], None],
        wrote: Callable[[int], None],
    ) -> Generator[str]:
        """What follows after `tokens`, whole characters at a time, until the model ends.

        `read` is told how many tokens of the prompt are known, `wrote` each token of the answer.
        Raises `Cancelled` once stopped, and `llm.grammar` or `llm.failed`.
        """
        lib = self._lib
        lib.llama_set_n_threads(self._context, threads, threads)
        sampler = self._sampler(temperature, grammar, seed)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        try:
            self._read(tokens, read)
            for _ in range(max_tokens):
                token = int(lib.llama_sampler_sample(sampler, self._context, -1))
                if lib.llama_vocab_is_eog(self._vocabulary, token):
                    break
                wrote(token)
                if text := decoder.decode(self._piece(token)):
                    yield text
                self._decode([token])
            if rest := decoder.decode(b"", final=True):
                yield rest
        finally:
            lib.llama_sampler_free(sampler)

    def try_reading(self) -> None:
        """Read a few tokens, to know `speed`; they are forgotten. Raises `Cancelled`."""
        words = self._tokenized("the quick brown fox " * _TRIED, begin=True, control=False)
        first, some = words[:1], words[1 : min(1 + _TRIED, self.context)]
        # The first one also brings the weights in from the disk.
        self._decode(first)
        started = time.perf_counter()
        self._decode(some)
        self.speed = _pace(len(some), started)
        self._lib.llama_memory_clear(self._memory, True)
        self._held = []

    def reused(self, tokens: Sequence[int]) -> int:
        """How many tokens at the beginning need not be read again."""
        same = 0
        for known, token in zip(self._held, tokens[:-1], strict=False):
            if known != token:
                break
            same += 1
        return same

    def _read(self, tokens: Sequence[int], read: Callable[[int], None]) -> None:
        at = self.reused(tokens)
        # Models with a running state cannot forget the last part of what they have read.
        if not self._lib.llama_memory_seq_rm(self._memory, 0, at, -1):
            self._lib.llama_memory_clear(self._memory, True)
            at = 0
        self._held = list(tokens[:at])
        read(at)
        known, started = at, time.perf_counter()
        while at < len(tokens):
            self._decode(tokens[at : at + BATCH])
            at = len(self._held)
            read(at)
        if at - known >= _TELLING:
            self.speed = _pace(at - known, started)

    def _decode(self, tokens: Sequence[int]) -> None:
        if self._stopped():
            raise Cancelled()
        count = len(tokens)
        array = (ctypes.c_int32 * count)(*tokens)
        code: int = self._lib.llama_decode(
            self._context, self._lib.llama_batch_get_one(array, count)
        )
        if code == _ABORTED:
            raise Cancelled()
        if code != 0:
            why = said.error or f"code {code}"
            raise ModelError("llm.failed", f"The language model failed: {why}.", SAFE)
        self._held += tokens

    def _piece(self, token: int) -> bytes:
        room = 64
        while True:
            buffer = ctypes.create_string_buffer(room)
            n: int = self._lib.llama_token_to_piece(self._vocabulary, token, buffer, room, 0, False)
            if n >= 0:
                return buffer.raw[:n]
            room = -n

    def _sampler(self, temperature: float, grammar: str, seed: int) -> Any:
        lib = self._lib
        chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        if grammar:
            rules = lib.llama_sampler_init_grammar(self._vocabulary, grammar.encode(), b"root")
            if not rules:
                lib.llama_sampler_free(chain)
                raise ModelError("llm.grammar", "The grammar is not valid GBNF.")
            lib.llama_sampler_chain_add(chain, rules)
        if temperature <= 0.0:
            lib.llama_sampler_chain_add(chain, lib.llama_sampler_init_greedy())
            return chain
        for sampler in (
            lib.llama_sampler_init_top_k(TOP_K),
            lib.llama_sampler_init_top_p(TOP_P, 1),
            lib.llama_sampler_init_temp(temperature),
            lib.llama_sampler_init_dist(seed if seed >= 0 else _RANDOM_SEED),
        ):
            lib.llama_sampler_chain_add(chain, sampler)
        return chain


def _pace(tokens: int, started: float) -> float:
    return tokens / max(1e-6, time.perf_counter() - started)
