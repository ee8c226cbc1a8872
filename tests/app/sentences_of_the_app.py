"""The sentences of the interface, read from the sources of app/: what is passed to `t` and `nt`, and what goes past them."""

from __future__ import annotations

import ast
import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What Streamlit shows of its first argument, and of these others by name.
SHOWING = frozenset(
    """altair_chart button caption checkbox dialog download_button error expander file_uploader form_submit_button header
    html info link_button markdown metric multiselect number_input page_link Page pills popover progress radio say
    segmented_control selectbox slider spinner status subheader success tabs text text_area text_input title toast toggle
    vega_lite_chart warning write""".split()
)
SHOWN = frozenset({"label", "help", "placeholder", "alt", "title", "text"})
# Of these a sentence is only the rest: marks of HTML and of Markdown, scripts, styles, icons, entities.
_MARKS = re.compile(
    r"<(script|style)>.*?</\1>|<[^>]*>|:material/\w+:|:[\w-]+\[|&\w+;|\[data[^\]]*\]|`[^`]*`", re.DOTALL
)
_WORD = re.compile(r"[A-Za-z]{2,}")


@dataclasses.dataclass(frozen=True)
class Sentence:
    """A message of `t`, or the two of `nt`; where it stands."""

    forms: tuple[str, ...]
    where: str


@dataclasses.dataclass(frozen=True)
class Variable:
    """An argument of `t` or `nt` that is no literal: its source text, and the sentences of the table that it is read from."""

    source: str
    where: str
    values: tuple[str, ...]


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """A module of the app as its syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def modules() -> list[Path]:
    """Every module of app/."""
    return sorted((ROOT / "app").rglob("*.py"))


def sentences() -> list[Sentence]:
    """Every literal message."""
    return [found for _, _, found in _messages() if isinstance(found, Sentence)]


def variables() -> list[Variable]:
    """Every message that is read from somewhere."""
    return [found for _, _, found in _messages() if isinstance(found, Variable)]


def _messages() -> Iterator[tuple[Path, ast.Call, Sentence | Variable]]:
    for path in modules():
        for call in ast.walk(tree_of(path)):
            if not isinstance(call, ast.Call) or name_of(call) not in ("t", "nt"):
                continue
            where = f"{path.relative_to(ROOT)}:{call.lineno}"
            given = call.args[: 2 if name_of(call) == "nt" else 1]
            literals = [part.value for part in given if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if len(literals) == len(given):
                yield path, call, Sentence(tuple(literals), where)
            else:
                for part in given:
                    yield path, call, Variable(ast.unparse(part), where, tuple(_values(path, part)))


def name_of(call: ast.Call) -> str:
    """What is called: t of t(…), button of st.button(…)."""
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _values(path: Path, part: ast.expr) -> Iterator[str]:
    """The sentences that an expression can be, if it looks into a table: TABLE[key] or TABLE.get(key, …)."""
    if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "get":
        part = part.func.value
    elif isinstance(part, ast.Subscript):
        part = part.value
    if isinstance(part, ast.Subscript):
        # A table of tables: all of them.
        part = part.value
    if isinstance(part, ast.Name):
        yield from table(path, part.id)


def table(path: Path, name: str) -> Iterator[str]:
    """The sentences in a table of a module, or of the module of app/ that it is imported from."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module and any(alias.name == name for alias in node.names):
            source = ROOT / (node.module.replace(".", "/") + ".py")
            if source.is_file():
                yield from table(source, name)
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            yield from _entries(path, node.value)  # type: ignore[attr-defined]


def _entries(path: Path, value: ast.expr | None) -> Iterator[str]:
    if isinstance(value, ast.Dict):
        for key, entry in zip(value.keys, value.values, strict=True):
            if key is None and isinstance(entry, ast.Name):
                yield from table(path, entry.id)
            elif isinstance(entry, ast.Constant) and isinstance(entry.value, str):
                yield entry.value
            elif isinstance(entry, ast.Dict | ast.Name):
                yield from table(path, entry.id) if isinstance(entry, ast.Name) else _entries(path, entry)


def unwrapped() -> list[tuple[str, str]]:
    """What is shown without having gone through `t` or `nt`: where, and the words."""
    found = []
    for path in modules():
        for call in ast.walk(tree_of(path)):
            if isinstance(call, ast.Call) and name_of(call) in SHOWING:
                parts = [*call.args[:1], *(word.value for word in call.keywords if word.arg in SHOWN)]
                if name_of(call) in ("progress", "metric"):
                    parts += call.args[1:2]
                for part in parts:
                    for text in _texts(part):
                        bare = _MARKS.sub(" ", text)
                        if _WORD.search(bare):
                            found.append((f"{path.relative_to(ROOT)}:{call.lineno}", " ".join(bare.split())))
    return found


def _texts(part: ast.expr | None) -> Iterable[str]:
    """The literals that an expression may come to, f-strings with their holes as blanks; nothing of what is called."""
    if isinstance(part, ast.Constant) and isinstance(part.value, str):
        yield part.value
    elif isinstance(part, ast.JoinedStr):
        yield "".join(piece.value if isinstance(piece, ast.Constant) else " " for piece in part.values)
        for piece in part.values:
            if isinstance(piece, ast.FormattedValue):
                yield from _texts(piece.value)
    elif isinstance(part, ast.IfExp):
        yield from _texts(part.body)
        yield from _texts(part.orelse)
    elif isinstance(part, ast.BinOp):
        yield from _texts(part.left)
        yield from _texts(part.right)
    elif isinstance(part, ast.BoolOp | ast.List | ast.Tuple):
        for one in part.values if isinstance(part, ast.BoolOp) else part.elts:
            yield from _texts(one)
    elif isinstance(part, ast.Call) and name_of(part) in ("label", "escape", "escaped", "attribute", "counted"):
        for one in part.args:
            yield from _texts(one)
