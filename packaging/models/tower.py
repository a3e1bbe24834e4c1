"""The encoder for texts in Hangul, as it is trained. `hangul_graph.py` writes the same for ONNX.

Each piece of text has a vector and a weight. A few transformer layers correct the vectors by what
stands around them; their last products start at zero, so that the network starts as a plain
weighted sum (a "static" encoder) and never does worse. Attention loses with distance instead of
knowing positions, and half of its heads look ahead, half back.
"""

import torch
from spelling import Spelling
from torch import Tensor, nn
from torch.nn import functional

PAD = 0
HEADS = 6
GAIN = 16.0
"""The layers see the vectors so many times larger: about one in each dimension."""

AWAY = 8.0
"""What a head takes off the scores of the side that it does not look to."""

SHARE = 0.7
"""How much of the whitening is done; 1 would make all directions equally wide."""

FLOOR = 1e-3


class Layer(nn.Module):
    """A transformer layer that normalises first."""

    def __init__(self, width: int, inner: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.n1, self.n2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.o = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.f1, self.f2 = nn.Linear(width, inner), nn.Linear(inner, width)
        for last in (self.o, self.f2):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x` (batch, length, width), `bias` (batch, heads, length, length); the new `x`."""
        batch, length, width = x.shape
        parts = self.qkv(self.n1(x)).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        x = x + self.o(seen.transpose(1, 2).reshape(batch, length, width))
        return x + self.f2(functional.gelu(self.f1(self.n2(x))))


class Tower(nn.Module):
    """From piece numbers, (batch, length), 0 = padding, to unit vectors, (batch, width).

    While it is trained, `spelling` adds to the vectors of its pieces; see `settle`.
    """

    def __init__(self, pieces: int, *, layers: int, width: int = 384, inner: int = 1024) -> None:
        super().__init__()
        self.E, self.w = nn.Embedding(pieces, width), nn.Embedding(pieces, 1)
        # Rare pieces keep what chance gave them: two texts with the same rare name stay near.
        nn.init.normal_(self.E.weight, std=0.05)
        nn.init.zeros_(self.w.weight)
        self.spelling: Spelling | None = None
        self.blocks = nn.ModuleList(Layer(width, inner, HEADS) for _ in range(layers))
        self.gate = nn.Linear(width, 1)
        nn.init.zeros_(self.gate.weight)
        nn.init.zeros_(self.gate.bias)
        # Set once, when all else is learnt: see `even_out`.
        self.after = nn.Linear(width, width, bias=False).requires_grad_(False)
        nn.init.eye_(self.after.weight)

    def forward(self, pieces: Tensor) -> Tensor:
        """Unit vectors of texts padded to one length."""
        there = pieces != PAD
        x, weight = self._vectors(pieces) * GAIN, self.w(pieces)[..., 0].float()
        if len(self.blocks):
            bias = self._bias(there)
            for block in self.blocks:
                x = block(x, bias)
            weight = weight + self.gate(x / GAIN)[..., 0].float()
        total = (x.float() * (weight.exp() * there)[..., None]).sum(1)
        with torch.autocast(total.device.type, enabled=False):
            return functional.normalize(self.after(functional.normalize(total, dim=-1)), dim=-1)

    def _vectors(self, pieces: Tensor) -> Tensor:
        if self.spelling is None:
            return self.E(pieces)
        distinct, places = torch.unique(pieces, return_inverse=True)
        return self.E(pieces) + self.spelling(distinct)[places] * (pieces != PAD)[..., None]

    @torch.no_grad()
    def settle(self) -> None:
        """Write what the spelling adds into the pieces' own vectors, and go on without it."""
        if self.spelling is not None:
            every = torch.arange(1, self.E.num_embeddings)
            self.E.weight[1:] += self.spelling(every)
            self.spelling = None

    def even_out(self, vectors: Tensor) -> None:
        """Widen the directions in which `vectors`, (n, width), the tower's own, hardly differ.

        A network that is unsure keeps to the middle of what it saw: its vectors lie in few
        directions. Whitening most of the way takes that back (Su et al., 2021). The matrix is
        symmetric, so that the space stays where it is; a small floor keeps noise small.
        """
        spread, axes = torch.linalg.eigh(torch.cov(vectors.T))
        scale = (spread.clamp(min=0) + FLOOR) ** (-SHARE / 2)
        self.after.weight.copy_(axes @ torch.diag(scale) @ axes.T)

    def _bias(self, there: Tensor) -> Tensor:
        place = torch.arange(there.shape[1], device=there.device)
        apart = (place[None] - place[:, None]).float()
        slopes = 2.0 ** (-8.0 * torch.arange(1, HEADS + 1, device=there.device) / HEADS)
        bias = -apart.abs()[None] * slopes[:, None, None]
        half = HEADS // 2
        side = torch.cat([(apart > 0).expand(half, -1, -1), (apart < 0).expand(half, -1, -1)])
        bias = bias - AWAY * side
        missing = torch.zeros_like(there, dtype=torch.float32).masked_fill(~there, -1e9)
        bias = bias[None] + missing[:, None, None, :]
        return bias.bfloat16() if torch.is_autocast_enabled(there.device.type) else bias
