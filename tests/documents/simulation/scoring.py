"""How much of a text was kept and how much of its noise: characters, with width and blanks aside."""

from __future__ import annotations

import dataclasses
import difflib
import unicodedata


def folded(text: str) -> str:
    """Width and blanks aside."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def common(a: str, b: str) -> int:
    """Characters that two folded texts have in common, in order, by longest common blocks."""
    if a == b:
        return len(a)
    start = _same_at_start(a, b)
    end = _same_at_start(a[start:][::-1], b[start:][::-1])
    inner = difflib.SequenceMatcher(None, a[start : len(a) - end], b[start : len(b) - end], autojunk=False)
    return start + end + sum(block.size for block in inner.get_matching_blocks())


def _same_at_start(a: str, b: str) -> int:
    return next((at for at, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))


@dataclasses.dataclass(slots=True)
class Tally:
    """Characters over many pages: of the clean texts, of what was kept, in both; wrong ones before and after."""

    pages: int = 0
    exact: int = 0
    wanted: int = 0
    kept: int = 0
    both: int = 0
    noise: int = 0

    def add(self, raw: str, kept: str, wanted: str) -> bool:
        """Count one page; True if it came out exactly."""
        before, after, gold = folded(raw), folded(kept), folded(wanted)
        both = common(after, gold)
        self.pages += 1
        self.exact += after == gold
        self.wanted += len(gold)
        self.kept += len(after)
        self.both += both
        # What a process replaced counts like what it put in.
        self.noise += len(before) - common(before, gold)
        return after == gold

    @property
    def recall(self) -> float:
        return self.both / max(1, self.wanted)

    @property
    def precision(self) -> float:
        return self.both / max(1, self.kept)

    @property
    def left(self) -> float:
        """Wrong characters that are left for each one that there was; 0 where there was none."""
        return (self.kept - self.both) / self.noise if self.noise else 0.0
