"""Tokens of a clause → nodes: noun phrases with number and determiner, verbs with their aspect."""

from __future__ import annotations

from translate.engines.gloss.hints import needs_article
from translate.engines.gloss.inflect import indefinite, looks_plural, plural
from translate.engines.gloss.nodes import Node
from translate.engines.gloss.tagging import AFTER_VERB
from translate.engines.gloss.tokens import Token

TITLES = frozenset(
    "总干事 主席 副主席 总统 副总统 总理 首相 部长 副部长 院长 副院长 大使 局长 副局长 关长 副关长 主任 副主任 总书记 书记 秘书长 教授 博士 先生 女士 "
    "校长 市长 省长 州长 国王 女王 王子 公主 上校 将军 外长 议员 法官 署长 司长 处长 所长 董事长 经理 总裁 记者 医生 特命全权大使".split()
)
_PLURAL_DETERMINERS = frozenset(
    "these those some various several many numerous most all both few two other".split()
) | {
    "the following",
    "a few",
    "a series of",
    "a large number of",
    "a group of",
    "the two countries'",
    "how many",
    "thousands of",
    "the vast majority of",
}
_NP_START = frozenset(("n", "x", "nr", "ns", "r", "det", "poss", "m", "a", "q"))
_WITH_THE = frozenset(
    (
        "United States",
        "United Kingdom",
        "United Nations",
        "Soviet Union",
        "European Union",
        "Netherlands",
        "Middle East",
        "People's Republic of China",
        "Republic of China",
    )
)
_NAMELIKE = frozenset(("x", "nr", "ns", "r"))


class Chunker:
    """One pass over the tokens of a clause. `article` says whether an opaque token is a hint that takes "the"."""

    def __init__(self, tokens: list[Token], surface: dict[str, str]) -> None:
        self._tokens = tokens
        self._surface = surface
        self._at = 0
        self._has_verb = any(token.pos == "v" for token in tokens)

    def nodes(self) -> list[Node]:
        """The nodes of the clause, in source order."""
        nodes: list[Node] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.pos in _NP_START or (token.pos == "d" and self._adverb_of_modifier()):
                nodes.append(self._noun_phrase(self._takes_article(nodes)))
                continue
            self._at += 1
            node = self._single(token, nodes)
            if node is not None:
                nodes.append(node)
        return nodes

    def _peek(self, offset: int = 0) -> Token | None:
        index = self._at + offset
        return self._tokens[index] if index < len(self._tokens) else None

    def _adverb_of_modifier(self) -> bool:
        """很 重要 的 N: an adverb that belongs to an adjective before a noun."""
        following = self._peek(1)
        particle, noun = self._peek(2), self._peek(3)
        return (
            following is not None
            and following.pos == "a"
            and particle is not None
            and (particle.pos in _NP_START or (particle.zh == "的" and noun is not None and noun.pos in _NP_START))
        )

    def _single(self, token: Token, nodes: list[Node]) -> Node | None:
        pos = token.pos
        if pos == "v":
            marks = set()
            following = self._peek()
            if following is not None and following.zh in ("了", "过", "着"):
                self._at += 1
                marks.add("prog" if following.zh == "着" else "past")
            return Node("V", token.en, token.zh, marks=frozenset(marks))
        if pos == "u":
            if token.en == "的":
                return Node("DE", "", token.zh)
            if token.en == "了" and nodes and nodes[-1].cat == "NP":
                return Node("PAST", "")
            return None
        if pos == "f":
            return Node("F", token.en, token.zh)
        if pos == "p" and token.zh in AFTER_VERB and nodes and nodes[-1].cat == "V":
            return Node(
                "P", "to" if token.zh in ("到", "至", "往", "入") else token.en, token.zh, marks=frozenset(("after",))
            )
        if pos == "t" and nodes and nodes[-1].cat == "T":
            nodes.append(_joined_time(nodes.pop(), token))
            return None
        if pos == "t":
            return Node("T", token.en, token.zh, preposition=token.preposition or _time_preposition(token.en))
        category = {
            "p": "P",
            "c": "C",
            "k": "K",
            "d": "ADV",
            "neg": "NEG",
            "aux": "AUX",
            "etc": "ETC",
            "w": "W",
            "s": "S",
        }.get(pos, "NP")
        if category == "ADV" and not token.en:
            return Node("PROG", "") if token.zh in ("正", "正在") else None
        return Node(category, token.en, token.zh)

    def _takes_article(self, nodes: list[Node]) -> bool:
        """Whether a bare singular here reads better with "the": as subject of a sentence, object or after a preposition."""
        return self._has_verb and (not nodes or nodes[-1].cat in ("P", "T", "K", "V"))

    def _noun_phrase(self, takes_article: bool) -> Node:
        words: list[Token] = []
        determiner = number = ""
        quantified = False
        while (token := self._peek()) is not None:
            if (
                token.pos == "d" and words and words[-1].pos not in ("a", "m", "det", "poss")
            ) or token.pos not in _NP_START | {"d", "u"}:
                break
            if token.pos == "d" and not self._adverb_of_modifier():
                break
            if token.pos == "u":
                if token.zh != "的" or not words or words[-1].pos != "a" or not self._noun_follows(1):
                    if token.zh == "们" and words:
                        number = "p"
                        self._at += 1
                        continue
                    break
                self._at += 1
                continue
            if (
                token.pos in ("det", "poss")
                and words
                and token.zh[0] != "一"
                and (words[-1].pos not in ("r", "nr", "ns", "x") or token.pos == "poss")
            ):
                break
            if words and token.pos == "r":
                break
            self._at += 1
            if token.pos == "m":
                number, quantified = self._number(token, words, number), True
                continue
            if token.pos == "q":
                if token.en and not quantified:
                    words.append(token)
                continue
            if token.pos == "det" and words and words[-1].pos in ("det", "poss"):
                continue
            if token.pos == "det":
                determiner = token.en
            words.append(token)
        return self._assemble(words, determiner, number, takes_article)

    def _noun_follows(self, offset: int) -> bool:
        following = self._peek(offset)
        return following is not None and following.pos in ("n", "x", "nr", "ns", "a", "m", "det")

    def _number(self, token: Token, words: list[Token], number: str) -> str:
        """Takes a numeral and the measure word after it; returns the number of the noun that follows."""
        approximate, measure = "", ""
        while (following := self._peek()) is not None and following.zh in ("多", "余", "几", "来"):
            approximate = "more than "
            self._at += 1
        following = self._peek()
        if following is not None and following.pos == "q":
            measure = following.en
            self._at += 1
            following = self._peek()
            if following is not None and following.zh in ("多", "余"):
                approximate = "more than "
                self._at += 1
        if measure in ("times", "batches", "items") and following is not None and following.pos in ("n", "a"):
            measure = ""
        if token.zh == "一" and not approximate and (measure == "" or measure.endswith(" of")):
            if not words or words[-1].pos not in ("det", "poss"):
                words.append(Token(token.zh, "det", "a" if not measure else "a " + _singular_unit(measure)))
            return "s"
        if token.number == "o":
            words.append(Token(token.zh, "m", "the " + token.en if not words else token.en))
            return "s"
        if measure and token.number == "s":
            measure = _singular_unit(measure)
        text = _grouped(token.en) if measure or (following is not None and following.pos in ("n", "a")) else token.en
        words.append(
            Token(
                token.zh, "m", approximate + text + (" " + measure if measure and not measure.endswith(" of") else "")
            )
        )
        if measure and not measure.endswith(" of") and not measure.startswith("person"):
            return number
        if measure.endswith(" of"):
            words[-1] = Token(token.zh, "m", f"{approximate}{text} {measure}")
        return "s" if token.number == "s" and not approximate else "" if token.number == "%" else "p"

    def _with_article(self, words: list[Token], text: str, wanted: bool) -> str:
        """`text` with "the" where `wanted` or where the name at its head has it, and "a" as its sound wants it."""
        first, head = words[0], words[-1]
        named = first.pos == "x" and first.number == "hint" and needs_article(self._surface.get(first.en, ""))
        if wanted or named or (first.pos == "ns" and head.pos in ("n", "ns") and first.en in _WITH_THE):
            return "the " + text
        if text.startswith("a ") and first.pos == "det":
            return f"{indefinite(self._surface.get(text[2:3], text[2:]))} {text[2:]}"
        return text

    def _assemble(self, words: list[Token], determiner: str, number: str, takes_article: bool) -> Node:
        if not words:
            return Node("NP", "")
        words = _title_before_name(words)
        words, number = _number_first(words, number)
        head = words[-1]
        if all(word.pos in ("a", "d") for word in words):
            return Node("A", " ".join(word.en for word in words), head.zh, words=len(words))
        english = [word.en for word in words]
        for index in range(1, len(words)):
            if words[index].zh == "海关" and words[index - 1].pos == "ns":
                english[index] = "Customs"
        if head.pos == "n":
            if number == "p" or determiner in _PLURAL_DETERMINERS:
                english[-1] = plural(head.en)
                number = "p"
            elif not number and looks_plural(head.en):
                number = "p"
        if head.pos == "r" and head.en in (
            "we",
            "they",
            "you",
            "I",
            "these",
            "people",
            "others",
            "both sides",
            "all parties",
            "both",
        ):
            number = "p"
        text = " ".join(part for part in english if part)
        fixed = words[0].pos in ("det", "poss", "m") or words[0].pos in _NAMELIKE or head.en[:1].isupper()
        bare = not fixed and head.pos == "n" and not number and plural(head.en) != head.en
        text = self._with_article(words, text, takes_article and bare)
        size = len(words) + 2 * any(word.zh == "“”" for word in words)
        marks = frozenset(("open",)) if head.pos in ("det", "m") and "%" not in head.en else frozenset()
        return Node(
            "NP", text, head.zh, number or ("s" if head.pos in ("r", "nr") else ""), fixed, marks=marks, words=size
        )


def _number_first(words: list[Token], number: str) -> tuple[list[Token], str]:
    """培训班 175 期: a number after its noun is put before it."""
    last = words[-1]
    if len(words) > 1 and last.pos == "m" and words[-2].pos == "n" and last.en[-1:].isdigit() and number == "p":
        start = 1 if words[0].pos in ("det", "poss") else 0
        text = f"{int(last.en):,}" if last.en.isdigit() and len(last.en) > 3 else last.en
        return [*words[:start], Token(last.zh, "m", text), *words[start:-1]], "p"
    return words, number


def _title_before_name(words: list[Token]) -> list[Token]:
    if (
        len(words) >= 2
        and words[-2].pos in ("nr", "ns")
        and words[-1].zh in TITLES
        and (words[-2].pos == "nr" or (len(words) == 2 and words[-2].zh[-1] not in "国省市县区"))
    ):
        return [*words[:-2], Token(words[-1].zh, "n", title_of(words[-1])), Token(words[-2].zh, "nr", words[-2].en)]
    return words


def title_of(word: Token) -> str:
    """A title as it stands before a name in English."""
    return {"先生": "Mr", "女士": "Ms"}.get(word.zh, word.en.title())


def _time_preposition(english: str) -> str:
    if english in _WEEKDAYS:
        return "on"
    if english in ("spring", "summer", "autumn", "winter", "the Middle Ages"):
        return "in"
    return "at" if english.startswith(("the end", "the beginning", "the weekend", "Christmas")) else ""


_WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())


def _joined_time(first: Node, second: Token) -> Node:
    """Two times in a row, the wider first in Chinese: 去年 春天, 周一 上午, 上午 9:30."""
    if second.preposition == "at":
        return Node("T", f"{second.en} {first.en}", first.zh, preposition="at")
    if second.en.startswith("in the "):
        return Node("T", f"{first.en} {second.en.removeprefix('in the ')}", first.zh, preposition=first.preposition)
    if second.en.endswith(" of the year") and first.en.isdigit():
        return Node("T", f"{second.en.removesuffix('the year')}{first.en}", first.zh, preposition="at")
    return Node("T", f"{second.en} {first.en}", first.zh, preposition=second.preposition or first.preposition)


def _singular_unit(measure: str) -> str:
    head, blank, rest = measure.partition(" ")
    return (head.removesuffix("s") if head.endswith("s") and head not in ("US",) else head) + blank + rest


def _grouped(text: str) -> str:
    return f"{int(text):,}" if text.isdigit() and len(text) > 3 else text
