"""What is wrong with a glossary: names that contradict each other, forms no translation could satisfy, and which rows
other systems would refuse. A conflict has an id that stays the same until what it is about changes, so that it can be
settled once."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from glossary.concept import Concept
from glossary.csv_file import GlossaryError
from glossary.formats import FORMATS
from glossary.matching import normalize

_HAN = re.compile("[\u3400-\u9fff]")
_STATE = "中华人民共和国"
_LIMITED = ("deepl", "google", "amazon", "azure", "omegat")


@dataclasses.dataclass(frozen=True, slots=True)
class Conflict:
    """A contradiction: its kind, the concepts in it, what they contradict each other over, and one sentence."""

    kind: str
    concepts: tuple[Concept, ...]
    over: str
    sentence: str

    @property
    def id(self) -> str:
        """Eight characters that name this very contradiction."""
        parts = sorted("\t".join((*c.key, c.target)) for c in self.concepts)
        return hashlib.sha256("\n".join((self.kind, self.over, *parts)).encode("utf-8", "replace")).hexdigest()[:8]

    def __str__(self) -> str:
        return self.sentence


def check(concepts: Iterable[Concept], settled: Collection[str] = ()) -> list[Conflict]:
    """The conflicts that are not settled: two names for one body, one for two, forms claimed twice, cycles, own faults."""
    live = [concept for concept in concepts if concept.status != "rejected"]
    finders = (_given_twice, _claimed_forms, _cycles, _two_names, _one_name_for_two, _forbidden_names, _own_faults)
    return [found for finder in finders for found in finder(live) if found.id not in settled]


def beyond_limits(concepts: Sequence[Concept]) -> Iterator[tuple[str, str]]:
    """System and sentence for each limit that rows would break in an export to it."""
    for name in _LIMITED:
        try:
            written = FORMATS[name].write(concepts)
        except GlossaryError as error:
            yield name, str(error)
            continue
        for sentence in written.left_out:
            yield name, sentence


def _given_twice(concepts: list[Concept]) -> Iterator[Conflict]:
    rows: dict[tuple[str, str], list[Concept]] = defaultdict(list)
    for concept in concepts:
        rows[concept.key].append(concept)
    for (source, _), found in rows.items():
        names = sorted({concept.target for concept in found})
        if len(found) > 1:
            said = f"with two names, {' and '.join(names)}" if len(names) > 1 else "with one name"
            yield Conflict(
                "two names", tuple(found), source, f"{source}: stands {len(found)} times, {said}; keep one row."
            )


def _claimed_forms(concepts: list[Concept]) -> Iterator[Conflict]:
    holders: dict[tuple[str, str], dict[str, Concept]] = defaultdict(dict)
    for concept in concepts:
        for form in concept.sources:
            holders[normalize(form), concept.scope].setdefault(concept.source, concept)
    for (form, scope), found in sorted(holders.items()):
        where = f" (in {scope})" if scope else ""
        if len(found) > 1:
            sentence = f"{form}{where}: is a form of {' and of '.join(sorted(found))}; keep it with one of them."
            yield Conflict("alias", tuple(found.values()), form, sentence)


def _cycles(concepts: list[Concept]) -> Iterator[Conflict]:
    """Concepts that are variants of each other all the way round: none of them is the canonical name."""
    named = {(concept.source, concept.scope): concept for concept in concepts}
    following = {
        key: [(form, key[1]) for form in concept.source_variants if (form, key[1]) in named and form != key[0]]
        for key, concept in named.items()
    }
    done: set[tuple[str, str]] = set()
    for start in [key for key, targets in following.items() if targets]:
        path = [start]
        while start not in done and (onward := next((n for n in following[path[-1]] if n not in done), None)):
            if onward in path:
                loop = path[path.index(onward) :]
                names = sorted(source for source, _ in loop)
                sentence = (
                    f"{' → '.join([*names, names[0]])}: are variants of each other in a circle; keep one as the name."
                )
                yield Conflict("cycle", tuple(named[key] for key in loop), names[0], sentence)
                break
            path.append(onward)
        done.update(path)


def _two_names(concepts: list[Concept]) -> Iterator[Conflict]:
    """A body under its short name and its full one (中华人民共和国…), with English that does not agree."""
    forced = {concept.source: concept for concept in concepts if concept.is_forced and not concept.scope}
    for source, full in sorted(forced.items()):
        short = forced.get(source.removeprefix(_STATE))
        if short is None or short is full:
            continue
        if not {form.lower() for form in short.accepted} & {form.lower() for form in full.accepted}:
            sentence = (
                f"{short.source} and {source}: look like one body but have two names, {short.target} and {full.target}."
            )
            yield Conflict("two names", (short, full), short.source, sentence)


def _one_name_for_two(concepts: list[Concept]) -> Iterator[Conflict]:
    holders: dict[str, dict[str, Concept]] = defaultdict(dict)
    for concept in concepts:
        if concept.is_forced and not concept.scope:
            holders[concept.target.lower()].setdefault(concept.source, concept)
    for target, found in sorted(holders.items()):
        if len(found) > 1:
            sentence = f"{target}: is the English of {' and of '.join(sorted(found))}; check that they are one thing."
            yield Conflict("one name for two", tuple(found.values()), target, sentence)


def _forbidden_names(concepts: list[Concept]) -> Iterator[Conflict]:
    """The preferred English of one body that another forbids. The authority file does so on purpose, for false friends."""
    forbidding: dict[str, list[Concept]] = defaultdict(list)
    for concept in concepts:
        for form in concept.forbidden:
            forbidding[form.lower()].append(concept)
    for concept in concepts:
        for other in forbidding.get(concept.target.lower(), ()) if concept.is_forced else ():
            if other.key != concept.key and {other.origin, concept.origin} != {"authority"}:
                sentence = f"{concept.target}: is the English of {concept.source} and forbidden for {other.source}."
                yield Conflict("forbidden", (concept, other), concept.target, sentence)


def _own_faults(concepts: list[Concept]) -> Iterator[Conflict]:
    for concept in concepts:
        wrong = {form.lower() for form in concept.forbidden}
        for form in concept.accepted:
            if form.lower() in wrong:
                yield _fault(concept, form, f"{form} is both accepted and forbidden.")
        if concept.status == "approved" and not concept.target:
            yield _fault(concept, "no English", "is approved but has no English.")
        if _HAN.search(concept.target):
            yield _fault(concept, "Chinese", f"its English holds Chinese ({concept.target}).")
        if not _HAN.search(concept.source) and len(concept.source) < 2:
            yield _fault(concept, "short", "is too short to be found safely.")


def _fault(concept: Concept, over: str, words: str) -> Conflict:
    return Conflict("fault", (concept,), over, f"{concept.source}: {words}")
