"""The review workbench. Start it from the checkout: streamlit run app/main.py"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from sqlalchemy.exc import OperationalError

# Streamlit puts the directory of this script on the path, not the checkout that holds our packages.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.plain import label
from app.session import workspace
from storage import WorkspaceError

_HERE = Path(__file__).resolve().parent

# An icon of our own: Streamlit would fetch a named one from the internet.
st.set_page_config("Zhengming 正名", _HERE / "icon.svg", layout="wide")
# The files are not in a directory "pages": Streamlit would run one of those by itself, without this script.
page = st.navigation(
    [
        st.Page(_HERE / "screens" / "home.py", title="Home", icon=":material/home:", default=True),
        st.Page(_HERE / "screens" / "documents.py", title="Documents", icon=":material/description:"),
        st.Page(_HERE / "screens" / "glossary.py", title="Glossary", icon=":material/menu_book:"),
        st.Page(_HERE / "screens" / "review.py", title="Review", icon=":material/rate_review:"),
        st.Page(_HERE / "screens" / "batch.py", title="Batch", icon=":material/play_circle:"),
    ],
    position="top",
)
st.html(_HERE / "style.css")
try:
    workspace()
    page.run()
except WorkspaceError as error:
    st.error(label(str(error)), icon=":material/database_off:")
except OperationalError as error:
    st.error(
        f"The workspace cannot be used just now ({type(error.orig).__name__}); is its disk full, or is another program "
        "writing to it? Try again.",
        icon=":material/database_off:",
    )
