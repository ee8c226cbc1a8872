"""The language of the screens: English, or simplified Chinese from a catalogue of its own (languages/*.po).

Every sentence of the interface passes through `t` or `nt`; a test holds the catalogue against them.
"""

from __future__ import annotations

import functools
import json
import threading
from pathlib import Path

import streamlit as st
from babel.messages.pofile import read_po

LANGUAGES = {"en": "English", "zh_Hans": "简体中文"}
COOKIE = "zhengming_language"
# Names of the languages for a browser (BCP 47).
_TAGS = {"en": "en", "zh_Hans": "zh-Hans"}
# A run of the script is one thread's.
_run = threading.local()
_CATALOGUES = Path(__file__).resolve().parent / "languages"


def t(message: str, /, **values: object) -> str:
    """A sentence of the interface in the reader's language, `{name}` filled from `values`."""
    said = _catalogue(language()).get(message) or message
    return said.format(**values) if values else said


def nt(one: str, many: str, number: int, /, **values: object) -> str:
    """A sentence about `number` things, which it may name as `{n}`."""
    said = _catalogue(language()).get(one) or (one if number == 1 else many)
    return said.format(n=f"{number:,}", **values)


def settle_language() -> str:
    """Look once what the language of this run is; `language` gives it until the next look."""
    _run.language = asked = _asked()
    return asked


def language() -> str:
    """The language of this run: several hundred sentences ask for it."""
    known: str = getattr(_run, "language", "")
    return known or settle_language()


def _asked() -> str:
    """What the person chose here, else in this browser before, else what their browser speaks."""
    chosen = st.session_state.get("language") or st.context.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    return "zh_Hans" if (st.context.locale or "").lower().startswith("zh") else "en"


def set_language_of_page() -> None:
    """Tell the browser the language of the page, for its screen reader, its hyphenation and its choice of fonts."""
    tag = json.dumps(_TAGS[language()])
    with st.container(key="language_of_page"):
        st.html(f"<script>document.documentElement.lang = {tag}</script>", unsafe_allow_javascript=True)


@functools.cache
def _catalogue(name: str) -> dict[str, str]:
    """Messages by their English; of those with a plural, by the singular (Chinese has one form)."""
    path = _CATALOGUES / f"{name}.po"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=name)
    return {
        (message.id if isinstance(message.id, str) else message.id[0]): (
            message.string if isinstance(message.string, str) else message.string[0]
        )
        for message in catalogue
        if message.id and message.string
    }
