"""The whole way of a batch of segments through an engine, with every occurrence accounted for at the end.

Engine with hints or placeholders, checked; again with the next way for segments that lost a name; repair; insertion.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Sequence

from translate.engines.answers import cleaned, fault_of, is_foreign, is_surely_foreign
from translate.engines.base import Context, Engine, EngineError, Strategy
from translate.forcing.capitals import mend_case
from translate.forcing.carriers import CARRIERS
from translate.forcing.evidence import Evidence
from translate.forcing.fixed import put_back, with_fixed
from translate.forcing.ledger import LedgerRow, Occurrence, Outcome, ledger, serve
from translate.forcing.mending import without_doubles
from translate.forcing.naming import Names
from translate.forcing.restyle import restyled
from translate.forcing.steps import STEPS, Draft, Means


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """A source text and the terms in it; `mentions[i]` counts the earlier mentions of occurrence i's concept in the
    document whose `names` they are (empty: the text stands for itself)."""

    source: str
    occurrences: tuple[Occurrence, ...] = ()
    mentions: tuple[int, ...] = ()
    names: Names = dataclasses.field(default_factory=Names, compare=False, repr=False)

    @property
    def told(self) -> str:
        """What the document says of how the names are written, beside text and terms."""
        return self.names.told_by(self.occurrences, self.mentions) if self.mentions else ""


@dataclasses.dataclass(frozen=True, slots=True)
class Enforced:
    """English in which the names stand, and the proof. `error` says why there is no text, "" if there is."""

    text: str
    ledger: tuple[LedgerRow, ...] = ()
    error: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class _Attempt:
    text: str
    strategy: Strategy
    missing: int


def force_all(requests: Sequence[Request], engine: Engine, ways: Sequence[Strategy] = ()) -> list[Enforced]:
    """The English of each request, same order. What the engine cannot do is an `error`, never an exception.

    `ways` of carrying names are tried in that order; without them, those that the engine's class states.
    """
    best: dict[int, _Attempt] = {}
    errors: dict[int, str] = {}
    # The engine is asked once for equal texts, however differently their names are to be written.
    first: dict[tuple[str, tuple[Occurrence, ...]], int] = {}
    asked_as = [first.setdefault((request.source, request.occurrences), i) for i, request in enumerate(requests)]
    # Addresses and codes are carried as names are, and need no row in the ledger.
    carried = {i: with_fixed(requests[i].source, requests[i].occurrences) for i in first.values()}
    for round_number, strategy in enumerate(ways or engine.strategies):
        todo = [i for i in first.values() if i not in errors and _needs(requests[i], best.get(i), round_number)]
        ways = [strategy if carried[i] else "plain" for i in todo]
        texts = [CARRIERS[way].send(requests[i].source, carried[i], engine) for i, way in zip(todo, ways, strict=True)]
        contexts = [_context(requests, i) for i in todo] if engine.online else []
        for index, way, answer in zip(todo, ways, ask(engine, texts, contexts), strict=True):
            if isinstance(answer, EngineError):
                if index not in best:
                    errors[index] = str(answer)
                continue
            text = CARRIERS[way].receive(requests[index].source, answer, carried[index])
            missing = serve(text, carried[index]).count(None)
            if index not in best or missing < best[index].missing:
                best[index] = _Attempt(text, way, missing)
    means = Means(evidence_of((requests[i], best[i].text) for i in sorted(best)), own_rendering=_own_rendering(engine))
    return [
        finish(request, put_back(request.source, best[i].text), CARRIERS[best[i].strategy].outcome, means)
        if i in best
        else failed(request, errors[i])
        for i, request in zip(asked_as, requests, strict=True)
    ]


def evidence_of(texts: Iterable[tuple[Request, str]]) -> Evidence:
    """What these translations tell about the renderings of their terms; nothing is looked at where none is missing."""
    evidence = Evidence()
    told = list(texts)
    missing = {
        occurrence.concept
        for request, text in told
        for occurrence, span in zip(request.occurrences, serve(text, request.occurrences), strict=True)
        if span is None
    }
    evidence.learn(
        (request.source, text, request.occurrences)
        for request, text in told
        if any(occurrence.concept in missing for occurrence in request.occurrences)
    )
    return evidence


def finish(request: Request, text: str, outcome: Outcome, means: Means) -> Enforced:
    """`text` with repairs and insertions where names are missing, and its ledger."""
    outcomes: list[Outcome | None] = [None] * len(request.occurrences)
    means = dataclasses.replace(means, names=request.names)
    mentions = request.mentions or (0,) * len(request.occurrences)

    def mark(reached: Outcome) -> bool:
        """Note what the newly served occurrences owe their names to; true when all are served."""
        served = serve(text, request.occurrences)
        for index, span in enumerate(served):
            if span is not None and outcomes[index] is None:
                outcomes[index] = reached
        return None not in served

    done = mark(outcome)
    for step in STEPS:
        if done:
            break
        text = without_doubles(step.apply(Draft(request.source, text, request.occurrences, mentions), means))
        done = mark(step.outcome)
    text = restyled(mend_case(text, request.occurrences), request.occurrences, mentions, means.names)
    return Enforced(text, ledger(text, request.occurrences, [o or "unresolved" for o in outcomes]))


def ask(engine: Engine, texts: Sequence[str], contexts: Sequence[Context] = ()) -> list[str | EngineError]:
    """The engine's answers, checked: one for each text, and none that is plainly no translation of it.

    Where an answer of several seems to belong to another text, or is none, that text is asked again by itself.
    """
    if not texts:
        return []
    answers = _answers(engine, texts, contexts)
    if not engine.online:
        return answers
    alone = [0]
    if len(texts) > 1:
        alone = [i for i, (text, answer) in enumerate(zip(texts, answers, strict=True)) if _wants_another(text, answer)]
        around = [contexts[i] for i in alone] if contexts else []
        for index, answer in zip(alone, _each_alone(engine, [texts[i] for i in alone], around), strict=True):
            answers[index] = answer
    for index in alone:
        answer = answers[index]
        if isinstance(answer, str) and is_surely_foreign(texts[index], answer):
            answers[index] = EngineError(f"{engine.title}: gave what is no translation of this sentence.")
    return answers


def _answers(engine: Engine, texts: Sequence[str], contexts: Sequence[Context]) -> list[str | EngineError]:
    return [
        answer if isinstance(answer, EngineError) else _checked(engine, text, answer)
        for text, answer in zip(texts, engine.translate_each(list(texts), contexts), strict=True)
    ]


def _wants_another(text: str, answer: str | EngineError) -> bool:
    """Whether an answer of several is none, or seems to belong to another text; not where the engine can do nothing."""
    return not answer.fatal if isinstance(answer, EngineError) else is_foreign(text, answer)


def _each_alone(engine: Engine, texts: Sequence[str], contexts: Sequence[Context]) -> list[str | EngineError]:
    """Each text in a request by itself; those of engines that never send two together run at once."""
    if engine.limits.texts == 1:
        return _answers(engine, texts, contexts)
    return [_answers(engine, [text], contexts[at : at + 1])[0] for at, text in enumerate(texts)]


def _checked(engine: Engine, text: str, answer: object) -> str | EngineError:
    fault = fault_of(text, answer)
    return EngineError(f"{engine.title}: {fault}.") if fault else cleaned(text, str(answer))


def _context(requests: Sequence[Request], index: int) -> Context:
    """The sentences around a request, and its terms with their names, for engines that can use them."""
    terms = tuple(dict.fromkeys((o.text, o.expected) for o in requests[index].occurrences))
    before = requests[index - 1].source if index else ""
    after = requests[index + 1].source if index + 1 < len(requests) else ""
    return Context(terms, before, after)


def _needs(request: Request, attempt: _Attempt | None, round_number: int) -> bool:
    if attempt is None:
        return True
    return round_number > 0 and attempt.missing > 0


def failed(request: Request, error: str) -> Enforced:
    """No English, and why; every occurrence is unresolved."""
    unresolved: list[Outcome] = ["unresolved"] * len(request.occurrences)
    return Enforced("", ledger("", request.occurrences, unresolved), error)


def _own_rendering(engine: Engine) -> Callable[[str], str]:
    @functools.cache
    def own(term: str) -> str:
        answer = ask(engine, [term])[0]
        return answer if isinstance(answer, str) else ""

    return own
