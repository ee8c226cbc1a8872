"""What round trip an engine keeps: names sent through it each way over sentences of ours, and counted when they come back.

The ways of an engine are tried in the order of their share; without a measured profile in the order that its class states.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from glossary import Concept
from glossary.matching import Matcher
from translate.engines.base import Engine, EngineError, Strategy
from translate.forcing.carriers import CARRIERS
from translate.forcing.ledger import occurrences_of, serve

_NAMES = (
    Concept("国际原子能机构", "International Atomic Energy Agency"),
    Concept("海关总署", "General Administration of Customs"),
    Concept("核安保协作中心", "Collaborating Centre for Nuclear Security"),
    Concept("国家计量科学研究院", "National Institute of Metrology"),
    Concept("一带一路", "Belt and Road"),
    Concept("青岚计划", "Qinglan Programme"),
    Concept("西部陆海通道委员会", "Western Land-Sea Corridor Commission"),
)
_SENTENCES = (
    "{0}总干事于3月访问北京。",
    "昨天，{1}在上海举行了新闻发布会。",
    "会议由{0}和{1}共同主办。",
    "{2}的专家检查了口岸的辐射探测设备。",
    "双方就{4}倡议下的合作交换了意见。",
    "{3}发布了新的测量标准。",
    "根据{5}，{6}将在两年内培训二百名海关官员。",
    "{1}与{3}、{2}签署了合作协议。",
    "该设备由{3}研制，并已获得{0}的认可。",
    "据{6}介绍，{5}进展顺利。",
    "他曾在{0}工作十年，后来加入{2}。",
    "{4}沿线国家的代表参观了{1}的实验室。",
)


@dataclasses.dataclass(frozen=True, slots=True)
class Share:
    """Of `sent` names `kept` came back right."""

    way: Strategy
    sent: int
    kept: int

    @property
    def rate(self) -> float:
        """0–1; what was never sent counts as lost."""
        return self.kept / self.sent if self.sent else 0.0


def measure(engine: Engine) -> list[Share]:
    """Each way of the engine, and the plain sentence, over the sentences above. Raises EngineError where none is answered."""
    matcher = Matcher(_NAMES)
    sources = [sentence.format(*(concept.source for concept in _NAMES)) for sentence in _SENTENCES]
    found = [occurrences_of(source, matcher.find(source)) for source in sources]
    shares = []
    errors: list[EngineError] = []
    for way in dict.fromkeys(("plain", *engine.strategies)):
        carrier = CARRIERS[way]
        texts = [carrier.send(source, its, engine) for source, its in zip(sources, found, strict=True)]
        sent = kept = 0
        for source, its, answer in zip(sources, found, engine.translate_each(texts), strict=True):
            if isinstance(answer, EngineError):
                errors.append(answer)
                continue
            sent += len(its)
            kept += len(its) - serve(carrier.receive(source, answer, its), its).count(None)
        shares.append(Share(way, sent, kept))
    if not any(share.sent for share in shares):
        raise errors[0]
    return shares


def ways_of(engine: Engine, profile: Sequence[Share]) -> tuple[Strategy, ...]:
    """The ways to try, best first: as measured, else as the engine's class states them."""
    rates = {share.way: share.rate for share in profile}
    if not all(way in rates for way in engine.strategies):
        return engine.strategies
    return tuple(sorted(engine.strategies, key=lambda way: -rates[way]))
