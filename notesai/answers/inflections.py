"""How Korean words end: particles behind nouns, endings behind verbs, in no order.

Endings that begin in the middle of a syllable are written with the final consonant alone.
"""

import unicodedata

PARTICLES = """
    에서는 에서도 에서의 에게는 에게서 으로는 으로도 으로서 으로써 이라고 이라는 이라도 까지는
    까지도 부터는 에는 에도 에서 에게 한테 께서 으로 라고 라는 까지 부터 처럼 보다 이나 라도
    마다 조차 밖에 이고 이며 이란 이므로 므로 들은 들이 들을 들의 들에 은 는 이 가 을 를 에 의
    도 만 로 와 과 나 랑 들 께
    """.split()  # noqa: SIM905 - a list of quoted words would take a page

ENDINGS = """
    습니다 ᆸ니다 ᆸ니까 세요 으세요 어요 아요 여요 해요 이에요 예요 에요 는다 ᆫ다 었다 았다 였다
    었습니다 았습니다 였습니다 했습니다 하였습니다 했다 한다 합니다 하다 됩니다 된다 되었다
    되었습니다 됐다 하는 하고 하면 하며 해서 하여 하게 하지 하기 하기로 하도록 한 할 함 되는
    되고 되면 되며 되어 되지 되기 된 될 됨 입니다 인 일 다 으면 면 으며 며 고 으니 니 어서 아서
    여서 서 어 아 여 게 지 기 기로 도록 려면 므로 은 는 을 ᆫ ᆯ ᆷ 음 던 요 죠 자 야 어야 아야
    나요 는가 는지 을까 을까요 ᆯ까 ᆯ까요 ᆫ가 인가 일까 은가요 ᆫ가요 는가요 습니까 냐 느냐 지요
    여야 해야 지만 는데 ᆫ데 었 았 였 어도 아도
    """.split()  # noqa: SIM905


_ASKING = """
    나요 는가 는가요 은가 은가요 ᆫ가요 는지 을까 을까요 ᆯ까 ᆯ까요 습니까 ᆸ니까 느냐 던가요
    """.split()  # noqa: SIM905


def in_letters(text: str) -> str:
    """Hangul as its single letters (NFD), which endings share syllables by."""
    return unicodedata.normalize("NFD", text)


SUFFIXES = tuple(sorted(map(in_letters, {*PARTICLES, *ENDINGS}), key=lambda s: (-len(s), s)))
"""All of them in single letters, the longest first."""

ASKING = tuple(sorted(map(in_letters, _ASKING), key=lambda s: (-len(s), s)))
"""Endings that only the verb of a question has, the longest first."""

BEHIND_STEMS = frozenset(map(in_letters, ENDINGS))
