"""What counting says about a candidate: how often, next to what, how much more often than in general Chinese.

Branching entropy (Jin and Tanaka-Ishii 2006), pointwise mutual information (Church and Hanks 1990), C-value (Frantzi,
Ananiadou and Mima 2000) and weirdness (Ahmad, Gillam and Tostevin 1999). Linear in the text.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import ahocorasick_rs

from glossary.words import frequency, word_tags

# jieba's dictionary was counted on about this many words.
_GENERAL_WORDS = 6e7
_NOUNS = re.compile(r"^(?:n|nz|vn|an|b|j|l|ng|k)$")
_MOST_WORDS = 5
_OPENERS = frozenset("有关 相关 各类 主要 重要 重大 一定 多种 一般 现有 目前 以上 全面 所有 不同 其他".split())


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """`left` and `right` are entropies in bits of the characters beside it; `independent` its count outside longer ones."""

    count: int = 0
    independent: int = 0
    left: float = 0.0
    right: float = 0.0
    c_value: float = 0.0


def standings(names: Iterable[str], texts: Iterable[str]) -> dict[str, Standing]:
    """How each of `names` stands in `texts` (normalised alike)."""
    listed = sorted({name for name in names if name})
    if not listed:
        return {}
    automaton = ahocorasick_rs.AhoCorasick(listed, matchkind=ahocorasick_rs.MATCHKIND_STANDARD)
    count: Counter[str] = Counter()
    nested: Counter[str] = Counter()
    holders: dict[str, set[str]] = defaultdict(set)
    left: dict[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        longest_end, longest = -1, ""
        hits = automaton.find_matches_as_indexes(text, overlapping=True)
        for index, start, end in sorted(hits, key=lambda hit: (hit[1], -hit[2])):
            name = listed[index]
            count[name] += 1
            if end <= longest_end:
                nested[name] += 1
                holders[name].add(longest)
            else:
                longest_end, longest = end, name
            left[name][text[start - 1 : start] or "\n"] += 1
            right[name][text[end : end + 1] or "\n"] += 1
    return {
        name: Standing(
            count[name],
            count[name] - nested[name],
            entropy(left[name]),
            entropy(right[name]),
            _c_value(len(name), count[name], nested[name], len(holders[name])),
        )
        for name in count
    }


def _c_value(length: int, count: int, nested: int, holders: int) -> float:
    """log2 of the length times the count, less the mean count of the longer candidates that hold it."""
    return math.log2(max(length, 2)) * (count - (nested / holders if holders else 0))


def entropy(counts: Mapping[str, int]) -> float:
    """In bits; line ends and punctuation count each time as something new, since anything may stand beyond them."""
    total = sum(counts.values())
    value = 0.0
    for char, count in counts.items():
        share = count / total
        if char.isalnum():
            value -= share * math.log2(share)
        else:
            value -= share * math.log2(1 / total)
    return value


def terms(documents: Iterable[str], least: int = 3) -> dict[str, tuple[float, int, str]]:
    """Domain terms of documents given as words with tabs between them: sequences of nouns with (score 0–1, count, reasons), repeated, bound together and rare elsewhere."""
    words: Counter[str] = Counter()
    runs: Counter[tuple[str, ...]] = Counter()
    nouns = {word for word, tag in word_tags().items() if _NOUNS.match(tag)} - _OPENERS
    for document in documents:
        run: list[str] = []
        cut = document.split("\t")
        words.update(cut)
        for word in cut:
            if word in nouns:
                run.append(word)
                continue
            _add(runs, run)
            run = []
        _add(runs, run)
    total = max(1, sum(words.values()))
    found: dict[str, tuple[float, int, str]] = {}
    for run_words, count in runs.items():
        name = "".join(run_words)
        if count < least or not 4 <= len(name) <= 16:
            continue
        binding = math.log2(count * total / math.prod(words[w] for w in run_words) * total ** (len(run_words) - 2))
        strangeness = weirdness(run_words, words, total)
        score = 0.25 + 0.03 * min(count, 8) + 0.02 * min(max(binding, 0), 8) + 0.03 * min(max(strangeness, 0), 6)
        if score >= 0.5:
            found[name] = (
                round(score, 3),
                count,
                f"{count} times; bound together (PMI {binding:.1f}); {strangeness:.1f} bits more usual here than elsewhere",
            )
    return found


def _add(runs: Counter[tuple[str, ...]], run: Sequence[str]) -> None:
    for size in range(2, _MOST_WORDS + 1):
        for low in range(len(run) - size + 1):
            if low == 0 or low + size == len(run):
                runs[tuple(run[low : low + size])] += 1


def weirdness(run_words: Sequence[str], words: Mapping[str, int], total: int) -> float:
    """Bits by which the words are more frequent here than in general Chinese, the mean over them."""
    bits = [math.log2((words[w] / total) / ((frequency(w) + 1) / _GENERAL_WORDS)) for w in run_words]
    return sum(bits) / len(bits)
