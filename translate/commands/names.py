"""The option --names, which batch and enforce share."""

from __future__ import annotations

from documents.console import stop
from translate.forcing.naming import STYLES, Style

HELP = f"Full names or acronyms, one of {', '.join(STYLES)}; as-source leaves right names as they are."


def style_of(names: str) -> Style:
    """The style of that name, or one clear line, and out."""
    return next((known for known in STYLES if known == names), None) or stop(
        f"{names} is no style of names; the styles are {', '.join(STYLES)}."
    )
