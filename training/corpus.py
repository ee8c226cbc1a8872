"""The pairs that models are learned from: read, cleaned, brought towards mainland usage, and what is held out of them.

The corpus is a folder of NAME.tsv.xz files, one `chinese<TAB>english` pair a line (../shared/corpus; not in the product).
Pairs of agency news, of which it has none, were written for this project (training/written).
"""

from __future__ import annotations

import collections
import dataclasses
import functools
import itertools
import lzma
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import ahocorasick_rs
import opencc

from translate.engines.quotes import closed_quotes
from translate.engines.taiwan import TAIWAN

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
WRITTEN = Path(__file__).parent / "written"
HELD_OUT_NEWS = Path(__file__).parents[1] / "benchmarks" / "agency_news.tsv"
TERMS = CORPUS.parent / "terms"
BENCHMARKS = CORPUS.parent / "benchmarks"
LAW = "tw_law"
NEWS = "agency_news"
# Manuals of software use words in senses of their own.
MANUALS = ("python_docs", "django_docs", "angular_docs")
HELD_OUT = 2_000
TUNING_LAW = 600
# A Taiwan term is replaced if its English stands beside it this often in the laws, seen so many times, and if texts
# from the mainland have the other term so many times as often.
_SURE, _SEEN, _RATHER = 0.4, 5, 3
# In the list only within longer terms.
_ALSO = {"核子": "核"}
_LONGEST = 200
# The first sentence of a statute says what it is enacted for or under.
_STATUTE_BEGINS = re.compile(
    r"^(?:本|为).{0,60}(?:依|依据|根据|特).{0,60}(?:订定|制定|规定|订定之|制定之)(?:之|本.{1,8})?。?$"
)
# Who learns from Taiwan's statutes would name it where a text from the mainland means its own bodies.
_OF_TAIWAN = re.compile(TAIWAN)
_CONTROL = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffd]")
_SPACE_IN_HAN = re.compile(
    "(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]) +(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])"
)
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile("[\u3400-\u9fff]+")
_ENGLISH_MARKS = str.maketrans({"‘": "'", "’": "'", "`": "'", "–": "-", "—": " - ", "…": "...", "\u00a0": " "})
_CURLED = str.maketrans({"“": '"', "”": '"'})
# NFKC would turn Chinese punctuation into Latin; only letters and digits are narrowed.
_NARROW = {
    code: code - 0xFEE0
    for code in range(0xFF01, 0xFF5F)
    if chr(code - 0xFEE0).isalnum() or chr(code) in "％＋－．／＝＠＆"
}


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """A Chinese sentence, its English, the file it is from, and the names in it, Chinese and English of each, if they are told."""

    chinese: str
    english: str
    source: str
    names: tuple[tuple[str, str], ...] = ()


def pairs(folder: Path = CORPUS, of_taiwan: bool = False) -> Iterator[Pair]:
    """The pairs to learn from: clean, and none that is held out. In the order of the files. `of_taiwan`: those too whose English
    speaks of Taiwan, for who does so only where the Chinese does.

    Raises FileNotFoundError where there is no corpus.
    """
    away = {pair.chinese for part in held_out(folder) for pair in part}
    for pair in _all_pairs(folder):
        if pair.chinese not in away and _is_clean(pair) and (of_taiwan or not _OF_TAIWAN.search(pair.english)):
            yield dataclasses.replace(pair, english=closed_quotes(pair.english))


def written(folder: Path = WRITTEN) -> Iterator[Pair]:
    """The pairs of agency news. Raises ValueError as `read_written`."""
    for path in sorted(folder.glob("*.tsv")):
        yield from read_written(path)


def read_written(path: Path) -> Iterator[Pair]:
    """The pairs of a file of `chinese<TAB>english<TAB>names`, names as `chinese=english;…`. Raises ValueError for a line of
    another form, or with a name that does not stand on both sides."""
    for number, row in enumerate(read_rows(path), 1):
        if len(row) != 3 or not all(row[:2]):
            raise ValueError(f"{path}, line {number}: Chinese, English and names expected.")
        chinese, english = normalise_chinese(row[0]), _straightened(row[1])
        names = tuple((normalise_chinese(one), _straightened(said)) for one, said in _names(row[2]))
        if wrong := next((one for one, said in names if one not in chinese or not said or said not in english), None):
            raise ValueError(f"{path}, line {number}: {wrong} does not stand on both sides.")
        yield Pair(chinese, english, NEWS, names)


def _straightened(english: str) -> str:
    return normalise_english(english.translate(_CURLED))


def _names(told: str) -> Iterator[tuple[str, str]]:
    for one in told.split(";") if told else ():
        chinese, _, english = one.partition("=")
        yield chinese, english


@functools.cache
def held_out(folder: Path = CORPUS) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """(law, general): about 2,000 pairs each that nothing is ever learned from; law in whole statutes."""
    law = _whole_statutes(folder, 0, HELD_OUT, longest=400)
    general: list[tuple[int, Pair]] = []
    for pair in _all_pairs(folder):
        if pair.source != LAW and _draw(pair) % 331 == 0 and _is_clean(pair):
            general.append((_draw(pair), pair))
    return law, tuple(pair for _, pair in sorted(general, key=lambda both: both[0])[:HELD_OUT])


def tuning_law(folder: Path = CORPUS) -> tuple[Pair, ...]:
    """About 600 pairs of law to tune on, in whole statutes and none of them held out: statutes repeat themselves, so that
    what is tuned on single sentences trusts too much in what was learned from the rest of their statute."""
    return _whole_statutes(folder, 1, TUNING_LAW, longest=200)


def _whole_statutes(folder: Path, lot: int, enough: int, longest: int) -> tuple[Pair, ...]:
    """Statutes of 20 to `longest` pairs that fell to one lot of 37, until there are `enough` pairs."""
    law: list[Pair] = []
    for statute in _statutes(pair for pair in _all_pairs(folder) if pair.source == LAW):
        # The checksum of its first sentence decides, so that a longer corpus draws the same statutes.
        if len(law) < enough and 20 <= len(statute) <= longest and _draw(statute[0]) % 37 == lot:
            law += [pair for pair in statute if _is_clean(pair)]
    return tuple(law)


def normalise_chinese(text: str) -> str:
    """Latin letters and digits narrow, no control characters, no space between Chinese characters. The script stays."""
    text = _CONTROL.sub("", text).replace("\u3000", " ").translate(_NARROW)
    return _SPACE_IN_HAN.sub("", " ".join(text.split()))


def normalise_english(text: str) -> str:
    """NFKC, straight apostrophes, one kind of dash, no control characters."""
    return " ".join(_CONTROL.sub("", unicodedata.normalize("NFKC", text.translate(_ENGLISH_MARKS))).split())


def read_rows(path: Path) -> Iterator[list[str]]:
    """Rows of a .tsv or .tsv.xz file, as lists of fields."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


@functools.cache
def mainland_words(folder: Path = CORPUS) -> dict[str, str]:
    """Taiwan term → mainland term (核子 → 核, 资讯 → 信息), for those that the laws use in the sense of the list.

    From the list of both sides of the strait (National Academy for Educational Research, open government data); a term
    counts if its English stands in the English of many sentences that hold it, and if the mainland hardly uses it.
    """
    path = folder.parent / "terms" / "naer_cross_strait.tsv.xz"
    if not path.is_file():
        return {}
    meant: dict[str, set[tuple[str, str]]] = collections.defaultdict(set)
    simplified = opencc.OpenCC("t2s").convert
    for row in read_rows(path):
        english, taiwan = row[-3].lower().strip(), simplified(row[-2])
        for mainland in re.split("[；;]", simplified(row[-1])):
            if 2 <= len(taiwan) <= 8 and taiwan != mainland and english and _WORD.fullmatch(taiwan + mainland):
                meant[taiwan].add((english, mainland))
    elsewhere = {mainland for both in meant.values() for _, mainland in both}
    known = [*meant, *(elsewhere - meant.keys())]
    searcher = ahocorasick_rs.AhoCorasick(known, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    seen: collections.Counter[str] = collections.Counter()
    general: collections.Counter[str] = collections.Counter()
    right: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for pair in _raw(folder):
        found = set(searcher.find_matches_as_strings(pair.chinese))
        if pair.source != LAW:
            general.update(found)
            continue
        english = pair.english.lower()
        for taiwan in found & meant.keys():
            seen[taiwan] += 1
            right[taiwan].update({mainland for word, mainland in meant[taiwan] if word in english})
    changed = dict(_ALSO)
    for taiwan, count in seen.items():
        if count >= _SEEN and right[taiwan]:
            mainland, times = max(right[taiwan].items(), key=lambda one: (one[1], general[one[0]]))
            if times >= _SURE * count and general[mainland] >= _RATHER * max(1, general[taiwan]):
                changed[taiwan] = mainland
    return changed


def eight_grams(text: str) -> set[str]:
    """Every run of eight Chinese characters of `text`, to find what overlaps."""
    letters = "".join(_HAN.findall(text))
    return {letters[at : at + 8] for at in range(len(letters) - 7)}


def overlapping(texts: Iterable[str], folder: Path = CORPUS) -> list[str]:
    """Those of `texts` that share at least half of their runs of eight characters with the pairs to learn from."""
    return repeated(texts, (pair.chinese for pair in itertools.chain(pairs(folder), written())), 1 / 2)


def repeated(texts: Iterable[str], others: Iterable[str], share: float) -> list[str]:
    """Those of `texts` of whose runs of eight characters at least this share stands in `others` too."""
    wanted = {text: eight_grams(text) for text in texts}
    every = set().union(*wanted.values()) if wanted else set()
    seen: set[str] = set()
    for other in others:
        seen |= eight_grams(other) & every
    return [text for text, grams in wanted.items() if grams and len(grams & seen) >= share * len(grams)]


def _all_pairs(folder: Path) -> Iterator[Pair]:
    change = mainland_words(folder)
    searcher = ahocorasick_rs.AhoCorasick(list(change), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    for pair in _raw(folder):
        if change and pair.source == LAW:
            pair = dataclasses.replace(pair, chinese=_replaced(pair.chinese, searcher, change))
        yield pair


def _replaced(text: str, searcher: ahocorasick_rs.AhoCorasick, change: dict[str, str]) -> str:
    parts, at = [], 0
    words = list(change)
    for number, start, end in searcher.find_matches_as_indexes(text):
        parts += [text[at:start], change[words[number]]]
        at = end
    return "".join([*parts, text[at:]])


@functools.cache
def _raw(folder: Path) -> tuple[Pair, ...]:
    files = sorted(folder.glob("*.tsv.xz"))
    if not files:
        raise FileNotFoundError(f"{folder}: holds no corpus (NAME.tsv.xz); it is needed to train, not to run.")
    return tuple(
        Pair(normalise_chinese(row[0]), normalise_english(row[1]), path.name.removesuffix(".tsv.xz"))
        for path in files
        for row in read_rows(path)
        if len(row) >= 2
    )


def _is_clean(pair: Pair) -> bool:
    """Neither side empty, endless, untranslated or out of all proportion."""
    letters, words = len(_HAN.findall(pair.chinese)), len(pair.english.split())
    if not letters or not words or len(pair.chinese) > _LONGEST or words > _LONGEST:
        return False
    if len(_HAN.findall(pair.english)) > 2:
        return False
    return 0.25 * words - 3 <= letters <= 6 * words + 6


def _statutes(law: Iterable[Pair]) -> Iterator[list[Pair]]:
    statute: list[Pair] = []
    for pair in law:
        if statute and _STATUTE_BEGINS.match(pair.chinese):
            yield statute
            statute = []
        statute.append(pair)
    yield statute


def _draw(pair: Pair) -> int:
    return zlib.crc32(pair.english.encode())
