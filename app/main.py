"""The review workbench. Start it from the checkout: streamlit run app/main.py

Streamlit runs this file for each click, and imports it once as the server that listens (`server`).
"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from sqlalchemy.exc import OperationalError
from streamlit.navigation.page import Page

# Streamlit puts the directory of this script on the path, not the checkout that holds our packages.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.borrowed import borrowed
from app.forcing import carry_over, watch_forcing
from app.language import set_language_of_page, settle_language, t
from app.plain import label
from app.preparing import prepare
from app.presence import forget_seen
from app.sign_in import is_admitted, show_sign_in
from storage import NotAllowedError, WorkspaceError

_HERE = Path(__file__).resolve().parent
# What works behind the pages gives way to them after one millisecond, not five: a page asks the database forty times.
sys.setswitchinterval(0.001)
# A change that touches few sentences is seen in the answer to the click that made it; s.
_PATIENCE = 0.1


def show() -> None:
    """The page that the person is on, or the sign-in."""
    settle_language()
    # An icon of our own: Streamlit would fetch a named one from the internet.
    st.set_page_config("Zhengming 正名", _HERE / "icon.svg", layout="wide")
    problem = ""
    try:
        admitted = is_admitted()
    except WorkspaceError as error:
        admitted, problem = False, str(error)
    # The files are not in a directory "pages": Streamlit would run one of those by itself, without this script.
    page = st.navigation(
        [
            st.Page(_HERE / "screens" / "home.py", title=t("Home"), icon=":material/home:", default=True),
            st.Page(_HERE / "screens" / "documents.py", title=t("Documents"), icon=":material/description:"),
            st.Page(_HERE / "screens" / "glossary.py", title=t("Glossary"), icon=":material/menu_book:"),
            st.Page(_HERE / "screens" / "review.py", title=t("Review"), icon=":material/rate_review:"),
            st.Page(_HERE / "screens" / "batch.py", title=t("Batch"), icon=":material/play_circle:"),
            st.Page(_HERE / "screens" / "insights.py", title=t("Insights"), icon=":material/insights:"),
            st.Page(_HERE / "screens" / "settings.py", title=t("Settings"), icon=":material/settings:"),
        ],
        position="top" if admitted or problem else "hidden",
    )
    st.html(_HERE / "style.css")
    set_language_of_page()
    if problem:
        st.error(label(borrowed(problem)), icon=":material/database_off:")
    elif admitted:
        _run(page)
    else:
        show_sign_in()
    forget_seen()


def _run(page: Page) -> None:
    try:
        # Review shows the sentences that a name stands in; the other pages are drawn first.
        if page.url_path == "review":
            carry_over(_PATIENCE)
        page.run()
        carry_over()
        watch_forcing()
        prepare()
    except NotAllowedError as error:
        st.error(label(borrowed(str(error))), icon=":material/lock:")
    except WorkspaceError as error:
        st.error(label(borrowed(str(error))), icon=":material/database_off:")
    except OperationalError as error:
        st.error(
            t(
                "The workspace cannot be used just now ({reason}); is its disk full, or is another program writing to it? "
                "Try again.",
                reason=type(error.orig).__name__,
            ),
            icon=":material/database_off:",
        )


if __name__ == "__main__":
    show()
else:
    from app.doors import middleware, routes, tell_refusal

    server = st.App(__file__, routes=routes(), middleware=middleware(), on_script_error=tell_refusal)
