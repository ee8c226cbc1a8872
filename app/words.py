"""What the codes of the workspace are called on the screen."""

from __future__ import annotations

STATES = {
    "missing": "Not translated",
    "unsaved": "Not saved",
    "machine": "Machine",
    "edited": "Edited",
    "confirmed": "Confirmed",
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

# Kind of an edit → what a person calls it, and the hue in which it is shown.
KINDS = {
    "jammer": ("Forum jammer text", 345),
    "pinyin": ("Pinyin readings", 285),
    "spam": ("Adverts", 20),
    "chrome": ("Page furniture", 210),
    "script": ("Traditional characters", 150),
    "invisible": ("Invisible characters", 255),
    "compatibility": ("Look-alike characters", 180),
    "line_end": ("Line ends", 95),
    "blank": ("Blanks and empty lines", 50),
}


def kind_name(kind: str) -> str:
    """What a kind of edit is called on the screen."""
    return KINDS[kind][0] if kind in KINDS else kind.replace("_", " ").capitalize()


def kind_hue(kind: str) -> int:
    """The hue of a kind of edit."""
    return KINDS[kind][1] if kind in KINDS else 315
