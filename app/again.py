"""Drawing a page anew from what watches behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

import streamlit as st


def draw_anew(first: Callable[[], None] = lambda: None) -> NoReturn:
    """The whole page again, out of a fragment, after `first`; where a click waits meanwhile, the click and neither.

    `st.rerun` by itself would take the click's place: a person on the way to another page would be brought back.
    """
    # Streamlit looks whether something waits each time that something is drawn.
    st.empty()
    first()
    st.rerun()
