"""A clause, from tokens to English: reductions, then one pass that puts verbs into form and phrases in English order."""

from __future__ import annotations

import dataclasses

from translate.engines.gloss.chunk import Chunker
from translate.engines.gloss.inflect import gerund, participle, past, third
from translate.engines.gloss.nodes import Node
from translate.engines.gloss.phrases import (
    Write,
    attach_modifiers,
    close_before_verbs,
    coordinate,
    localized_preposition,
    phrase,
    prepositions,
)
from translate.engines.gloss.tagging import disambiguate
from translate.engines.gloss.tokens import Token

_MODALS = frozenset("will can should must may cannot".split())
_OPENERS = frozenset("在 当 自 自从 从 除 除了 于".split())
_TEMPORAL = frozenset(("when", "after", "before", "since", "while", "on the occasion of"))


@dataclasses.dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole sentence: the default tense, and the text behind each opaque placeholder."""

    past: bool
    surface: dict[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Clause:
    """English of a clause, and its subject for the clause after it that has none of its own."""

    text: str
    subject: Node | None


def clause_english(tokens: list[Token], setting: Setting, before: Node | None = None) -> Clause:
    """English of one clause (tokens without clause punctuation); `before` is the subject of the clause before it."""

    def write(nodes: list[Node], subject: Node | None) -> str:
        return _Line(setting, subject).write(nodes)

    nodes = _enclose(Chunker(disambiguate(tokens), setting.surface).nodes(), write)
    line = _Line(setting, None, before)
    return Clause(line.write(_reduce(nodes, write)), line.subject)


def _reduce(nodes: list[Node], write: Write) -> list[Node]:
    return prepositions(coordinate(attach_modifiers(close_before_verbs(coordinate(nodes)), write)))


def _enclose(nodes: list[Node], write: Write) -> list[Node]:
    """Makes 在 … 时/中/后 around more than a noun, and clause + 时/后/前, into one phrase."""
    done: list[Node] = []
    opened: int | None = None
    for node in nodes:
        if node.cat == "P" and node.zh in _OPENERS and opened is None:
            opened = len(done)
        elif node.cat in ("W", "K") and node.en != "、":
            opened = None
        if node.cat != "F":
            done.append(node)
            continue
        start = opened if opened is not None else _clause_start(done) if node.en in _TEMPORAL else None
        opened = None
        if start is None or len(done) - start < 2 or all(inner.cat != "V" for inner in done[start:]):
            done.append(node)
            continue
        inner = done[start:]
        del done[start:]
        done.append(_enclosed(inner, node, write))
    return done


def _clause_start(nodes: list[Node]) -> int:
    return next((index + 1 for index in range(len(nodes) - 1, -1, -1) if nodes[index].cat in ("K", "W")), 0)


def _enclosed(inner: list[Node], localizer: Node, write: Write) -> Node:
    governor = inner[0] if inner[0].cat == "P" and inner[0].zh in _OPENERS else None
    preposition = localized_preposition(governor, localizer) if governor else localizer.en
    reduced = _reduce(inner[1:] if governor else inner, write)
    if len(reduced) == 1 and reduced[0].cat in ("NP", "T"):
        return phrase(preposition, reduced[0], governor, localizer)
    if all(node.cat != "NP" for node in reduced[: next((i for i, node in enumerate(reduced) if node.cat == "V"), 0)]):
        reduced = [Node("K", "", marks=frozenset(("ing",))), *reduced]
    return Node("PP", f"{preposition} {write(reduced, None)}", preposition=governor.zh if governor else "", words=9)


class _Line:
    """Writes nodes in English order. State: what is waiting for the next verb, and for the end of its phrase."""

    def __init__(self, setting: Setting, subject: Node | None = None, before: Node | None = None) -> None:
        self._before = before
        self._nodes: list[Node] = []
        self._progressive = False
        self._setting = setting
        self._held = ""
        self._role = ""
        self._out: list[str] = []
        self._adverbs: list[str] = []
        self._negation = ""
        self._modal = ""
        self._passive = False
        self._waiting: list[str] = []
        self._subject = subject
        self._verbs = 0
        self._object_since_verb = False
        self._form = ""

    @property
    def subject(self) -> Node | None:
        """The subject met, else that of the clause before."""
        return self._subject or self._before

    def write(self, nodes: list[Node]) -> str:
        """The English of the clause."""
        self._nodes = nodes
        for index, node in enumerate(nodes):
            following = nodes[index + 1] if index + 1 < len(nodes) else None
            getattr(self, f"_on_{node.cat.lower()}")(node, following)
        self._flush_marks()
        self._flush_waiting()
        if self._held:
            self._out.append(self._held)
        return " ".join(part for part in self._out if part)

    def _on_np(self, node: Node, following: Node | None) -> None:
        if not node.en:
            return
        if self._role:
            if self._role == "agent":
                self._waiting.insert(0, f"by {node.en}")
            else:
                self._held = _words(self._held, node.en)
            self._role = ""
            return
        if self._verbs == 0 and self._subject is None:
            self._flush_waiting()
            self._subject = node
        elif self._verbs:
            self._object_since_verb = True
        if self._adverbs and not self._verbs:
            self._out.extend(self._adverbs)
            self._adverbs.clear()
        if self._negation and not (following is not None and following.cat in ("V", "ADV", "AUX", "PP")):
            self._flush_marks()
        self._out.append(node.en)

    def _on_v(self, node: Node, following: Node | None) -> None:
        if self._verbs:
            self._flush_waiting_before_verb()
        form = self._next_form(node)
        self._out.append(self._verb(node, form, following))
        if self._held:
            self._out.append(self._held)
        self._verbs += 1
        self._form = form
        self._object_since_verb = bool(self._held)
        self._held = ""
        self._adverbs.clear()
        self._negation = self._modal = ""
        self._passive = False

    def _flush_waiting_before_verb(self) -> None:
        if self._object_since_verb:
            self._flush_waiting()

    def _next_form(self, node: Node) -> str:
        if self._form in ("to", "ing") and self._verbs_pending:
            return self._form
        if self._verbs == 0 or self._modal or self._negation:
            return "finite"
        if self._joined:
            return self._form or "finite"
        return "to"

    @property
    def _verbs_pending(self) -> bool:
        return bool(self._out) and self._out[-1] in ("to", "by", "in", "without", "through", "before", "after")

    @property
    def _joined(self) -> bool:
        return bool(self._out) and self._out[-1] in (",", "and", "or", "but")

    def _verb(self, node: Node, form: str, following: Node | None) -> str:
        base, adverbs = node.en, " ".join(self._adverbs)
        passive = self._passive
        if (base.startswith("not ") and form == "finite") or (self._negation == "not" and node.zh == "有"):
            base, self._negation = base.removeprefix("not "), "not"
        if form == "to" or form == "ing":
            shaped = gerund(base) if form == "ing" else base
            lead = "to" if form == "to" and not self._verbs_pending else ""
            return _words(lead, self._negation, adverbs, shaped)
        is_past = "past" in node.marks or self._setting.past
        plural = self.subject is None or self.subject.number == "p"
        if self._progressive and not self._modal and not passive and not self._negation and not base.startswith("be "):
            self._progressive = False
            return _words(_finite("be", is_past, plural), adverbs, gerund(base))
        if self._modal:
            modal = (
                self._modal if self._modal.split()[0] in _MODALS | {"need"} else _finite(self._modal, is_past, plural)
            )
            core = f"be {participle(base)}" if passive else base
            return _words(modal, self._negation, adverbs, core)
        if passive:
            return _words(_finite("be", is_past, plural), self._negation, adverbs, participle(base))
        if self._negation:
            return self._negated(base, adverbs, is_past, plural)
        if "prog" in node.marks and not base.startswith("be "):
            return _words(adverbs, _finite(base, is_past, plural))
        if base.split()[0] == "be":
            return _words(_finite("be", is_past, plural), adverbs, base[3:])
        return _words(adverbs, _finite(base, is_past, plural))

    def _negated(self, base: str, adverbs: str, is_past: bool, plural: bool) -> str:
        negation = self._negation
        if negation in ("never",):
            return _words(adverbs, negation, _finite(base, is_past, plural))
        if negation.split()[0] in ("will", "cannot", "should", "must", "need"):
            return _words(negation, adverbs, base)
        if negation.startswith("not be able") or negation.startswith("not want") or negation.startswith("not be"):
            return (
                _words(
                    "was" if is_past else "is" if not plural else "are",
                    negation.replace("not be", "not", 1),
                    adverbs,
                    base,
                )
                if "not be" in negation
                else _words("did" if is_past else "does", negation, base)
            )
        if base.split()[0] == "be":
            return _words(_finite("be", is_past, plural), negation, adverbs, base[3:])
        return _words("did" if is_past else "do" if plural else "does", negation, adverbs, base)

    def _on_a(self, node: Node, following: Node | None) -> None:
        if (
            self._verbs == 0
            and self._subject is not None
            and not (following is not None and following.cat in ("V", "NP"))
        ):
            verb = Node("V", "be " + node.en, node.zh)
            self._on_v(verb, following)
            return
        self._out.extend(part for part in (*self._adverbs, self._negation, node.en) if part)
        self._adverbs.clear()
        self._negation = ""

    def _on_aux(self, node: Node, following: Node | None) -> None:
        if self._modal:
            self._adverbs.append(node.en)
        elif self._negation and node.en == "can":
            self._modal, self._negation = "cannot", ""
        else:
            self._modal = node.en

    def _on_adv(self, node: Node, following: Node | None) -> None:
        if self._subject is None and not self._verbs and following is not None and following.cat in ("NP", "T", "PP"):
            self._out.append(node.en + ("," if " " in node.en else ""))
        else:
            self._adverbs.append(node.en)

    def _on_neg(self, node: Node, following: Node | None) -> None:
        if self._negation:
            self._adverbs.append(self._negation)
        self._negation = node.en

    def _on_p(self, node: Node, following: Node | None) -> None:
        if node.en == "obj":
            self._role = "object"
        elif node.en == "passive":
            self._passive = True
            self._role = "agent" if following is not None and following.cat == "NP" else ""
        else:
            self._out.append(node.en)

    def _on_pp(self, node: Node, following: Node | None) -> None:
        if "after" in node.marks:
            self._out.append(node.en)
            return
        if (
            node.preposition == "由"
            and following is not None
            and following.cat in ("V", "ADV")
            and not following.en.startswith("be ")
        ):
            if self._has_object(node):
                self._out.append(node.en.removeprefix("by "))
                self._subject = self._subject or Node("NP", node.en, number="s")
                return
            self._passive = True
        if self._subject is None and not self._verbs:
            if following is not None and following.cat == "NP":
                self._out.append(node.en + ",")
            else:
                self._waiting.append(node.en)
        elif self._verbs and not self._object_since_verb and (following is None or following.cat in ("W", "C")):
            self._out.append(node.en)
        else:
            self._waiting.append(node.en)

    def _has_object(self, phrase: Node) -> bool:
        """Whether the verb after `phrase` has an object of its own, so that 由 X names its subject."""
        rest = self._nodes[next(i for i, node in enumerate(self._nodes) if node is phrase) :]
        verb = next((i for i, node in enumerate(rest) if node.cat == "V"), len(rest))
        return verb + 1 < len(rest) and rest[verb + 1].cat == "NP"

    def _on_t(self, node: Node, following: Node | None) -> None:
        self._on_pp(dataclasses.replace(node, en=f"{node.preposition} {node.en}".strip()), following)

    def _on_f(self, node: Node, following: Node | None) -> None:
        self._out.append(node.en)

    def _on_c(self, node: Node, following: Node | None) -> None:
        self._flush_waiting()
        self._out.append(node.en)

    def _on_k(self, node: Node, following: Node | None) -> None:
        if self._verbs:
            self._flush_waiting()
        self._out.append(node.en)
        if "to" in node.marks:
            self._form = "to"
        elif "ing" in node.marks:
            self._form = "ing"

    def _on_w(self, node: Node, following: Node | None) -> None:
        self._flush_marks()
        self._flush_waiting()
        self._out.append("," if node.zh == "、" else node.en)

    def _on_s(self, node: Node, following: Node | None) -> None:
        self._flush_marks()
        self._out.append(node.en)

    def _on_etc(self, node: Node, following: Node | None) -> None:
        self._out.append("and others")

    def _on_de(self, node: Node, following: Node | None) -> None:
        """A 的 with nothing to modify is dropped."""

    def _on_past(self, node: Node, following: Node | None) -> None:
        """了 after an object: the tense was settled for the sentence."""

    def _on_prog(self, node: Node, following: Node | None) -> None:
        self._progressive = True

    def _flush_marks(self) -> None:
        pending = [part for part in (self._modal, self._negation, *self._adverbs) if part]
        self._out.extend(pending)
        self._modal = self._negation = ""
        self._adverbs.clear()

    def _flush_waiting(self) -> None:
        self._out.extend(self._waiting)
        self._waiting.clear()


def _finite(base: str, is_past: bool, plural: bool) -> str:
    if base.split()[0] == "be":
        return (("were" if plural else "was") if is_past else ("are" if plural else "is")) + base[2:]
    if is_past:
        return past(base)
    return base if plural else third(base)


def _words(*parts: str) -> str:
    return " ".join(part for part in parts if part)
