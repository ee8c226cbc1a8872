"""Documents: all of them in a list; of one, the raw text, the clean text, and every change between them."""

from __future__ import annotations

import html
from collections.abc import Collection

import streamlit as st

from app.document_table import show_list
from app.entries import damage_words
from app.language import nt, t
from app.opened import Opened, open_document
from app.particulars import show_particulars
from app.places import show_places
from app.plain import attribute, escaped, label
from app.removals import marked_raw
from app.renewal import offer_renewal
from app.session import tell_messages, workspace
from app.together import decide_together
from app.words import KINDS, kind_words

_PAGE_HERE = "screens/documents.py"


def _page(spans: list[tuple[int, int]], key: str) -> tuple[int, int]:
    """The stretch of a text that the person chose to see, of those that it is cut into."""
    number = 1
    if len(spans) > 1:
        number = int(
            st.number_input(
                t("Page (of {pages})", pages=f"{len(spans):,}"),
                1,
                len(spans),
                1,
                key=key,
                width=140,
                help=t("Long text is shown in pages."),
            )
        )
    return spans[number - 1]


def _text(shown: str) -> None:
    st.html(f'<div class="page" lang="zh" dir="auto">{shown or "&nbsp;"}</div>')


def _kinds(document: Opened) -> Collection[str]:
    """The kinds that the person wants to see."""
    places = document.places
    kinds = [kind for kind in (*KINDS, *sorted(places.keys() - KINDS.keys())) if kind in places]
    if not kinds:
        return kinds
    shown = st.pills(
        t("Show in colour"),
        kinds,
        selection_mode="multi",
        default=[kind for kind in kinds if kind != "blank"] or kinds,
        format_func=lambda kind: f"{label(t(kind_words(kind).title))} · {places[kind]:,}",
        key=f"kinds_{document.id}",
        help=t("Places that were changed, by kind. What is not chosen stays faint."),
    )
    swatches = "".join(
        f'<style>.st-key-kinds_{document.id} button[data-variant="pills"]:nth-of-type({at}) '
        f"{{ border-left: 5px solid hsl({kind_words(kind).hue} 50% 60%) }}</style>"
        for at, kind in enumerate(kinds, 1)
    )
    st.html(swatches)
    return shown


def _changed(document: Opened) -> None:
    """The raw text in colour, and beside it the places of the part that is shown."""
    if not document.entries:
        st.success(t("Nothing had to be removed from this document."), icon=":material/check:")
    shown = _kinds(document)
    text, beside = st.columns([1.5, 1], gap="medium")
    with text:
        start, end = _page(document.raw_pages, f"removed_page_{document.id}")
        _text(marked_raw(document.raw, document.changes, start, end, shown))
    if document.entries:
        with beside, st.container(key="places", gap="small"):
            decide_together(document)
            show_places(document, document.on_stretch(start, end, shown))


def _facts(document: Opened) -> str:
    facts = t(
        "{raw} characters as supplied ({encoding}) · {gone} removed or replaced · {clean} clean",
        raw=f"{len(document.raw):,}",
        encoding=html.escape(document.encoding),
        gone=f"{document.gone:,}",
        clean=f"{len(document.clean):,}",
    )
    if document.waiting:
        facts += f" · <b>{nt('{n} place to decide', '{n} places to decide', document.waiting)}</b>"
    said = document.said
    by_line = " · ".join(filter(None, (said.title, said.author, said.source, said.published)))
    damage = damage_words(document.damage, document.doubts)
    lines = [f"<bdi>{escaped(line)}</bdi>" for line in (by_line, damage) if line]
    return f'<div class="soft small document-facts">{"<br>".join([facts, *lines])}</div>'


def _head(document: Opened) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="document_head"):
        st.page_link(_PAGE_HERE, label=t("All documents"), icon=":material/arrow_back:", width="content")
        st.html(
            f'<h1 class="document-name" title="{attribute(document.name)}"><bdi>{escaped(document.name)}</bdi></h1>'
        )
        st.page_link(
            "screens/review.py",
            label=t("Review its English"),
            icon=":material/rate_review:",
            query_params={"document": str(document.id)},
            width="content",
        )
    st.html(_facts(document))


def _one(document: Opened) -> None:
    """The page of one document."""
    st.session_state["document_id"] = document.id
    # A link to the page that one is on runs it, and leaves the address of the browser as it was.
    st.query_params["document"] = str(document.id)
    _head(document)
    offer_renewal(document.id)
    names = (t("What was removed"), t("Clean"), t("Raw"), t("About"))
    changed, clean, raw, about = st.tabs(names, key="document_tab", on_change="rerun")
    if changed.open:
        with changed:
            _changed(document)
    if clean.open:
        with clean:
            start, end = _page(document.clean_pages, f"clean_page_{document.id}")
            _text(escaped(document.clean[start:end]))
    if raw.open:
        with raw:
            start, end = _page(document.raw_pages, f"raw_page_{document.id}")
            _text(escaped(document.raw[start:end]))
    if about.open:
        with about:
            show_particulars(document)


def _wanted() -> int:
    """The document that the address names, by id; 0 where it names none."""
    said = st.query_params.get("document", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def show() -> None:
    """The page."""
    tell_messages()
    number = _wanted()
    if not number:
        show_list()
        return
    where = workspace()
    with where.reading() as session:
        document = open_document(session, where.location, number)
    if document is None:
        st.warning(t("This document is no longer in the workspace; choose another one."), icon=":material/warning:")
        show_list()
        return
    _one(document)


show()
