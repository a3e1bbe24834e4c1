"""What may hang on a Korean noun, and how far that tells it from a verb.

A closed grammar, no dictionary: particles and their chains with the agreement of the last
consonant, forms of the copula, the plural, and the verbs that make verbs of nouns (하다, 되다,
시키다). A tail that verbs have as well tells less, the less so the more its stem may be a verb's.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache


class After(Enum):
    """What a tail stands behind."""

    ANY = "any"
    CONSONANT = "consonant"
    VOWEL = "vowel"
    RIEUL = "vowel or ㄹ"
    OTHERS = "consonant but ㄹ"


@dataclass(frozen=True, slots=True)
class Tail:
    """What hangs on a noun: `weight`, 0..1, is how sure it is that a noun stands before it.

    `shared` tails are those that verbs, too, have behind their own endings (`하면서도`).
    """

    after: After
    weight: float
    shared: bool = False


_FIRM, _FAIR, _SOME, _WEAK, _LITTLE = 1.0, 0.7, 0.5, 0.4, 0.2
"""Only nouns have such a tail; verbs seldom; words end so; many do; verbs do as often."""


def _forms(text: str) -> list[str]:
    return text.split()


_PLACES = _forms("에 에서 에게 에게서 한테 한테서 께")
_BOTH = _forms("까지 부터 처럼 보다 마다 조차 마저 밖에 끼리")
_BEHIND_VERBS = _forms("만큼 대로 뿐")
_AUXILIARY = _forms("는 도 만 의 라도 까지 부터 조차 만의 만을 만이 만은")
_WAYS = _forms("로 로서 로써 로부터 로까지 론")
_COPULA = _forms(
    """
    다 고 며 면 지만 라 라서 라고 라는 란 라면 라도 라기보다 므로 나 든 든지 든가 자 야 랑 랑은
    라고는 라고도 라는데 라든가 라든지 나마 고요 죠 지요
    """
)
_COPULA_CONSONANT = _forms(
    """
    었다 었던 었고 었으며 었습니다 었는데 었지만 었을 어서 어야 에요 기도
    """
)
_COPULA_VOWEL = _forms(
    """
    였다 였던 였고 였으며 였습니다 였는데 였지만 였을 여서 여야 예요
    """
)
_COPULA_ANY = _forms(
    """
    입니다 입니까 인데 인데요 인지 인지는 인지를 인가 인가요 일까 일까요 인 일 임 임을 임에도
    인데도 일수록 이다 이기 이기에 이라고 이라는 이란 이었다 일지라도 이므로
    """
)

_ZERO = frozenset(_forms("다 고 며 면 라 란 나 든 자 야 랑 인 일 임 죠 이다 이기 인지 인가 론"))


def _tails() -> dict[str, Tail]:
    found: dict[str, Tail] = {}

    def add(forms: list[str], after: After, weight: float, *, shared: bool = False) -> None:
        for form in forms:
            found.setdefault(form, Tail(after, 0.0 if form in _ZERO else weight, shared))

    add(["을"], After.CONSONANT, _FIRM)
    add(["를"], After.VOWEL, _FIRM)
    add(["은"], After.CONSONANT, _FAIR, shared=True)
    add(["이"], After.CONSONANT, _SOME, shared=True)
    add(["는", "가", "와"], After.VOWEL, _FAIR, shared=True)
    add(["의", "에"], After.ANY, _FIRM)
    add(["과"], After.CONSONANT, _FIRM)
    add(["로"], After.RIEUL, _FAIR)
    add(["과의", "과는", "과도"], After.CONSONANT, _FIRM)
    add(["와의", "와는", "와도"], After.VOWEL, _FAIR, shared=True)
    add(["도", "만"], After.ANY, _WEAK, shared=True)
    add(["만의", "만을", "만이"], After.ANY, _FAIR)
    add(["만으로", "만으로는", "만으로도", "씩", "쯤"], After.ANY, _FAIR)
    add([one + more for one in _PLACES for more in ("", *_AUXILIARY)], After.ANY, _FIRM)
    add(["에선", "에서처럼", "에서보다", "에서와", "에게로", "에게까지"], After.ANY, _FIRM)
    add(["엔", "에요"], After.ANY, 0.0)
    add(["보단", "까진", "부턴", "에겐", "에서부터"], After.ANY, _FAIR)
    add([one + more for one in _BOTH for more in ("", *_AUXILIARY)], After.ANY, _FAIR, shared=True)
    ways = [one + more for one in _WAYS for more in ("", *_AUXILIARY)]
    add(["뿐만", "뿐이다", "뿐이"], After.ANY, _LITTLE)
    bound = [one + more for one in _BEHIND_VERBS for more in ("", *_AUXILIARY)]
    add(bound, After.ANY, _LITTLE, shared=True)
    add(ways, After.RIEUL, _FAIR)
    add(["으" + one for one in ways], After.OTHERS, _FIRM)
    add(["이" + one for one in _COPULA + _COPULA_CONSONANT], After.CONSONANT, _WEAK)
    add(_COPULA + _COPULA_VOWEL, After.VOWEL, 0.0, shared=True)
    add(_COPULA_ANY, After.ANY, _WEAK)
    for form in list(found):
        rest = found[form]
        if rest.after in (After.ANY, After.CONSONANT) or form.startswith("로"):
            found.setdefault("들" + form, Tail(After.ANY, rest.weight))
    found["들"] = Tail(After.ANY, _WEAK)
    return found


TAILS = _tails()
_GOING_ON = (
    "므로|되|는|은|고|지|며|면|기|여|어|자|니|나|던|게|려|려고|려면|면서|거나|도록|세요|십시오|느라"
)
_HELPING = "서|야|도|요|줘|준|줄|주|줍|줬|진|질|지|졌|보|본|볼|봅|봤|두|둔|놓|왔|온|오"

LIGHT = re.compile(
    rf"(?:하|되|당하|시키|받)(?:{_GOING_ON})[가-힣]{{0,4}}"
    r"|(?:한|된|시킨|당한|받은)(?:다[가-힣]{0,4}|데|지|가)?"
    r"|(?:할|될|시킬|당할|받을)(?:[까지수때][가-힣]{0,3})?"
    r"|(?:합|됩|시킵|당합)(?:니[다까]|시다)[가-힣]{0,3}"
    r"|(?:했|됐|시켰|하였|되었|당했|받았)[가-힣]{1,5}"
    rf"|(?:해|돼|시켜|되어|하여)(?:(?:{_HELPING})[가-힣]{{0,3}})?"
    r"|(?:함|됨|시킴)(?:을|은|이|으로|으로써|에|에도|과)?"
    r"|하다|되다|시키다|해라|됩니다"
)
"""Forms of the verbs that make verbs of nouns."""

VERBAL = re.compile(
    r"하(?:는|려고|자|느라|였|세요)|한다|되(?:는|고|며|어|기|었|지)|된|될|됩|됐|됨|시키|시킨|시켜|시켰"
    r"|당하|했|합시다"
)
"""Those of them that no adjective has, but for the past."""

_CONSONANT_STEMS = frozenset(
    "있없같먹읽찾받얻잡웃입벗앉않많좋높낮깊넓좁늦맞맡맺묶묻믿밟뱉볶붙앗뽑섞솟싫씻씹쌓앓얇얹옮"
    "읊잃잊젖짓짖쫓찍찢춥쉽렵굽긁굵걷듣꺾꽂꿇끊끓남넘넣놓닦닫닮덮돕돋엎뜯겪엮갚낚꼽곱겁렇떻럽"
    "갑답롭럭볍겹깝쁩랗얗뻗"
)
_VOWEL_STEMS = frozenset(
    "하되가오보주지키리치기이히우추구후두드루르쓰크뜨끄트스시나자타차파사서펴켜세내대배재매깨"
    "새떼베메데쉬뛰쥐튀뉘꾸누부무푸프쁘바아너느으꼬쏘비띠피미니해개채티끼싸뀌러그라수"
)
_CONNECTIVE = frozenset(
    "고지게면서며야러려도다까니데아어여져켜워와해돼줘봐둬춰쳐혀겨셔써든라나꿔눠떠터내대"
)
_BEFORE_GOING = frozenset("아어여해와워려러켜쳐져다고서게")
_ENDED = frozenset("다요까죠는은을던히든며듯")
_LIKE_PARTICLES = frozenset("이가에과와의로만기엔씩랑건걸인")
_REPEATED = re.compile(r"(.+)\1")
_NEVER_LAST = frozenset("ㅆㅄㄶㅀㅎ")

_NO_NOUN = re.compile(
    r".*(?:것|므|으|[하되]되|번째|듯|듯이|[는은을던인한된할될킬릴칠뛸낼볼쓸]지|(?:한|두|몇|여러)개|.{1,2}가지"
    r"|때|[할될볼갈올쓸]수|[하되][냐나니]|[하되보]자|(?:고|이|자마)자|[해아어]짐|는데|는가|느냐|은가|[^관]인가|니까|[았었했였겠있없]음|하기|되기"
    r"|하게|하지|면서|려고|려면|도록|수록|이거|거나|지만|더라도|다가|습니|어야|아야|해야|어서|아서)"
    r"|.*(?:하|되)(?:는|여|고|며|면|도록|거나|려).*|.*[니다]다|.*니까.*|.*습니다.*"
)
"""Forms of verbs, whole or before what hangs on them as on nouns: `하는지를`, `있음에도`."""

_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


def final(syllable: str) -> str:
    """The consonant that a Hangul syllable ends with; a space for none, or for other letters."""
    return _FINALS[(ord(syllable) - 0xAC00) % 28] if "가" <= syllable <= "힣" else " "


def agrees(stem: str, after: After) -> bool:
    """Whether a tail that stands behind `after` may hang on the stem; on Latin ones all may."""
    last = stem[-1]
    if after is After.ANY or not "가" <= last <= "힣":
        return True
    end = final(last)
    if after is After.VOWEL:
        return end == " "
    if after is After.CONSONANT:
        return end != " "
    if after is After.OTHERS:
        return end not in " ㄹ"
    return end in " ㄹ"


def weight(stem: str, form: str, tail: Tail) -> float:
    """How sure it is that `stem`, on which the tail hangs, is a noun."""
    last = stem[-1]
    if tail.shared and last in (_BEFORE_GOING if form == "가" else _CONNECTIVE):
        return 0.0
    may_be_verb = _CONSONANT_STEMS if form in ("은", "을", "이") else _VOWEL_STEMS
    if form in ("은", "을", "이", "는") and last in may_be_verb:
        return _LITTLE
    return tail.weight


def weight_alone(word: str) -> float:
    """How sure it is that a word with nothing behind it is a noun."""
    last = word[-1]
    if last in _CONNECTIVE or last in _ENDED or _REPEATED.fullmatch(word):
        return 0.0
    if final(last) in "ㄴㄹㅁㅂㅆ" and _open(last) in _VOWEL_STEMS:
        return _LITTLE
    return _WEAK if last in _LIKE_PARTICLES else _FAIR


def _open(syllable: str) -> str:
    """The syllable without its last consonant."""
    code = ord(syllable) - 0xAC00
    return chr(0xAC00 + code - code % 28)


@lru_cache(maxsize=1 << 16)
def may_be_noun(stem: str) -> bool:
    """Whether nothing in the word's own letters says that it is a form of a verb."""
    return (
        final(stem[-1]) not in _NEVER_LAST
        and not any(final(syllable) in "ㅆㅄㄶㅀ" for syllable in stem)
        and not _NO_NOUN.fullmatch(stem)
    )


MAY_END_WORDS = frozenset("은이가와의에과로도만")
"""Tails that a word may as well end with: 김정은, 목표주가, 핵합의, 벨기에."""

VERB_ENDINGS = frozenset(
    _forms(
        """
    다 고 지 게 는 던 네 기 습니다 는다 아 어 아서 어서 아도 어도 았다 었다 으면 으며 으니 자 거나
    지만 도록 는데 고서 어야 아야 아요 어요 네요 려고 면서 었고 았고 었는데 았는데 었던 았던 으려고
    으면서 지는 지도 지를 이는 인다 이게 이지 이던 이려고 이도록
    """
    )
)
"""What hangs on a verb's stem, and on a noun only where it ends in a vowel."""

_AFTER_VOWELS = frozenset(_forms("는 지 게 던 면서 려고 도록 거나"))


def is_stem_of_verb(last: str, ending: str) -> bool:
    """Whether with this ending on it, a stem that ends with the syllable `last` is a verb's."""
    return final(last) != " " or (last in _VOWEL_STEMS and ending in _AFTER_VOWELS)
