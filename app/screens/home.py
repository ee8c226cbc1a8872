"""Home: what is in the workspace, what to do next, and a place to drop documents."""

from __future__ import annotations

import streamlit as st

from app.add_documents import add_documents
from app.language import nt, t
from app.overview import Overview, overview, stamp
from app.plain import label
from app.session import person, workspace
from glossary.store import count_by_status

_GLOSSARY, _REVIEW, _DOCUMENTS = "screens/glossary.py", "screens/review.py", "screens/documents.py"


@st.cache_data(max_entries=8, show_spinner=False)
def _counted(location: str, stamp: tuple[str, ...]) -> Overview:
    with workspace().reading() as session:
        return overview(session)


def _figures() -> tuple[Overview, dict[str, int]]:
    """What is here, and terms by status; segments are counted anew only where something has changed."""
    where = workspace()
    with where.reading() as session:
        return _counted(where.location, stamp(session)), count_by_status(session)


def _link(page: str, text: str, **params: str) -> None:
    """A figure that leads to what it counts."""
    st.page_link(page, label=text, query_params=params or None)


def _overview(here: Overview, terms: dict[str, int]) -> None:
    states = here.states
    documents, confirmed, check, names = st.columns(4, border=True)
    with documents:
        st.metric(t("Documents"), f"{here.documents:,}")
        _link(_DOCUMENTS, nt("{n} sentence", "{n} sentences", here.sentences))
        if here.waiting:
            _link(_DOCUMENTS, nt("{n} place to decide", "{n} places to decide", here.waiting), order="waiting")
    with confirmed:
        st.metric(t("Sentences confirmed"), f"{here.settled:,}")
        _link(_REVIEW, nt("{n} edited", "{n} edited", states.get("edited", 0)), state="edited")
        _link(_REVIEW, nt("{n} by machine", "{n} by machine", states.get("machine", 0)), state="machine")
        if missing := states.get("missing", 0):
            _link(_REVIEW, nt("{n} not translated", "{n} not translated", missing), state="missing")
    with check:
        st.metric(t("Sentences to check"), f"{here.to_check:,}")
        _link(_REVIEW, t("Marked by a check, or damaged"), state="check")
        if here.damaged:
            damaged = nt("{n} with a damaged source", "{n} with a damaged source", here.damaged)
            _link(_REVIEW, damaged, state="open", damage="1")
    with names:
        st.metric(t("Names to decide"), f"{terms.get('candidate', 0):,}")
        approved, rejected = terms.get("approved", 0), terms.get("rejected", 0)
        _link(_GLOSSARY, nt("{n} approved", "{n} approved", approved))
        st.caption(nt("{n} rejected", "{n} rejected", rejected))


def _next_step(here: Overview, terms: dict[str, int]) -> None:
    """What to do now, in one sentence, and a button that leads there."""
    params: dict[str, str] = {}
    if person().may("terminologist") and terms.get("candidate") and not _read(here) and not terms.get("rejected"):
        text = t("Next: look through the names that were found, and settle the English of each.")
        goal, name, icon = _GLOSSARY, t("Decide on names"), ":material/menu_book:"
    elif here.to_check:
        text = nt(
            "Next: read the {n} sentence that a check has marked or whose Chinese is damaged.",
            "Next: read the {n} sentences that a check has marked or whose Chinese is damaged.",
            here.to_check,
        )
        goal, name, icon, params = _REVIEW, t("Check them"), ":material/rate_review:", {"state": "check"}
    elif here.settled < here.sentences:
        text = t("Next: read the English beside the Chinese, put it right, and confirm it sentence by sentence.")
        goal, name, icon, params = _REVIEW, t("Go on reviewing"), ":material/rate_review:", {"state": "open"}
    else:
        text = t("Every sentence is confirmed. Add more documents below, or download the glossary.")
        goal, name, icon = _GLOSSARY, t("Open the glossary"), ":material/menu_book:"
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="next"):
        st.markdown(text, width="stretch")
        if st.button(name, type="primary", icon=icon, key="next_step"):
            st.switch_page(goal, query_params=params)


def _places_to_decide(waiting: int) -> None:
    """Where the cleaning proposes what it was not sure enough to do."""
    if not waiting:
        return
    said = nt(
        "The cleaning proposes changes at **{n} place** of the Chinese that only a person can decide.",
        "The cleaning proposes changes at **{n} places** of the Chinese that only a person can decide.",
        waiting,
    )
    with st.container(horizontal=True, vertical_alignment="center", key="proposals"):
        st.markdown(f":material/rule: {said}", width="stretch")
        if st.button(t("See the proposals"), key="see_proposals"):
            st.switch_page(_DOCUMENTS, query_params={"order": "waiting"})


def _read(here: Overview) -> int:
    """Segments that a person has worked on."""
    return here.settled + here.states.get("edited", 0)


def _first_steps(here: Overview, terms: dict[str, int]) -> None:
    """The way of a first document, with what is done of it; nothing when all is."""
    named = bool(here.documents and terms) and (
        not terms.get("candidate") or bool(terms.get("rejected")) or bool(_read(here))
    )
    steps = (
        (bool(here.documents), t("Add documents"), t("Drop your own below, or take the samples.")),
        (named, t("Settle the names"), t("Each agency and programme gets one English name, on the Glossary page.")),
        (
            bool(_read(here)),
            t("Read the English"),
            t("Put it right beside the Chinese and confirm it, on the Review page."),
        ),
    )
    if all(done for done, _, _ in steps):
        return
    with st.container(key="first_steps"):
        for column, (number, (done, name, what)) in zip(st.columns(3), enumerate(steps, 1), strict=True):
            mark = (
                f":green[:material/check_circle: {t('Done')}]"
                if done
                else f":material/radio_button_unchecked: {number}"
            )
            column.markdown(f"{mark} · **{label(name)}**  \n{label(what)}")


def show() -> None:
    """The page."""
    st.title("Zhengming 正名")
    st.caption(t("Chinese news into English, with every name right."))
    here, terms = _figures()
    _first_steps(here, terms)
    if here.documents:
        with st.container(key="home_figures"):
            _overview(here, terms)
        _next_step(here, terms)
        _places_to_decide(here.waiting)
    else:
        st.markdown(
            t(
                "Drop Chinese documents here. They are cleaned of web-page noise, the names of agencies and programmes in "
                "them are found and given one English each, and a first English version is made in which those names "
                "stand. Then you review: the names on the **Glossary** page, the sentences on the **Review** page."
            )
        )
    add_documents(empty=not here.documents)


show()
