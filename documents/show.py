"""The raw text in colour for a terminal: removals struck out, replacements and proposals beside them, each by its kind."""

from __future__ import annotations

from rich.style import Style
from rich.text import Text

from documents.edits import CleanText, Edit

_COLOURS = ("magenta", "cyan", "yellow", "green", "blue", "red", "bright_black")
_QUIET = ("blank", "line_end")


def shown(clean: CleanText, in_colour: bool = True) -> Text:
    """Raw text with every edit, and a legend of the kinds; blanks that went are not marked.

    Without colour (a pipe, a file) removals stand in [-…-] and what was put in their place in {+…+}, as wdiff has it.
    """
    kinds = list(dict.fromkeys(edit.kind for edit in clean.edits if edit.kind not in _QUIET))
    colours = {kind: _COLOURS[number % len(_COLOURS)] for number, kind in enumerate(kinds)}
    text = Text()
    at = 0
    for edit in clean.edits:
        if edit.start < at or edit.kind in _QUIET:
            continue
        text.append(clean.raw[at : edit.start])
        raw = clean.raw[edit.start : edit.end]
        colour = colours[edit.kind]
        if not in_colour:
            text.append(_plain(edit, raw))
        elif edit.applied:
            text.append(raw, Style(color=colour, strike=True))
            text.append(edit.replacement, Style(color=colour, bold=True))
        else:
            text.append(raw, Style(color=colour, underline=True))
            text.append(f"[{edit.replacement}?]", Style(color=colour, italic=True))
        at = edit.end
    text.append(clean.raw[at:] + "\n\n")
    if not in_colour:
        return text
    for kind in kinds:
        text.append(f" {kind} ", Style(color=colours[kind], reverse=True))
        text.append(" ")
    return text


def _plain(edit: Edit, raw: str) -> str:
    if not edit.applied:
        return f"{raw}{{?{edit.replacement}?}}"
    return (f"[-{raw}-]" if raw else "") + (f"{{+{edit.replacement}+}}" if edit.replacement else "")
