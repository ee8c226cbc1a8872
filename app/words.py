"""What the codes of the workspace are called on the screen."""

from __future__ import annotations

import dataclasses

from app.borrowed import borrowed
from app.language import t
from translate.checks import CHECKS
from translate.engines import engine_title

STATES = {
    "missing": "Not translated",
    "unsaved": "Not saved",
    "machine": "Machine",
    "edited": "Edited",
    "confirmed": "Confirmed",
    "locked": "Locked",
    "imported": "Imported",
}

STATUSES = {"candidate": "To decide", "approved": "Approved", "rejected": "Rejected"}

ORIGINS = {
    "authority": "list of official names",
    "text": "the documents themselves",
    "composed": "put together from known parts",
    "engine": "suggested by the translation engine",
    "person": "entered by a person",
}

CATEGORIES = {
    "": "Not set",
    "agency": "Agency",
    "international_org": "International organisation",
    "programme_initiative": "Programme or initiative",
    "law_agreement": "Law or agreement",
    "event": "Event",
    "facility_lab": "Facility or laboratory",
    "system_product": "System or product",
    "place": "Place",
    "person": "Person",
    "company": "Company",
    "domain_term": "Technical term",
}

OUTCOMES = {
    "engine": "came out right by itself",
    "hinted": "given to the engine beforehand",
    "placeholder": "carried through by a placeholder",
    "repaired": "put right afterwards",
    "inserted": "inserted; check its place",
    "unresolved": "missing",
}


CHECK_NAMES = {check.id: check.name for check in CHECKS}


@dataclasses.dataclass(frozen=True, slots=True)
class KindWords:
    """A kind of edit on the screen: its title, its hue, and for damage what one and several are, and what mending did."""

    title: str
    hue: int
    one: str = ""
    many: str = ""
    mended: str = "restored"


KINDS = {
    "date": KindWords("Dates", 40, "date", "dates"),
    "lost_mark": KindWords("Lost quotes and brackets", 25, "lost quote or bracket", "lost quotes and brackets"),
    "censored": KindWords("Censored words", 0, "censored word", "censored words"),
    "typo": KindWords("Suspected typos", 325, "suspected typo", "suspected typos", "corrected"),
    "misaligned": KindWords("Misread characters", 265, "misread passage", "misread passages"),
    "mojibake": KindWords("Garbled characters", 240, "garbled passage", "garbled passages"),
    "unreadable": KindWords("Unreadable characters", 0, "unreadable character", "unreadable characters", ""),
    "junk": KindWords("Junk inside words", 305, "piece of junk", "pieces of junk", "removed"),
    "jammer": KindWords("Forum jammer text", 345),
    "pinyin": KindWords("Pinyin readings", 285),
    "spam": KindWords("Adverts", 20),
    "chrome": KindWords("Page furniture", 210),
    "seo": KindWords("Search-engine text", 195),
    "tags": KindWords("Tags and markup", 225),
    "repeat": KindWords("Repeated text", 165),
    "script": KindWords("Traditional characters", 150),
    "invisible": KindWords("Invisible characters", 255),
    "compatibility": KindWords("Look-alike characters", 180),
    "line_end": KindWords("Line ends", 95),
    "blank": KindWords("Blanks and empty lines", 50),
}


def origin_words(engine: str) -> str:
    """Who made a translation, by the engine that is kept with it."""
    name = engine.partition(":")[0]
    if name in ("person", "memory"):
        return t("A person") if name == "person" else t("Translation memory")
    return borrowed(engine_title(name))


def origins_words(signature: str) -> str:
    """The same of several that were asked in turn, as a ledger keeps them: draft,deepl."""
    return ", ".join(origin_words(engine) for engine in signature.split(","))


def kind_words(kind: str) -> KindWords:
    """How a kind of edit is spoken of; one that is not known here goes by its own name."""
    return KINDS.get(kind) or KindWords(kind.replace("_", " ").capitalize(), 315)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 sentence, 2 sentences."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(part: float) -> str:
    """A share from 0 to 1 in percent, never rounded to nothing."""
    return t("{n} %", n=f"{part * 100:.0f}") if part >= 0.01 else t("under 1 %")
