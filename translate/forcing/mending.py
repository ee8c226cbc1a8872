"""Putting a name into an English sentence so that it stays English: articles, number, capitals, possessives, doubles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.alignment.words import FUNCTION_WORDS, stem
from translate.forcing.naming import is_acronym, is_plural, possessive_of, takes_the

_ARTICLE = re.compile(r"\b(an?|the)(\s+)$", re.IGNORECASE)
# The owner that a name begins with.
_OWNER = re.compile(r"([A-Z][\w-]*(?: [A-Z][\w-]*)*)(?:[’']s|(?<=s)[’']) ")
_THESE = re.compile(r"\b(?:these|those)\s+$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n\s*|^[\s#>*\-•]*)[\"“(]?$")
_WORD = re.compile(r"[A-Za-z0-9]+(?:[’'][a-z]+)?")
_BESIDE_LEFT = re.compile(r"(?<![A-Za-z0-9’'])([A-Za-z0-9]+)[\s\-]+$")
_BESIDE_RIGHT = re.compile(r"[\s\-]+([A-Za-z0-9]+)(?![A-Za-z0-9])")
# Where a verb must follow; after "to" only words that are plainly verbs are taken for one.
_VERBAL = re.compile(
    r"\b(to|may|might|can|could|will|would|shall|should|must|not)\s+(?:also |further |then )?$", re.IGNORECASE
)
_TO_DO = re.compile(
    r"^(?:disclose|supervise|affect|influence|regulate|monitor|integrate|examine|inspect|assess|develop|open|combat|fight|issue|manage|invest|\w+(?:ise|ize|ate|ify))$"
)
_EFFECT = re.compile(r"\b(?:effects?|impacts?|influences?|ramifications?|implications?|consequences?)$")
_PREPOSITION_AFTER = re.compile(r"\s+(?:of|in|on|for|with|to|by|from|at|and|or|that|which|as|into)\b")
_LAST_WORD = re.compile(r"([A-Za-z0-9’']+)[^A-Za-z0-9]*$")
_INTRODUCED = re.compile(r" \([^()]+\)$")
_OLD_ACRONYM = re.compile(r"^\s*\(([A-Z][A-Za-z&/\-]*[A-Z]s?)\)")
# No article and nothing that makes one superfluous before a name, nothing behind it that it could belong to.
_BARE = re.compile(
    r"(?:^|[.!?;,]\s+|\b(?:of|in|on|by|for|with|to|from|at|and|or|between|under|that|as|said|says|joined|joins)\s+)[“\"(]?$",
    re.IGNORECASE,
)
_STANDS_ALONE = re.compile(
    r"\s*(?:[.,;:!?)”]|$)|\s+(?:\w+ed|is|are|was|were|has|have|had|will|would|and|or|to|in|on|at|for|of|by|with|that|which"
    r"|also|said|says|began|held|made|set|issued)\b"
)
_VERB = re.compile(r"^(\s+(?:also |still |now )?)(is|are|was|were|has|have|does|do)\b")
_SINGULAR = {"are": "is", "were": "was", "have": "has", "do": "does"}
_PLURAL = {one: many for many, one in _SINGULAR.items()}
_PREPOSITION_BEFORE = re.compile(
    r"\b(?:of|in|on|by|for|with|to|from|at|and|or|between|among|under|over|as)\s+(?:(?:the|an?)\s+)?$", re.IGNORECASE
)
# A letter whose name begins with a vowel sound, and words whose spelling and sound part ways.
_VOWEL_LETTERS = "AEFHILMNORSX"
_CONSONANT_SOUND = re.compile(r"(?:uni(?!m|n[a-z]?(?:f|t))|use|usu|eu|one\b|once\b|ubiq|util)", re.IGNORECASE)
_SAID_AS_WORD = re.compile(r"(?=.{4})[BCDFGHJKLMNPRSTVWXYZ]{1,2}[AEIOU][A-Z]+")
_SILENT_H = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)
# English that has no plural of its own, and what looks like it and has one.
_UNCOUNTED = re.compile(
    r"(?:ing|ment|tion|sion|ance|ence|ity|ness|ship|ism|ics|fare|work|data|renminbi|\d)$", re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?:(?:institu|organi[sz]a|corpora|associa|op|sta|obliga|transac|opera|examina|inspec)tion|commission|division|"
    r"(?:depart|instru|docu|invest|pay|agree|state|require|arrange|settle|assess)ment|network|framework|relationship)$"
)


def replace(target: str, span: tuple[int, int], name: str, taken: Sequence[tuple[int, int]] = ()) -> str:
    """`target` with `name` in place of the span, mended around it. No character in a `taken` span is touched."""
    start, end = _whole(target, span, name, taken)
    old = target[start:end]
    possessive = _POSSESSIVE.search(old)
    if possessive and not _POSSESSIVE.search(name):
        end -= len(possessive.group())
        old = target[start:end]
    before, after = target[:start], target[end:]
    name = _in_number_of(old, name)
    if in_heading(target, (start, end)):
        name = titled(name)
    if re.match(r"[’']s?(?![A-Za-z])", after):
        # The acronym in brackets does not stand between a name and its ending.
        name = _INTRODUCED.sub("", name)
    after = _without_old_acronym(old, name, after)
    before = _with_article(before, name)
    if name.lower().startswith("the ") and re.search(r"\bthe\s+$", before, re.IGNORECASE):
        name = name[4:]
    if takes_the(name) and _BARE.search(before) and _STANDS_ALONE.match(after) and not old.lower().startswith("the "):
        before += "The " if _SENTENCE_START.search(before) else "the "
    name = _as_verb(before, old, name, after)
    after = _agreeing(before, old, name, after)
    after = _possessive(old, name, after)
    return before + capitalised(before, name) + after


def _whole(target: str, span: tuple[int, int], name: str, taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The span with the words beside it that the name brings along and the span lacks: [Exchange] Fund → Exchange Fund."""
    start, end = span
    least = max((last for _, last in taken if last <= start), default=0)
    most = min((first for first, _ in taken if first >= end), default=len(target))
    brought = {stem(word) for word in _WORD.findall(name)}
    brought -= {stem(word) for word in _WORD.findall(target[start:end])} | FUNCTION_WORDS
    while (hit := _BESIDE_LEFT.search(target[least:start])) and stem(hit.group(1)) in brought:
        brought.discard(stem(hit.group(1)))
        start = least + hit.start()
    while (hit := _BESIDE_RIGHT.match(target[end:most])) and stem(hit.group(1)) in brought:
        brought.discard(stem(hit.group(1)))
        end += hit.end()
    return start, end


def _as_verb(before: str, old: str, name: str, after: str) -> str:
    """The name with a verb of its own where the old rendering was one: to [disclose] → to carry out disclosure of."""
    hit = _VERBAL.search(before)
    first = old.split(" ", 1)[0].lower()
    if hit is None or not old[:1].islower() or name[:1].isupper() or stem(name.split(" ", 1)[0]) == first:
        return name
    if hit.group(1).lower() == "to" and not _TO_DO.search(first):
        return name
    verb = "have" if _EFFECT.search(name) else "carry out"
    has_object = " " not in old and re.match(r"\s+(?:the|an?|its|their|our|his|her|[a-z]+s?)\b", after)
    preposition = (" for" if verb == "have" else " of") if has_object and not _PREPOSITION_AFTER.match(after) else ""
    return f"{verb} {name}{preposition}"


def _in_number_of(old: str, name: str) -> str:
    """The name in the plural where it takes the place of one and is a common noun that has one."""
    last_old, last = _LAST_WORD.search(old), _LAST_WORD.search(name)
    if not last_old or not last or not is_plural(last_old.group(1)) or is_plural(name) or not name[-1:].isalpha():
        return name
    word = last.group(1)
    same = stem(word) == stem(last_old.group(1))
    counted = word.islower() and (bool(_COUNTED.search(word)) or not _UNCOUNTED.search(word))
    counted = counted and not word.endswith(("y", "s", "f"))
    if same and not word.endswith(("y", "s")) and (counted or last_old.group(1).lower() == word.lower() + "s"):
        return name + "s"
    if counted and not re.search(r"\b(?:of|for|in|on)\b", name) and not is_acronym(name):
        return name + ("es" if re.search(r"(?:ch|sh|x|z)$", word) else "s")
    return name


def _with_article(before: str, name: str) -> str:
    """`before` with its last article right for the name."""
    these = _THESE.search(before)
    if these is not None and not is_plural(name):
        return before[: these.start()] + ("The" if these.group()[0] == "T" else "the") + " "
    hit = _ARTICLE.search(before)
    owner = _OWNER.match(name)
    if hit is not None and owner is not None and not (is_acronym(owner.group(1)) or takes_the(owner.group(1))):
        # Hong Kong’s rating, not the Hong Kong’s rating.
        return before[: hit.start()]
    if hit is None or hit.group(1).lower() == "the":
        return before
    if is_plural(name) or re.match(r"(?:the|an?)\s", name, re.IGNORECASE):
        return before[: hit.start()]
    right = article_of(name)
    return before[: hit.start()] + (right.capitalize() if hit.group(1)[0].isupper() else right) + hit.group(2)


def article_of(name: str) -> str:
    """ "a" or "an", by how the name is said: letter by letter (an HKMA), or as a word (a NATO plan)."""
    first = re.split(r"[\s\-/]", name, maxsplit=1)[0]
    by_letters = first.isupper() and len(first) > 1 and not _SAID_AS_WORD.fullmatch(first)
    if by_letters or (is_acronym(first) and first[:2].isupper() and not _SAID_AS_WORD.fullmatch(first)):
        return "an" if first[0] in _VOWEL_LETTERS else "a"
    if _SILENT_H.match(name):
        return "an"
    return "an" if name[:1].lower() in "aeiou8" and not _CONSONANT_SOUND.match(name) else "a"


def _without_old_acronym(old: str, name: str, after: str) -> str:
    """`after` without the acronym in brackets that belonged to the old rendering and not to the name."""
    hit = _OLD_ACRONYM.match(after)
    if hit is None:
        return after
    letters = hit.group(1).rstrip("s").upper()
    if _initials(old).endswith(letters) and not _initials(name).endswith(letters):
        return after[hit.end() :]
    return after[hit.end() :] if f"({hit.group(1)})" in name else after


def _initials(text: str) -> str:
    return "".join(
        word[0].upper() for word in re.findall(r"[A-Za-z]+", text) if word.lower() not in ("of", "the", "and", "for")
    )


def _agreeing(before: str, old: str, name: str, after: str) -> str:
    """`after` with its verb in the number of the name, where the name is plainly the verb's subject."""
    was_plural, now_plural = is_plural(old), is_plural(name)
    hit = _VERB.match(after)
    if hit is None or was_plural == now_plural or _PREPOSITION_BEFORE.search(before):
        return after
    verb = (_PLURAL if now_plural else _SINGULAR).get(hit.group(2), hit.group(2))
    return hit.group(1) + verb + after[hit.end() :]


def _possessive(old: str, name: str, after: str) -> str:
    """`after` with the ending of a possessive right for the name."""
    hit = re.match(r"([’'])(s?)(?![A-Za-z])", after)
    if hit is None or not (hit.group(2) or old.endswith("s")):
        return after
    return possessive_of(name, hit.group(1))[len(name) :] + after[hit.end() :]


def in_heading(target: str, span: tuple[int, int]) -> bool:
    """Whether the span stands in a line or quotation whose words have capitals throughout."""
    start = max(target.rfind(mark, 0, span[0]) for mark in ("\n", "“", '"', "‘")) + 1
    ends = [at for mark in ("\n", "”", '"', "’ ") if (at := target.find(mark, span[1])) >= 0]
    line = target[start : min(ends, default=len(target))]
    words = [word for word in re.findall(r"[A-Za-z][\w’'-]*", line) if word.lower() not in FUNCTION_WORDS]
    return len(words) <= 16 and sum(word[0].isupper() for word in words) >= max(2, 0.8 * len(words))


def titled(name: str) -> str:
    """The name with capitals as in a heading: Banking Sector, Lines of Defence."""
    words = re.split(r"(\s+|-)", name)
    return "".join(
        word[0].upper() + word[1:] if word.islower() and (at == 0 or word not in FUNCTION_WORDS) else word
        for at, word in enumerate(words)
    )


def capitalised(before: str, name: str) -> str:
    """The name with a capital where it begins a sentence, unless it is spelt against the rule (eTradeConnect)."""
    first = name.split(" ", 1)[0]
    if name[:1].islower() and first.islower() and _SENTENCE_START.search(before):
        return name[0].upper() + name[1:]
    return name


def without_doubles(target: str) -> str:
    """`target` without articles that stand twice."""
    return re.sub(r"\b(the|a|an)(\s+(?:the|a|an))+\b(?=\s)", r"\1", target, flags=re.IGNORECASE)
