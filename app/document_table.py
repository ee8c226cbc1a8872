"""The list of all documents: searched, ordered, 25 at a time, each name a link to its page."""

from __future__ import annotations

import dataclasses
import html
from typing import get_args

import streamlit as st

from app.document_list import LANGUAGE_NAMES, PAGE, Listed, Order, count_documents, documents_at
from app.language import nt, t
from app.overview import stamp
from app.plain import label
from app.session import workspace
from app.words import share

# Width of what stands beside a name, in pixels; as the columns of .listed in style.css.
_FACTS = 702


@dataclasses.dataclass
class _View:
    """What a person looks for in the list, and where in it they are (`page` from 0)."""

    search: str = ""
    order: Order = "damage"
    page: int = 0


def show_list() -> None:
    """The list, as the address or the last visit has it."""
    view = _view()
    with st.container(horizontal=True, vertical_alignment="bottom", key="documents_head"):
        st.session_state["documents_search"], st.session_state["documents_order"] = view.search, view.order
        st.text_input(
            t("Search by name"), key="documents_search", on_change=_search, args=(view,), icon=":material/search:"
        )
        orders = _orders()
        st.selectbox(
            t("Order"),
            list(orders),
            format_func=lambda order: orders[order],
            key="documents_order",
            on_change=_reorder,
            args=(view,),
            width=260,
        )
    where = workspace()
    with where.reading() as session:
        total = count_documents(session, view.search)
        pages = max(1, -(-total // PAGE))
        page = min(view.page, pages - 1)
        # What a page shows is looked up again only when something has changed.
        rows = _rows(where.location, view.search, view.order, page, stamp(session))
    if not rows:
        _nothing(view.search)
        return
    with st.container(key="document_list", gap=None):
        st.html(_header())
        for row in rows:
            _row(row)
    _pager(view, page, pages, total)


@st.cache_data(max_entries=32, show_spinner=False)
def _rows(location: str, search: str, order: Order, page: int, stamp: tuple[str, ...]) -> list[Listed]:
    with workspace().reading() as session:
        return documents_at(session, search, order, page)


def _orders() -> dict[Order, str]:
    return {
        "damage": t("Most damaged first"),
        "waiting": t("Most places to decide first"),
        "name": t("By name"),
        "added": t("Latest first"),
        "size": t("Longest first"),
    }


def _view() -> _View:
    """As it was left last; a link that names an order comes before it, once."""
    view: _View = st.session_state.setdefault("documents_view", _View())
    linked = st.query_params.get("order", "")
    for order in get_args(Order):
        if linked == order:
            view.search, view.order, view.page = "", order, 0
    # The address of the browser may still be that of a document, as a link to the page that one is on leaves it.
    st.query_params.clear()
    return view


def _search(view: _View) -> None:
    view.search, view.page = str(st.session_state["documents_search"]).strip(), 0


def _reorder(view: _View) -> None:
    view.order, view.page = st.session_state["documents_order"], 0


def _turn(view: _View, page: int) -> None:
    view.page = page


def _nothing(search: str) -> None:
    if search:
        st.info(t("No document's name holds “{search}”.", search=label(search)), icon=":material/search_off:")
        return
    st.info(t("There are no documents yet. Add some on the Home page."), icon=":material/description:")
    st.page_link("screens/home.py", label=t("Go to Home"), icon=":material/home:")


def _header() -> str:
    names = (t("Damage"), t("Language"), t("Size"), t("State"), t("Added"))
    cells = "".join(f"<span>{html.escape(name)}</span>" for name in names)
    return f'<div class="listed head"><span class="listed-name">{html.escape(t("Document"))}</span>{cells}</div>'


def _row(row: Listed) -> None:
    with st.container(key=f"listed_{row.id}", horizontal=True, vertical_alignment="center", gap=None):
        st.page_link(
            "screens/documents.py",
            label=label(row.name, 80),
            query_params={"document": str(row.id)},
            help=label(row.name) if len(row.name) > 40 else None,
            width="stretch",
        )
        st.html(_facts(row), width=_FACTS)


def _facts(row: Listed) -> str:
    damage = share(row.damage) if row.damage else t("none found")
    state = (
        nt(
            "{done} of {n} sentence confirmed",
            "{done} of {n} sentences confirmed",
            row.sentences,
            done=f"{row.settled:,}",
        )
        if row.sentences
        else t("no sentences")
    )
    notes = []
    if missing := row.sentences - row.translated:
        notes.append(nt("{n} without English", "{n} without English", missing))
    if row.waiting:
        notes.append(f"<b>{nt('{n} place to decide', '{n} places to decide', row.waiting)}</b>")
    size = nt("{n} character", "{n} characters", row.characters)
    cells = (
        f"{_bar(row.damage, 'damage')}{damage}",
        html.escape(t(LANGUAGE_NAMES[row.language])),
        f"{size}<br>{nt('{n} sentence', '{n} sentences', row.sentences)}",
        f"{_bar(row.settled / max(1, row.sentences), 'done')}{'<br>'.join([state, *notes])}",
        f"{row.added:%Y-%m-%d}",
    )
    return f'<div class="listed">{"".join(f"<span>{cell}</span>" for cell in cells)}</div>'


def _bar(part: float, kind: str) -> str:
    """A thin bar; what it says stands beside it in words."""
    filled = f'<i style="width:{part:.1%}"></i>' if part else ""
    return f'<span class="bar {kind}" aria-hidden="true">{filled}</span>'


def _pager(view: _View, page: int, pages: int, total: int) -> None:
    first, last = page * PAGE + 1, min(total, (page + 1) * PAGE)
    said = t("{first}–{last} of", first=f"{first:,}", last=f"{last:,}")
    with st.container(horizontal=True, vertical_alignment="center", key="documents_pager"):
        st.caption(f"{said} {nt('{n} document', '{n} documents', total)}")
        if pages > 1:
            earlier, later = t("Previous page"), t("Next page")
            st.button(
                earlier,
                icon=":material/chevron_left:",
                disabled=not page,
                key="documents_earlier",
                on_click=_turn,
                args=(view, page - 1),
            )
            st.button(
                later,
                icon=":material/chevron_right:",
                disabled=page + 1 >= pages,
                key="documents_later",
                on_click=_turn,
                args=(view, page + 1),
            )
