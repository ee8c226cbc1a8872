"""The ways of carrying names through an engine, by name. To add one is to add one module and one line here."""

from translate.engines.base import Strategy
from translate.forcing.carriers import hint, native, placeholder, plain
from translate.forcing.carriers.base import Carrier

CARRIERS: dict[Strategy, Carrier] = {
    "plain": plain.CARRIER,
    "native": native.CARRIER,
    "hint": hint.CARRIER,
    "placeholder": placeholder.CARRIER,
}

__all__ = ["CARRIERS", "Carrier"]
