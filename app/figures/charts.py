"""Figures drawn as Vega-Lite: plain bars, one calm set of colours that reads on a light and on a dark page.

The specifications are written out: Altair checks each against its schema, which takes longer than all the counting.
Text of documents is data in here, never a title, a format or an expression.
"""

from __future__ import annotations

from typing import Any

from app.figures import Figure, Hue, shown

# Middle tones of the theme (.streamlit/config.toml): each at least 3:1 against both its backgrounds, so that a chart
# need not know which of them it stands on.
COLOURS: dict[Hue, str] = {
    "blue": "#4878a8",
    "sky": "#6490b8",
    "teal": "#3c8a8a",
    "green": "#4a8a68",
    "grey": "#858b94",
    "amber": "#b8722e",
    "red": "#c9554e",
    "violet": "#8673b0",
}
PICK = "pick"
# Pixels.
_STEP = 27
_LONGEST = 320

Spec = dict[str, Any]


def chart(figure: Figure) -> Spec:
    """A figure with rows as a Vega-Lite specification. A click on a bar that leads somewhere picks `at`, its row's number."""
    leads = any(row.where for row in figure.rows)
    spec: Spec = {
        "data": {"values": [_datum(figure, at) for at in range(len(figure.rows))]},
        "mark": {"type": "bar", "cursor": "pointer" if leads else "default"},
        "encoding": {
            **(_over_time(figure) if figure.shape in ("days", "hours") else _across(figure)),
            "color": _colour(figure),
            "order": {"field": "at", "type": "quantitative"},
            "tooltip": _field("tip"),
        },
        "height": _height(figure),
    }
    if leads:
        spec["params"] = [{"name": PICK, "select": {"type": "point", "fields": ["at"], "on": "click"}}]
    return spec


def _field(name: str, kind: str = "nominal", **more: Any) -> Spec:
    return {"field": name, "type": kind, **more}


def _alone(figure: Figure) -> bool:
    """Whether each bar is one row, so that its number can stand behind its name."""
    return figure.shape in ("bars", "stacked") and len({row.what for row in figure.rows}) == len(figure.rows)


def _datum(figure: Figure, at: int) -> Spec:
    row = figure.rows[at]
    name = shown(row, figure.shape)
    return {
        "at": at,
        "what": f"{row.what} · {row.said}" if _alone(figure) else row.what,
        "number": row.number,
        "tip": " · ".join(filter(None, (name, row.group, row.said))),
        "hue": row.group or row.hue,
    }


def _across(figure: Figure) -> Spec:
    axis = {"format": "%" if figure.shape == "shares" else "~s", "tickCount": 4, "grid": True, "domain": False}
    names = {"labelLimit": _LONGEST, "ticks": False, "domain": False}
    gaps = {"paddingInner": 0.35, "paddingOuter": 0.15}
    return {
        "x": _field("number", "quantitative", title=figure.unit, axis=None if _alone(figure) else axis, stack="zero"),
        "y": _field("what", title=None, sort=None, axis=names, scale=gaps),
    }


def _over_time(figure: Figure) -> Spec:
    hours = figure.shape == "hours"
    axis = {"format": "%H:%M" if hours else "%m-%d", "tickCount": 8, "grid": False, "labelOverlap": True}
    count = {"format": "~s", "tickCount": 4, "domain": False}
    unit = "yearmonthdatehours" if hours else "yearmonthdate"
    return {
        "x": _field("what", "temporal", timeUnit=unit, title=None, axis=axis),
        "y": _field("number", "quantitative", title=figure.unit, axis=count, stack="zero"),
    }


def _height(figure: Figure) -> int:
    if figure.shape in ("days", "hours"):
        return 240
    return _STEP * len({row.what for row in figure.rows}) + (24 if _alone(figure) else 60)


def legend(figure: Figure) -> list[tuple[str, str]]:
    """The parts of a figure's bars and their colours, in the order of the rows; drawn beside the chart, as text."""
    return [(name, COLOURS[hue]) for name, hue in dict.fromkeys((row.group, row.hue) for row in figure.rows) if name]


def _colour(figure: Figure) -> Spec:
    hues = dict.fromkeys((row.group or row.hue, row.hue) for row in figure.rows)
    scale = {"domain": [name for name, _ in hues], "range": [COLOURS[hue] for _, hue in hues]}
    return _field("hue", scale=scale, legend=None)
