"""Reductions over the nodes of a clause: coordination, 的-phrases, prepositional phrases."""

from __future__ import annotations

import dataclasses

from translate.engines.gloss.inflect import gerund, participle
from translate.engines.gloss.nodes import Node

_LEAVES_THAT = frozenset("是 有 成为".split())


def coordinate(nodes: list[Node]) -> list[Node]:
    """Joins NP 、 NP 和 NP into one noun phrase, and gives NP 等 (NP) its English."""
    joined: list[Node] = []
    index = 0
    while index < len(nodes):
        node = nodes[index]
        if node.cat != "NP":
            joined.append(node)
            index += 1
            continue
        items = [node]
        while index + 2 < len(nodes) and _joins(nodes[index + 1]) and nodes[index + 2].cat == "NP":
            items.append(nodes[index + 2])
            index += 2
        index += 1
        listed = _list(items)
        if index < len(nodes) and nodes[index].cat == "ETC":
            index += 1
            if index < len(nodes) and nodes[index].cat == "NP" and nodes[index].en:
                category = nodes[index]
                listed = dataclasses.replace(category, en=f"{category.en} such as {listed.en}", words=9)
                index += 1
            else:
                listed = dataclasses.replace(listed, en=f"{listed.en} and others", number="p", words=9)
        joined.append(listed)
    return joined


def _joins(node: Node) -> bool:
    return node.cat == "C" or (node.cat == "W" and node.zh == "、")


def _list(items: list[Node]) -> Node:
    if len(items) == 1:
        return items[0]
    english = [item.en for item in items]
    text = ", ".join(english[:-1]) + " and " + english[-1]
    words = sum(item.words for item in items)
    return Node("NP", text, items[-1].zh, "p", items[0].fixed, words=words)


def attach_modifiers(nodes: list[Node]) -> list[Node]:
    """Resolves each 的, left to right: adjectives stay before, nouns become "of", clauses follow their noun."""
    done: list[Node] = []
    for index, node in enumerate(nodes):
        if node.cat != "DE":
            done.append(node)
            if node.cat == "NP" and len(done) >= 2 and done[-2].cat == "DE":
                head = done.pop()
                done.pop()
                done = _modified(done, head, nodes[index + 1 :])
        elif done and done[-1].cat in ("NP", "A", "V", "PP", "T", "F", "ADV"):
            done.append(node)
    return [node for node in done if node.cat != "DE"]


def _modified(left: list[Node], head: Node, right: list[Node]) -> list[Node]:
    """`left` + 的 + `head` as nodes, with as much of `left` taken in as belongs to the head."""
    last = left[-1]
    if last.cat in ("A", "ADV"):
        return [*left[:-1], _join(last.en, head)]
    if last.cat == "T":
        return [*left[:-1], dataclasses.replace(head, en=f"{head.en} {last.preposition or 'of'} {last.en}", words=head.words + last.words)]
    if last.cat == "V":
        return _after_verb(left, head)
    if last.cat == "NP":
        start = _relative_start(left, right)
        if start is not None:
            verb, inner = left[start], left[start + 1 :]
            before = left[:start]
            return [*before, _relative(verb, inner, head)]
        return [*left[:-1], _of(last, head)]
    return [*left, head]


def _join(modifier: str, head: Node) -> Node:
    return dataclasses.replace(head, en=f"{modifier} {head.en}", words=head.words + 1)


def _of(owner: Node, head: Node) -> Node:
    """owner 的 head: a possessive for pronouns and short names, "of" otherwise."""
    possessive = {"I": "my", "we": "our", "you": "your", "he": "his", "she": "her", "it": "its", "they": "their", "itself": "its own"}.get(owner.en)
    if possessive:
        return dataclasses.replace(head, en=f"{possessive} {_bare(head.en)}", fixed=True)
    if owner.fixed and owner.words == 1 and not owner.en.startswith("the ") and owner.number != "p" and head.words < 4:
        return dataclasses.replace(head, en=f"{owner.en}'s {_bare(head.en)}", fixed=True, words=head.words + owner.words)
    article = "" if head.fixed else "the "
    return dataclasses.replace(head, en=f"{article}{head.en} of {owner.en}", fixed=True, words=head.words + owner.words + 1)


def _bare(text: str) -> str:
    return text.removeprefix("the ")


def _relative_start(left: list[Node], right: list[Node]) -> int | None:
    """Index of the verb of a relative clause "V NP 的 N" in `left`, None where the verb governs the noun after 的 instead."""
    index = len(left) - 2
    while index >= 0 and left[index].cat in ("PP", "T"):
        index -= 1
    if index < 0 or left[index].cat != "V" or left[index].zh in _LEAVES_THAT:
        return None
    before = left[index - 1] if index else None
    verb_after = any(node.cat in ("V", "A") for node in right)
    if before is not None and before.cat == "V":
        return index
    if before is not None and before.cat == "NP" and before.en.startswith(("a ", "an ", "the first", "this ", "that ", "these ")):
        return index
    if verb_after and (before is None or before.cat in ("W", "K", "P", "C")):
        return index
    return None


def _relative(verb: Node, inner: list[Node], head: Node) -> Node:
    rest = " ".join(node.en for node in inner if node.en)
    text = verb.en[3:] if verb.en.startswith("be ") else gerund(verb.en)
    return dataclasses.replace(head, en=f"{head.en} {text} {rest}".strip(), words=head.words + 3)


def _after_verb(left: list[Node], head: Node) -> list[Node]:
    """(NP) (PP) V 的 head: the head is what the verb acts on, or its subject when there is no other."""
    verb = left[-1]
    index = len(left) - 1
    extras: list[Node] = []
    while index and left[index - 1].cat in ("ADV", "PP", "T", "AUX", "NEG", "PROG"):
        index -= 1
        extras.insert(0, left[index])
    adverbs = " ".join(node.en for node in extras if node.cat in ("ADV",))
    negation = "not " if any(node.cat == "NEG" for node in extras) else ""
    modal = next((node.en + " " for node in extras if node.cat == "AUX"), "")
    phrases = " ".join(_prepositional(node) for node in extras if node.cat in ("PP", "T"))
    subject = left[index - 1] if index and left[index - 1].cat == "NP" else None
    if subject is not None:
        governed = index >= 2 and left[index - 2].cat == "P"
        if not governed:
            words = (subject.en, adverbs, modal + negation + verb.en if modal or negation else verb.en, phrases)
            clause = " ".join(part for part in words if part)
            return [*left[: index - 1], dataclasses.replace(head, en=f"{head.en} that {clause}", words=head.words + 4, fixed=head.fixed)]
    form = verb.en[3:] if verb.en.startswith("be ") else participle(verb.en)
    words = (head.en, negation.strip(), adverbs, form, phrases)
    text = " ".join(part for part in words if part)
    return [*left[:index], dataclasses.replace(head, en=text, words=head.words + 3)]


def _prepositional(node: Node) -> str:
    return f"{node.preposition} {node.en}" if node.cat == "T" and node.preposition else node.en


def prepositions(nodes: list[Node]) -> list[Node]:
    """Makes P NP (F), NP F and P T into prepositional phrases."""
    done: list[Node] = []
    index = 0
    while index < len(nodes):
        node = nodes[index]
        following = nodes[index + 1] if index + 1 < len(nodes) else None
        third = nodes[index + 2] if index + 2 < len(nodes) else None
        if node.cat == "P" and node.en not in ("obj", "passive") and following is not None and following.cat in ("NP", "T"):
            index += 2
            if third is not None and third.cat == "F":
                index += 1
                done.append(_phrase(_localized(node, third), following))
            else:
                done.append(_phrase(node.en, following, node.zh))
            continue
        if node.cat in ("NP", "T") and following is not None and following.cat == "F":
            index += 2
            done.append(_phrase(following.en, node))
            continue
        if node.cat == "P" and node.en not in ("obj", "passive") and following is not None and following.cat == "V":
            done.append(Node("K", {"for": "to", "in order to": "to", "through": "by", "in": "in"}.get(node.en, node.en), node.zh, marks=frozenset(("to",)) if node.zh in ("为", "为了") else frozenset(("ing",))))
            index += 1
            continue
        done.append(node)
        index += 1
    return done


def _localized(preposition: Node, localizer: Node) -> str:
    if preposition.zh in ("从", "自", "自从") or localizer.zh in ("起",):
        return "since" if localizer.zh in ("以来", "起", "后") else "from"
    if preposition.zh in ("除", "除了"):
        return "besides"
    if preposition.zh == "当":
        return "when"
    return localizer.en


def _phrase(preposition: str, inner: Node, zh: str = "") -> Node:
    if inner.cat == "T" and zh in ("在", "于", "") and preposition == "in":
        preposition = inner.preposition
    return Node("PP", f"{preposition} {inner.en}".strip(), inner.zh, preposition=zh)
