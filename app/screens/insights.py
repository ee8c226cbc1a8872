"""Insights: how the work stands, in pictures that lead to the sentences behind them."""

from __future__ import annotations

import datetime
import functools
import html
import zoneinfo
from collections.abc import Sequence

import streamlit as st
from sqlalchemy.orm import Session
from streamlit.delta_generator import DeltaGenerator

from app.figures import Figure, Row, Shape, as_csv, names, percent, reviewing, said, sentences, shown
from app.figures.charts import PICK, chart, legend
from app.insights import STANDING, Facts, Rewriting, gather, rewritings, stamp
from app.language import nt, t
from app.plain import label
from app.session import workspace
from translate.selection import SETTLED

_REVIEW = "screens/review.py"
# Hours back from now; 0 for all.
_SPANS = {0: "All time", 24: "Last 24 hours", 24 * 7: "Last 7 days", 24 * 30: "Last 30 days"}
# Bars that a chart's description names.
_TOLD = 5


@st.cache_resource(show_spinner=False, max_entries=4)
def _facts(location: str, stamp: tuple[object, ...], _session: Session) -> Facts:
    return gather(_session)


@st.cache_resource(show_spinner=False, max_entries=4)
def _rewritings(location: str, stamp: tuple[object, ...], _session: Session) -> list[Rewriting]:
    return rewritings(_session)


def _keep_counts() -> None:
    """Callback of the filters: they narrow what is counted already, however busy the workspace is meanwhile."""
    st.session_state["insights_keep"] = True


def _stamp(session: Session) -> tuple[object, ...]:
    kept: tuple[object, ...] | None = st.session_state.get("insights_stamp")
    if st.session_state.pop("insights_keep", False) and kept is not None:
        return kept
    st.session_state["insights_stamp"] = fresh = stamp(session)
    return fresh


def _zone() -> datetime.tzinfo:
    """The reader's time zone, as far as their browser says it."""
    try:
        return zoneinfo.ZoneInfo(st.context.timezone or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return datetime.UTC


def _filters(facts: Facts) -> tuple[Facts, datetime.datetime | None, DeltaGenerator]:
    """What the figures are of (one document or all), since when, and the place of the download."""
    titles = {0: t("All documents"), **{number: name for number, (name, _) in facts.documents.items()}}
    chosen, span, taken = st.columns([3, 2, 1.3], vertical_alignment="bottom", gap="medium")
    document = chosen.selectbox(
        t("Document"),
        list(titles),
        format_func=titles.__getitem__,
        key="insights_document",
        on_change=_keep_counts,
        persist_state="session",
    )
    hours = span.selectbox(
        t("Confirmed when"),
        list(_SPANS),
        format_func=lambda hours: t(_SPANS[hours]),
        key="insights_span",
        on_change=_keep_counts,
        persist_state="session",
        help=t(
            "Narrows “Review over time” and “How much reviewers changed”; the other figures show how things stand now."
        ),
    )
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    since = now - datetime.timedelta(hours=hours) if hours else None
    return facts.of([document] if document else ()), since, taken


def _headline(facts: Facts) -> DeltaGenerator:
    """Five figures; the place of the one that is counted last."""
    whole = sum(facts.states.values())
    done = sum(number for (_, state), number in facts.states.items() if state in SETTLED)
    found = sum(facts.outcomes.values())
    standing = sum(number for (_, _, outcome), number in facts.outcomes.items() if outcome in STANDING)
    standing -= sum(facts.mended.values())
    cells = st.columns(5, border=True)
    cells[0].metric(t("Unaided names"), percent(standing, found) if found else "–")
    cells[0].caption(
        t("{n} of {total} names stand without a person's help", n=said(standing), total=said(found))
        if found
        else t("no name in a sentence yet")
    )
    cells[1].metric(t("Sentences to check"), said(sum(facts.unread.values())))
    cells[1].caption(t("marked or of damaged Chinese, and not confirmed"))
    cells[2].metric(t("Sentences confirmed"), said(done))
    cells[2].caption(t("{share} of {total}", share=percent(done, whole), total=said(whole)))
    place = cells[3].container()
    cells[4].metric(t("Names to decide"), said(facts.to_decide))
    cells[4].caption(t("in the glossary of all documents"))
    return place


def _changed_metric(found: Sequence[Rewriting]) -> None:
    words, edits = sum(row.words for row in found), sum(row.changed for row in found)
    st.metric(t("Words changed"), reviewing.one_in_short(edits, words) if found else "–")
    st.caption(
        nt("by reviewers, in {n} confirmed sentence", "by reviewers, in {n} confirmed sentences", len(found))
        if found
        else t("nothing confirmed yet")
    )


def _follow(figure: Figure, picked: Sequence[dict[str, object]]) -> None:
    """Go to the sentences behind the bar that was clicked."""
    for item in picked:
        at = item.get("at")
        if isinstance(at, int) and 0 <= at < len(figure.rows) and figure.rows[at].where:
            st.switch_page(_REVIEW, query_params=dict(figure.rows[at].where))


def _described(figure: Figure) -> str:
    """A chart in words for who cannot see it."""
    told = "; ".join(
        " ".join(filter(None, (shown(row, figure.shape), row.group, row.said))) for row in figure.rows[:_TOLD]
    )
    more = len(figure.rows) - _TOLD
    rest = nt("; and {n} more, listed below", "; and {n} more, listed below", more) if more > 0 else ""
    return f"{figure.title}. {figure.reading} {told}{rest}"


def _body(figure: Figure) -> None:
    """A figure's chart and list."""
    drawn = chart(figure)
    told = _described(figure)
    if parts := legend(figure):
        marks = "".join(
            f'<span><span style="display:inline-block;width:.7em;height:.7em;border-radius:.15em;margin-right:.4em;'
            f'background:{colour}"></span>{html.escape(name)}</span>'
            for name, colour in parts
        )
        st.html(f'<div class="small" style="display:flex;flex-wrap:wrap;gap:.1rem 1.1rem">{marks}</div>')
    if any(row.where for row in figure.rows):
        event = st.vega_lite_chart(
            None, drawn, on_select="rerun", selection_mode=PICK, key=f"chart_{figure.key}", alt=told, width="stretch"
        )
        _follow(figure, event["selection"].get(PICK) or ())
    else:
        st.vega_lite_chart(None, drawn, key=f"chart_{figure.key}", alt=told, width="stretch")
    box = st.expander(t("Show as a list"), on_change="rerun", key=f"list_{figure.key}", type="compact")
    if box.open:
        with box:
            _list(figure.rows, figure.shape)


def _list(rows: Sequence[Row], shape: Shape) -> None:
    """The rows of a figure: a link each, or a table and one link where all lead to the same."""
    goals = {row.where for row in rows}
    if len(rows) > 1 and len(goals) == 1:
        cells = "".join(
            f"<tr><td>{html.escape(shown(row, shape))}</td><td>{html.escape(row.group)}</td>"
            f'<td style="text-align:right">{html.escape(row.said)}</td></tr>'
            for row in rows
        )
        st.html(
            f'<div style="max-height:18rem;overflow-y:auto" tabindex="0"><table class="small">{cells}</table></div>'
        )
        if goal := rows[0].where:
            st.page_link(_REVIEW, label=t("See the sentences"), icon=":material/rate_review:", query_params=dict(goal))
        return
    for row in rows:
        text = " · ".join(filter(None, (row.what, row.group, row.said)))
        if row.where:
            st.page_link(_REVIEW, label=label(text), query_params=dict(row.where))
        else:
            st.markdown(label(text))


def _frame(figure: Figure) -> None:
    st.subheader(figure.title, anchor=False)
    st.markdown(label(figure.reading, 300))


@st.fragment
def _draw(figure: Figure) -> None:
    """A figure in its frame; its clicks run nothing else."""
    _frame(figure)
    if figure.rows:
        _body(figure)
    if figure.rows and figure.key == "waiting":
        st.page_link("screens/glossary.py", label=t("Decide on names"), icon=":material/menu_book:")


@st.fragment
def _draw_progress(figure: Figure) -> None:
    """Review over time, each day (or hour) by person, or all that was confirmed by then."""
    _frame(figure)
    if not figure.rows:
        st.page_link(_REVIEW, label=t("Go to Review"), icon=":material/rate_review:")
        return
    ways = {"each": t("Each hour") if figure.shape == "hours" else t("Each day"), "all": t("In all")}
    way = st.segmented_control(
        t("Counted"),
        list(ways),
        default="each",
        required=True,
        format_func=ways.__getitem__,
        key="insights_way",
        label_visibility="collapsed",
    )
    _body(reviewing.cumulative(figure) if way == "all" else figure)


@st.fragment
def _draw_changed(figure: Figure, engines: Sequence[tuple[str, str]], worst: Sequence[Row]) -> None:
    """What reviewers changed, in all, by engine, and where the most."""
    _frame(figure)
    if not figure.rows:
        st.page_link(_REVIEW, label=t("Go to Review"), icon=":material/rate_review:")
        return
    _body(figure)
    if engines:
        st.markdown("  \n".join(f"**{label(name)}**: {label(words)}" for name, words in engines))
    if not worst:
        return
    box = st.expander(t("Sentences changed most"), on_change="rerun", key="list_rewritten", type="compact")
    if box.open:
        with box:
            _list(worst, "bars")


def _figures(facts: Facts, since: datetime.datetime | None) -> tuple[list[Figure], DeltaGenerator]:
    """Draw all that is counted already, two in a row; the place of the figure that is counted last."""
    progress = reviewing.progress(facts, since, _zone())
    several = len({engine for _, engine, _ in facts.outcomes}) > 1
    made = [names.outcomes(facts), names.engines(facts) if several else sentences.states(facts), sentences.marks(facts)]
    if len(facts.documents) > 1:
        made.append(sentences.marked_documents(facts))
    made += [names.names(facts), names.waiting(facts)]
    if len(facts.documents) > 1:
        made.append(sentences.damage(facts))
    if several:
        made.append(sentences.states(facts))
    first, place = st.columns(2, border=True)
    with first:
        _draw_progress(progress)
    for at in range(0, len(made), 2):
        pair = made[at : at + 2]
        for cell, figure in zip(st.columns(len(pair), border=True), pair, strict=True):
            with cell:
                _draw(figure)
    return [progress, *made], place


def show() -> None:
    """The page."""
    st.title(t("Insights"))
    with workspace().reading() as session:
        mark = _stamp(session)
        facts = _facts(workspace().location, mark, session)
    if not facts.documents:
        st.info(t("There are no documents yet. Add some on the Home page."), icon=":material/description:")
        st.page_link("screens/home.py", label=t("Go to Home"), icon=":material/home:")
        return
    facts, since, taken = _filters(facts)
    metric = _headline(facts)
    slot = metric.empty()
    slot.metric(t("Words changed"), "…")
    figures, place = _figures(facts, since)
    with workspace().reading() as session:
        compared = _rewritings(workspace().location, mark, session)
    found = [
        row for row in compared if row.document_id in facts.documents and (since is None or row.confirmed >= since)
    ]
    with slot.container():
        _changed_metric(found)
    changed = reviewing.changed(facts, found, since)
    engines = reviewing.changed_by_engine(found)
    with place:
        _draw_changed(changed, engines if len(engines) > 1 else [], reviewing.rewritten(facts, found))
    taken.download_button(
        t("Figures as CSV"),
        functools.partial(as_csv, [*figures, changed]),
        "zhengming-figures.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
        key="insights_csv",
    )


show()
