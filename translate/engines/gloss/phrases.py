"""Reductions over the nodes of a clause: coordination, 的-phrases, prepositional phrases."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

from translate.engines.gloss.inflect import gerund, indefinite, participle, plural
from translate.engines.gloss.nodes import Node

# Writes nodes as an English clause; the second argument is the noun that the clause is about, if it is not among them.
Write = Callable[[list[Node], Node | None], str]

_LINKING = frozenset("是 有 成为".split())
# 对 X 的 Y is "Y on X"; after other prepositions X 的 Y belongs together.
_BIND_NOUN = frozenset("对 对于 关于 与 和 同 跟 向 针对 由".split())
# Verbs that mostly stand in relative clauses: 设在 X 的 N, 面向 X 的 N.
_LOCATING = frozenset(
    "设在 位于 来自 面向 用于 属于 隶属于 基于 有关 具有 拥有 名为 负责 涉及 适合 适用于 生活在 处于 源于 出自".split()
)
_POSSESSIVE = {
    "I": "my", "we": "our", "you": "your", "he": "his", "she": "her", "it": "its", "they": "their", "itself": "its own",
    "who": "whose", "everyone": "everyone's", "people": "people's",
}  # fmt: skip
_AROUND_VERB = frozenset(("ADV", "PP", "T", "AUX", "NEG", "PROG"))
# The preposition that a noun wants with a localizer: 在 … 的 支持 下 with the support of.
_BY_HEAD = {
    **{(noun, "下"): "with" for noun in "支持 帮助 协助 努力 配合 推动 参与 共同努力".split()},
    **{(noun, "下"): "against" for noun in ("背景", "大背景")},
    **{
        (noun, "上"): "at"
        for noun in "会议 峰会 论坛 大会 年会 研讨会 仪式 会 发布会 晚会 比赛 锦标赛 奥运会 公开赛 大奖赛 会上".split()
    },
    **{(noun, "中"): "at" for noun in ("会议", "仪式")},
}
_COUNTED = re.compile(r"(?:\d|several |a few |two |three |four |five |six |seven |eight |nine |ten |more than )")


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
        items, joint = [node], " and "
        while index + 2 < len(nodes) and _joins(nodes[index + 1]) and nodes[index + 2].cat == "NP":
            joint = (
                "/"
                if nodes[index + 1].en == "/"
                else f" {nodes[index + 1].en} "
                if nodes[index + 1].cat == "C"
                else " and "
            )
            items.append(nodes[index + 2])
            index += 2
        index += 1
        listed = _list(items, joint)
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
    return node.cat == "C" or (node.cat == "W" and node.en in ("、", "/", ","))


def _list(items: list[Node], last: str) -> Node:
    if len(items) == 1:
        return items[0]
    english = [item.en for item in items]
    text = ", ".join(english[:-1]) + last + english[-1]
    return Node("NP", text, items[-1].zh, "p", items[0].fixed, words=sum(item.words for item in items))


def attach_modifiers(nodes: list[Node], write: Write) -> list[Node]:
    """Resolves each 的, left to right: adjectives stay before, nouns become "of", clauses follow their noun."""
    done: list[Node] = []
    for index, node in enumerate(nodes):
        if node.cat == "DE":
            if done and done[-1].cat in ("NP", "A", "V", "PP", "T", "ADV"):
                done.append(node)
            continue
        done.append(node)
        if node.cat == "NP" and len(done) >= 2 and done[-2].cat == "DE":
            del done[-2:]
            done = _modified(done, node, nodes[index + 1 : index + 40], write)
    return [node for node in done if node.cat != "DE"]


def _modified(left: list[Node], head: Node, right: list[Node], write: Write) -> list[Node]:
    """`left` + 的 + `head` as nodes, with as much of `left` taken in as belongs to the head."""
    last = left[-1]
    if last.cat in ("A", "ADV"):
        return [*left[:-1], dataclasses.replace(head, en=f"{last.en} {_bare(head.en)}", words=head.words + 1)]
    if last.cat == "T":
        text = f"{head.en} {last.preposition or 'of'} {last.en}"
        return [*left[:-1], dataclasses.replace(head, en=text, words=head.words + last.words)]
    if last.cat == "V":
        return _after_verb(left, head, write)
    if last.cat == "PP" and "after" not in last.marks and not (len(left) > 1 and left[-2].cat == "V"):
        return [*left[:-1], dataclasses.replace(head, en=f"{head.en} {last.en}", words=head.words + last.words + 1)]
    start = _relative_start(left, right)
    if start is not None:
        return _determined(left[:start], _relative(left[start:], head, write))
    if last.cat == "PP":
        return [*left[:-1], dataclasses.replace(head, en=f"{head.en} {last.en}", words=head.words + last.words + 1)]
    return [*left[:-1], _of(last, head)]


def _of(owner: Node, head: Node) -> Node:
    """owner 的 head: a possessive for pronouns and short names, "of" otherwise."""
    possessive = _POSSESSIVE.get(owner.en)
    if possessive:
        return dataclasses.replace(head, en=f"{possessive} {_bare(head.en)}", fixed=True)
    if owner.en.endswith(("years old", "year old")):
        return dataclasses.replace(
            head, en=f"{owner.en.replace(' years old', '-year-old')} {_bare(head.en)}", fixed=True
        )
    if (
        owner.fixed
        and owner.words == 1
        and not owner.en.startswith("the ")
        and not owner.en.endswith("s")
        and owner.number != "p"
        and head.words < 4
    ):
        return dataclasses.replace(
            head, en=f"{owner.en}'s {_bare(head.en)}", fixed=True, words=head.words + owner.words
        )
    article = "" if head.fixed or owner.en[-1:] == "%" else "the "
    return dataclasses.replace(
        head, en=f"{article}{head.en} of {owner.en}", fixed=True, words=head.words + owner.words + 1
    )


def _bare(text: str) -> str:
    return text.removeprefix("the ")


def _relative_start(left: list[Node], right: list[Node]) -> int | None:
    """Index where a relative clause "V NP 的 N" begins in `left`; None where the verb governs the noun after 的 instead."""
    index = len(left) - 2 if left[-1].cat != "V" else len(left) - 1
    while index >= 0 and left[index].cat in ("PP", "T"):
        index -= 1
    if index < 0 or left[index].cat != "V" or left[index].zh in _LINKING:
        return None
    post_verbal = left[-1].cat == "PP"
    start = index
    while start and left[start - 1].cat in _AROUND_VERB:
        start -= 1
    before = left[start - 1] if start else None
    if before is not None and (before.cat == "V" or "open" in before.marks):
        return start
    verb_after = any(node.cat in ("V", "A") for node in right)
    if before is None and (post_verbal or left[index].zh in _LOCATING):
        return start
    if (verb_after or post_verbal) and (before is None or before.cat in ("W", "K", "P", "C")):
        return start
    return None


def _relative(span: list[Node], head: Node, write: Write) -> Node:
    if span[0].cat != "V" or span[0].marks & {"past"}:
        text = f"{head.en} that {write(span, head)}"
    else:
        rest = " ".join(node.en for node in span[1:] if node.en)
        verb = span[0].en[3:] if span[0].en.startswith("be ") else gerund(span[0].en)
        text = f"{head.en} {verb} {rest}".strip()
    return dataclasses.replace(head, en=text, words=head.words + 4)


def _after_verb(left: list[Node], head: Node, write: Write) -> list[Node]:
    """(NP) (PP) V 的 head: the head is what the verb acts on, or its subject when there is no other."""
    verb = left[-1]
    index = len(left) - 1
    marked = False
    while index:
        if left[index - 1].cat in _AROUND_VERB:
            marked = marked or left[index - 1].cat in ("AUX", "NEG")
            index -= 1
        elif left[index - 1].cat == "NP" and index >= 2 and left[index - 2].cat == "P":
            marked = marked or left[index - 2].en in ("obj", "passive")
            index -= 2
        else:
            break
    span = left[index:]
    if index and left[index - 1].cat == "NP" and "open" not in left[index - 1].marks:
        clause = write(left[index - 1 :], None)
        index -= 1
    elif marked:
        clause = write(span, head)
    else:
        form = verb.en[3:] if verb.en.startswith("be ") else participle(verb.en)
        parts = [node.en for node in span[:-1] if node.cat == "ADV"] + [form]
        parts += [
            f"{node.preposition} {node.en}".strip() if node.cat == "T" else node.en
            for node in span[:-1]
            if node.cat in ("PP", "T")
        ]
        text = " ".join(part for part in (head.en, *parts) if part)
        return _determined(left[:index], dataclasses.replace(head, en=text, words=head.words + 3))
    return _determined(left[:index], dataclasses.replace(head, en=f"{head.en} that {clause}", words=head.words + 5))


def _determined(left: list[Node], head: Node) -> list[Node]:
    """第一个 … 的 N: the determiner that a relative clause parts from its noun goes back to it."""
    if not left or "open" not in left[-1].marks:
        return [*left, head]
    determiner = left[-1].en
    if determiner in ("a", "an"):
        determiner = indefinite(head.en)
    elif left[-1].number == "p":
        head = dataclasses.replace(head, en=plural(head.en), number="p")
    return [*left[:-1], dataclasses.replace(head, en=f"{determiner} {_bare(head.en)}", fixed=True)]


def prepositions(nodes: list[Node]) -> list[Node]:
    """Makes P NP (F), NP F and P T into prepositional phrases."""
    done: list[Node] = []
    index = 0
    while index < len(nodes):
        node = nodes[index]
        following = nodes[index + 1] if index + 1 < len(nodes) else None
        third = nodes[index + 2] if index + 2 < len(nodes) else None
        if node.cat == "P" and node.en not in ("obj", "passive") and following is not None:
            if following.cat in ("NP", "T"):
                localized = third is not None and third.cat == "F"
                english = localized_preposition(node, third) if third is not None and localized else node.en
                done.append(phrase(english, following, node, third if localized else None))
                index += 3 if localized else 2
                continue
            if following.cat in ("V", "ADV"):
                done.append(_conjunction(node))
                index += 1
                continue
        if node.cat in ("NP", "T") and following is not None and following.cat == "F":
            done.append(phrase(following.en, node, None, following))
            index += 2
            continue
        done.append(node)
        index += 1
    return done


def close_before_verbs(nodes: list[Node]) -> list[Node]:
    """Closes a prepositional phrase that stands directly before a verb, and 对 X before 的, so that 的 sees it whole."""
    closed: list[Node] = []
    index = 0
    while index < len(nodes):
        size = _closes(nodes, index)
        if size:
            closed.extend(prepositions(nodes[index : index + size]))
            index += size
        else:
            closed.append(nodes[index])
            index += 1
    return closed


def _closes(nodes: list[Node], index: int) -> int:
    """Number of nodes of a prepositional phrase at `index` that can be closed, 0 when none can."""
    window = nodes[index : index + 3]
    if len(window) < 2 or window[0].cat != "P" or window[1].cat not in ("NP", "T"):
        return 0
    next_cat = window[2].cat if len(window) == 3 else ""
    if next_cat == "F":
        return 3
    if next_cat in ("V", "ADV", "AUX", "NEG"):
        return 2
    if next_cat == "DE" and (window[0].zh in _BIND_NOUN or "after" in window[0].marks):
        return 2
    return 0


def _conjunction(node: Node) -> Node:
    """A preposition before a verb: 为 V is "to V", 通过 V is "by V-ing"."""
    if node.zh in ("为", "为了"):
        return Node("K", "to", node.zh, marks=frozenset(("to",)))
    return Node("K", {"through": "by"}.get(node.en, node.en), node.zh, marks=frozenset(("ing",)))


def localized_preposition(preposition: Node, localizer: Node) -> str:
    """The English of 在 … 中, 自 … 以来, 除 … 外."""
    if preposition.zh in ("从", "自", "自从"):
        return "since" if localizer.zh in ("以来", "起", "后", "之后", "以后") else "from"
    if preposition.zh in ("除", "除了"):
        return "besides"
    if preposition.zh == "当":
        return "when"
    return localizer.en


def phrase(preposition: str, inner: Node, governor: Node | None, localizer: Node | None = None) -> Node:
    """A prepositional phrase; "three days" + 前/后 is "three days ago/later"."""
    marks = governor.marks if governor is not None else frozenset()
    zh = governor.zh if governor is not None else ""
    if localizer is not None and inner.cat == "NP" and _COUNTED.match(inner.en) and inner.words <= 2:
        adverb = {"before": "ago", "after": "later"}.get(localizer.en)
        if adverb and localizer.zh != "之前":
            return Node("PP", f"{inner.en} {adverb}", inner.zh, preposition=zh, marks=marks)
    if localizer is not None and localizer.zh in ("下", "上", "中", "里"):
        preposition = _BY_HEAD.get((inner.zh, localizer.zh), preposition)
    if inner.cat == "T" and preposition == "in" and (governor is None or zh in ("在", "于")):
        preposition = inner.preposition
    return Node("PP", f"{preposition} {inner.en}".strip(), inner.zh, preposition=zh, marks=marks, words=inner.words + 1)
