"""A text → its gloss: sentences and clauses, brackets and quotations, opaque runs, tense."""

from __future__ import annotations

import dataclasses
import re

from glossary.english.pinyin import readings
from translate.engines.gloss.clause import Setting, clause_english
from translate.engines.gloss.dictionary import Dictionary
from translate.engines.gloss.nodes import Node
from translate.engines.gloss.scan import HAN, scan
from translate.engines.gloss.segment import Segmenter
from translate.engines.gloss.tokens import Token

_PUNCTUATION = {
    "，": ",", "。": ".", "；": ";", "：": ":", "？": "?", "！": "!", "、": ",", "（": "(", "）": ")", "【": "[", "】": "]", "《": "“",
    "》": "”", "〈": "‘", "〉": "’", "「": "“", "」": "”", "『": "‘", "』": "’", "．": ".", "～": "–", "—": "—", "…": "…", "·": " ",
    "•": " ", "﹑": ",", "［": "[", "］": "]", "％": "%", "＋": "+", "／": "/", "　": " ", "｡": ".", "､": ",", "－": "-", "〔": "[", "〕": "]",
}  # fmt: skip
_PAIRS = {"(": ")", "[": "]", "“": "”", "‘": "’"}
_CLOSERS = frozenset(_PAIRS.values())
_STOPS = frozenset(",.;:?!")
_SENTENCE_END = re.compile(r"(?<=[。！？!?；;])(?![”’」』）)])")
_BLANK = re.compile(rf"(?<=\d) +(?=[{HAN}])|(?<=[{HAN}]) +(?=\d)")
_PRIVATE = 0xF0000
_MAX_DEPTH = 3
# Longer "clauses" are lists or noise; cutting them keeps the time linear in the text.
_MAX_CLAUSE = 150
_PAST = frozenset("了 过 已 已经 曾 曾经 昨天 去年 前天 上周 上月 此前 当时 近日 日前 昨日".split())
_REPORTING = frozenset("表示 称 指出 宣布 强调 透露 报道 声称 宣称 证实 介绍".split())
_HAN_CHAR = re.compile(f"[{HAN}]")
# Parts of speech whose English always stands in the clause as it is, so that what is in brackets can go with it.
_WRITTEN = frozenset(("n", "x", "nr", "ns", "r", "a", "v", "t", "s"))


@dataclasses.dataclass(frozen=True, slots=True)
class _Group:
    """A bracketed or quoted stretch, or the whole sentence when `opener` is empty."""

    opener: str
    closer: str
    items: list[Token | _Group]


class Glosser:
    """Glosses texts. Immutable after construction but for caches, safe in threads."""

    def __init__(self, segmenter: Segmenter, dictionary: Dictionary) -> None:
        self._segmenter = segmenter
        self._dictionary = dictionary

    def gloss(self, text: str) -> str:
        """English gloss of `text`; line breaks are kept."""
        lines = text.split("\n")
        return "\n".join(self._line(line) for line in lines)

    def _line(self, line: str) -> str:
        parts = [self._sentence(part) for part in _SENTENCE_END.split(line) if part.strip()]
        return " ".join(part for part in parts if part)

    def _sentence(self, text: str) -> str:
        surface: dict[str, str] = {}
        tokens: list[Token] = []
        for token in scan(_BLANK.sub("", self._dictionary.simplify(text)), self._segmenter.in_idiom):
            if token.pos == "han":
                tokens.extend(self._segmenter.tokens(token.zh))
            elif token.pos == "dotted":
                parts = re.split("[·•・]", token.zh)
                whole = self._dictionary.gloss("·".join(parts), False)
                tokens.append(Token(token.zh, "nr", whole or " ".join(map(self._segmenter.name, parts))))
            elif token.pos == "x":
                tokens.append(_opaque(token, surface))
            elif token.pos == "w":
                mark = _PUNCTUATION.get(token.zh, token.zh)
                plain = token.zh.isprintable() and ord(token.zh[0]) < 0xE000
                tokens.append(
                    Token(token.zh, "w", mark) if plain or token.zh in _PUNCTUATION else _opaque(token, surface)
                )
            else:
                tokens.append(token)
        setting = Setting(_is_past(tokens), surface)
        english = self._group(_nest(tokens), setting, 0)
        return _finish(self._no_han(english), surface)

    def _no_han(self, text: str) -> str:
        return _HAN_CHAR.sub(lambda found: "".join(readings(found[0])), text)

    def _group(self, group: _Group, setting: Setting, depth: int) -> str:
        """English of the items of a group, clause by clause."""
        out: list[str] = []
        clause: list[Token] = []
        subject: Node | None = None

        def close() -> None:
            nonlocal subject
            if clause:
                written = clause_english(clause, setting, subject)
                out.append(written.text)
                subject = written.subject
                clause.clear()

        for index, item in enumerate(group.items):
            if isinstance(item, _Group):
                self._enclosed(item, clause, setting, depth)
            elif item.pos == "space":
                following = group.items[index + 1] if index + 1 < len(group.items) else None
                if (
                    clause
                    and isinstance(following, Token)
                    and _is_han(clause[-1].zh[-1:])
                    and _is_han(following.zh[:1])
                ):
                    close()
            elif item.pos == "w" and item.zh != "、" and not (item.en in ("&", "/") and clause):
                close()
                out.append(item.en)
            else:
                clause.append(item)
                if len(clause) >= _MAX_CLAUSE:
                    close()
        close()
        return " ".join(part for part in out if part)

    def _enclosed(self, item: _Group, clause: list[Token], setting: Setting, depth: int) -> None:
        inner = self._group(item, dataclasses.replace(setting, past=False) if item.opener else setting, depth + 1)
        if item.opener in ("“", "‘") and not inner.rstrip().endswith((".", "!", "?")):
            key = chr(_PRIVATE + len(setting.surface))
            inner = _finish(self._no_han(inner), setting.surface, capital=False)
            setting.surface[key] = f"{item.opener}{inner}{item.closer}"
            clause.append(Token("“”", "x", key))
            return
        text = f"{item.opener} {inner} {item.closer}"
        if item.opener in ("(", "[") and clause and _WRITTEN.issuperset((clause[-1].pos, *clause[-1].readings)):
            key = chr(_PRIVATE + len(setting.surface))
            setting.surface[key] = _finish(self._no_han(text), setting.surface, capital=False)
            last = clause[-1]
            clause[-1] = dataclasses.replace(
                last, en=f"{last.en} {key}", readings={tag: f"{en} {key}" for tag, en in last.readings.items()}
            )
        else:
            clause.append(Token("“”", "s", text))


def _is_han(char: str) -> bool:
    return _HAN_CHAR.match(char) is not None


def _opaque(token: Token, surface: dict[str, str]) -> Token:
    """`token` with a private-use character in place of its text, so that no later step can touch it."""
    key = chr(_PRIVATE + len(surface)) if len(surface) < 0x1FFF0 else token.en
    surface[key] = token.en
    return dataclasses.replace(token, en=key, pos="x" if token.pos == "w" else token.pos)


def _nest(tokens: list[Token]) -> _Group:
    """Tokens with matched brackets and quotation marks as groups; unmatched ones stay punctuation."""
    closing: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for index, token in enumerate(tokens):
        if token.pos != "w":
            continue
        if token.en in _PAIRS and len(stack) < _MAX_DEPTH:
            stack.append((_PAIRS[token.en], index))
        elif token.en in _CLOSERS and stack and any(mark == token.en for mark, _ in stack):
            while stack:
                mark, start = stack.pop()
                if mark == token.en:
                    closing[start] = index
                    break
    return _Group("", "", _items(tokens, 0, len(tokens), closing))


def _items(tokens: list[Token], start: int, end: int, closing: dict[int, int]) -> list[Token | _Group]:
    items: list[Token | _Group] = []
    index = start
    while index < end:
        close = closing.get(index)
        if close is None:
            items.append(tokens[index])
            index += 1
        else:
            items.append(_Group(tokens[index].en, tokens[close].en, _items(tokens, index + 1, close, closing)))
            index = close + 1
    return items


def _is_past(tokens: list[Token]) -> bool:
    return any(token.zh in _PAST or token.zh in _REPORTING for token in tokens) or any(
        token.pos == "t" and token.preposition and token.en[-4:].isdigit() and int(token.en[-4:]) < 2025
        for token in tokens
    )


_OPEN_SPACE = re.compile(r"([(\[“‘]) +")
_CLOSE_SPACE = re.compile(r" +([,.;:?!)\]”’%…])")
_REPEATED = re.compile(r"([,;:])(?: *[,;:])+")
_DOUBLED = re.compile(r"\b(the|a|an|to|of|and|in|with|for|by) (?:\1\b ?)+")
_KEY = re.compile(r"[\U000f0000-\U0010fffd]")


def _finish(text: str, surface: dict[str, str], capital: bool = True) -> str:
    """Spacing, capital, a/an; then the opaque texts put back."""
    text = _OPEN_SPACE.sub(r"\1", " ".join(text.split()))
    text = _CLOSE_SPACE.sub(r"\1", text)
    text = _REPEATED.sub(r"\1", text)
    text = _DOUBLED.sub(r"\1 ", re.sub(r" *(–) *", r"\1", text))
    if capital:
        for position, char in enumerate(text):
            if char.isalpha() or char in surface or char.isdigit():
                text = (
                    text[:position] + char.upper() + text[position + 1 :]
                    if char.isalpha() and char not in surface
                    else text
                )
                break
    return _KEY.sub(lambda found: surface.get(found[0], found[0]), text)
