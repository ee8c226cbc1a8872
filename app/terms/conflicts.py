"""The conflicts desk: contradictions of the termbase, each with its sides, settled once for all documents."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import streamlit as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.borrowed import borrowed
from app.language import nt, t
from app.plain import escaped, label
from app.session import person, say, shared_workspace, workspace
from app.terms.effects import effect_of, examples_html
from app.terms.log import in_words, moment
from app.terms.queue import look_at
from app.terms.sightings import concordance_of, lines_html
from app.words import STATUSES
from glossary import Concept
from glossary.checking import Conflict, check
from glossary.settling import resolve
from glossary.store import (
    Change,
    load_concepts,
    reopen,
    settle,
    settled_conflicts,
    settlements,
    termbase_stamp,
)
from storage import StaleError
from storage.models import ConceptRow

_PAGE = 12
_LINES = 3
KINDS = {
    "two names": "One body, two names",
    "one name for two": "One name, two bodies",
    "alias": "A form claimed twice",
    "cycle": "Forms in a circle",
    "forbidden": "Forbidden elsewhere",
    "fault": "A fault of one term",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What keeping one side makes of the terms in a conflict."""

    keep: Concept
    before: tuple[Concept, ...]
    after: tuple[Concept, ...]

    @property
    def changes(self) -> list[Change]:
        """The terms that change."""
        later = {concept.key: concept for concept in self.after}
        return [Change(c, later.get(c.key)) for c in self.before if later.get(c.key) != c]


def outcomes(conflict: Conflict) -> list[Outcome]:
    """For each side that can be kept, what comes of it; none where there is but one term."""
    if len(conflict.concepts) < 2:
        return []
    sides = conflict.concepts
    return [Outcome(side, sides, tuple(resolve(sides, conflict, side.source))) for side in sides]


def found_conflicts(session: Session) -> tuple[Conflict, ...]:
    """Every conflict of the termbase, settled or not; looked for anew only when the termbase has changed."""
    return _checked(shared_workspace().location, termbase_stamp(session), session)


@st.cache_resource(max_entries=2, show_spinner=False)
def _checked(location: str, stamp: tuple[int, ...], _session: Session) -> tuple[Conflict, ...]:
    return tuple(check(load_concepts(_session)))


def _kind(code: str) -> str:
    return t(KINDS.get(code, code))


def show_conflicts() -> None:
    """The tab."""
    with st.spinner(t("Looking for conflicts among all terms")), workspace().reading() as session:
        found = found_conflicts(session)
        settled = settled_conflicts(session)
    open_ones = [conflict for conflict in found if conflict.id not in settled]
    kinds = list(dict.fromkeys(conflict.kind for conflict in open_ones))
    wanted = st.pills(
        t("Only"),
        kinds,
        selection_mode="multi",
        format_func=lambda kind: f"{_kind(str(kind))} ({sum(c.kind == kind for c in open_ones):,})",
        key="conflict_kinds",
        label_visibility="collapsed",
    )
    shown = [conflict for conflict in open_ones if not wanted or conflict.kind in wanted]
    if not shown:
        st.success(t("No term contradicts another."), icon=":material/check:")
    else:
        left, right = st.columns([1, 1.35], gap="medium")
        with left:
            current = _list(shown)
        with right:
            _desk(current)
    if settled:
        _settled()


def _list(shown: Sequence[Conflict]) -> Conflict:
    """The list on the left; the conflict that is looked at."""
    last = max(0, (len(shown) - 1) // _PAGE)
    page = min(int(st.session_state.get("conflict_page", 0)), last)
    rows = shown[page * _PAGE : (page + 1) * _PAGE]
    wanted = st.session_state.get("conflict")
    current = next((conflict for conflict in rows if conflict.id == wanted), rows[0])

    def select_conflict(conflict: str) -> None:
        st.session_state["conflict"] = conflict

    def turn(step: int) -> None:
        st.session_state["conflict_page"] = page + step

    with st.container(key="conflict_list", gap=None):
        for conflict in rows:
            st.button(
                f"**{label(_kind(conflict.kind))}** {label(conflict.over, 60)}",
                key=f"conflict_{conflict.id}",
                type="primary" if conflict is current else "tertiary",
                width="stretch",
                wrap=False,
                on_click=select_conflict,
                args=(conflict.id,),
            )
    back, where, forward = st.columns([1, 1.6, 1], vertical_alignment="center")
    back.button(
        t("Earlier"), key="conflict_back", icon=":material/chevron_left:", disabled=page == 0, on_click=turn, args=(-1,)
    )
    where.caption(
        t(
            "{first}–{last} of {total}",
            first=f"{page * _PAGE + 1:,}",
            last=f"{page * _PAGE + len(rows):,}",
            total=f"{len(shown):,}",
        ),
        text_alignment="center",
    )
    forward.button(
        t("Later"), key="conflict_on", icon=":material/chevron_right:", disabled=page == last, on_click=turn, args=(1,)
    )
    return current


def _desk(conflict: Conflict) -> None:
    """One conflict: its sentence, its sides, and the ways to settle it."""
    may = person().may("terminologist")
    st.html(
        f'<div class="badge">{escaped(_kind(conflict.kind))}</div>'
        f'<div class="conflict-head">{escaped(borrowed(conflict.sentence))}</div>'
    )
    ids = _ids(conflict)
    with workspace().reading() as session:
        ways = outcomes(conflict)
        for number, side in enumerate(conflict.concepts):
            with st.container(border=True, key=f"side_{number}"):
                _side(session, side)
                way = next((way for way in ways if way.keep is side), None)
                if way is not None:
                    _consequences(session, way)
                with st.container(horizontal=True):
                    if may and way is not None:
                        st.button(
                            t("Keep {name}", name=label(side.source, 40)),
                            key=f"keep_{conflict.id}_{number}",
                            icon=":material/check:",
                            on_click=_settle,
                            args=(conflict, side.source),
                        )
                    if side.key in ids:
                        st.button(
                            t("Open this term"),
                            key=f"open_{conflict.id}_{number}",
                            type="tertiary",
                            icon=":material/open_in_new:",
                            on_click=open_term,
                            args=(ids[side.key],),
                        )
    if may:
        st.button(
            t("Both are right") if len(conflict.concepts) > 1 else t("It is right as it is"),
            key=f"both_{conflict.id}",
            icon=":material/done_all:",
            help=t("Nothing is changed, and the conflict is not reported again."),
            on_click=_settle,
            args=(conflict, ""),
        )
    else:
        st.caption(
            t("As {role} you can look at the conflicts; a terminologist settles them.", role=borrowed(person().role))
        )


def open_term(concept_id: int) -> None:
    """Callback: show a term in the first tab."""
    look_at(concept_id)
    st.session_state["glossary_tab"] = t("Terms")


def _ids(conflict: Conflict) -> dict[tuple[str, str], int]:
    sources = {concept.source for concept in conflict.concepts}
    query = select(ConceptRow.source, ConceptRow.scope, ConceptRow.id).where(ConceptRow.source.in_(sources))
    with workspace().reading() as session:
        return {(source, scope): number for source, scope, number in session.execute(query)}


def _side(session: Session, side: Concept) -> None:
    found = concordance_of(session, side, _LINES)
    seen = nt("seen {n} time", "seen {n} times", side.count) + (
        f" {t('in')} {nt('{n} document', '{n} documents', side.documents)}" if side.documents else ""
    )
    facts = [t(STATUSES.get(side.status, side.status)), seen]
    if side.scope:
        facts.append(t("only in {document}", document=side.scope))
    lines = lines_html(session, found.lines) if found.lines else ""
    st.html(
        f'<div><b lang="zh-Hans">{escaped(side.source)}</b> · {escaped(side.target or t("no English yet"))}</div>'
        f'<div class="soft small">{escaped(" · ".join(facts))}</div>{lines}'
    )


def _consequences(session: Session, way: Outcome) -> None:
    """What keeping this side would change, in the glossary and in the documents."""
    changes = way.changes
    if not changes:
        st.caption(t("Keeping it changes nothing in the glossary."))
        return
    told = "".join(
        f'<li><span lang="zh-Hans">{escaped(change.key[0])}</span> {escaped(in_words(change))}</li>'
        for change in changes
    )
    effect = effect_of(session, way.before, way.after)
    what = t("and {what}", what=effect.words) if effect.size else t("and no sentence that is here")
    said = escaped(t("Keeping it changes:"))
    st.html(f'<div class="small">{said}<ul class="changes">{told}</ul>{escaped(what)}</div>')
    if effect.size:
        with st.expander(t("Show the sentences"), key=f"sentences_{way.keep.source}"):
            st.html(examples_html(effect))


def _settle(conflict: Conflict, keep: str) -> None:
    try:
        with workspace().session() as session:
            settle(session, conflict, keep)
    except StaleError as error:
        say(borrowed(str(error)), ":material/warning:")
        return
    said = t("Settled: {name} stays.", name=keep) if keep else t("Settled: nothing was changed.")
    say(said)


def _settled() -> None:
    """What was settled before; it can be opened again."""
    opened = st.expander(t("Settled conflicts"), icon=":material/inventory_2:", key="settled", on_change="rerun")
    if not opened.open:
        return
    with workspace().reading() as session:
        rows = settlements(session)[:50]
    with opened:
        for row in rows:
            what, button = st.columns([5, 1.2], vertical_alignment="center")
            kept = t("{name} stays", name=row.kept) if row.kept else t("nothing was changed")
            what.html(
                f"<div>{escaped(borrowed(row.sentence))}</div>"
                f'<div class="soft small">{escaped(row.who)} · {moment(row.made)} · {escaped(kept)}</div>'
            )
            if person().may("terminologist"):
                button.button(t("Open again"), key=f"reopen_{row.id}", on_click=_reopen, args=(row.conflict,))


def _reopen(conflict: str) -> None:
    with workspace().session() as session:
        reopen(session, conflict)
    say(t("The conflict is reported again, if it still stands."))
