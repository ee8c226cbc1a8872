"""English word forms: plural nouns, past tense, participles, gerunds, third person.

Each function takes a phrase in base form ("carry out", "customs officer") and inflects its head:
the first word of a verb phrase, the last word before a preposition of a noun phrase.
"""

from __future__ import annotations

import functools
import re

_VOWELS = "aeiou"

# base → (past, past participle)
_IRREGULAR_VERBS = {
    base: (past, participle)
    for base, past, participle in (
        row.split()
        for row in (
            "arise arose arisen|be was been|bear bore borne|beat beat beaten|become became become|begin began begun|"
            "bet bet bet|bind bound bound|bite bit bitten|blow blew blown|break broke broken|breed bred bred|"
            "bring brought brought|build built built|burst burst burst|buy bought bought|cast cast cast|"
            "catch caught caught|choose chose chosen|come came come|cost cost cost|cut cut cut|deal dealt dealt|"
            "dig dug dug|do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|"
            "feed fed fed|feel felt felt|fight fought fought|find found found|flee fled fled|fly flew flown|"
            "forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got got|"
            "give gave given|go went gone|grow grew grown|hang hung hung|have had had|hear heard heard|hide hid hidden|"
            "hit hit hit|hold held held|hurt hurt hurt|keep kept kept|know knew known|lay laid laid|lead led led|"
            "leave left left|lend lent lent|let let let|lie lay lain|light lit lit|lose lost lost|make made made|"
            "mean meant meant|meet met met|overcome overcame overcome|pay paid paid|put put put|read read read|"
            "rebuild rebuilt rebuilt|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said|"
            "see saw seen|seek sought sought|sell sold sold|send sent sent|set set set|shake shook shaken|"
            "shine shone shone|shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut|sing sang sung|"
            "sink sank sunk|sit sat sat|sleep slept slept|speak spoke spoken|spend spent spent|split split split|"
            "spread spread spread|stand stood stood|steal stole stolen|stick stuck stuck|strike struck struck|"
            "swear swore sworn|sweep swept swept|swim swam swum|take took taken|teach taught taught|tear tore torn|"
            "tell told told|think thought thought|throw threw thrown|understand understood understood|"
            "undertake undertook undertaken|uphold upheld upheld|wake woke woken|wear wore worn|win won won|"
            "wind wound wound|withdraw withdrew withdrawn|write wrote written"
        ).split("|")
    )
}
_IRREGULAR_PLURALS = dict(
    row.split(" ", 1)
    for row in (
        "man men|woman women|child children|person people|foot feet|tooth teeth|mouse mice|goose geese|ox oxen|"
        "datum data|criterion criteria|phenomenon phenomena|analysis analyses|crisis crises|basis bases|"
        "thesis theses|hypothesis hypotheses|bacterium bacteria|medium media|life lives|wife wives|knife knives|"
        "leaf leaves|half halves|shelf shelves|thief thieves|wolf wolves|loaf loaves|hero heroes|potato potatoes|"
        "tomato tomatoes|echo echoes|mosquito mosquitoes|axis axes|oasis oases|fungus fungi|nucleus nuclei|"
        "matrix matrices|index indices|passer-by passers-by|sheep sheep|fish fish|species species|series series|"
        "aircraft aircraft|deer deer|mu mu|yuan yuan|means means|headquarters headquarters|personnel personnel"
    ).split("|")
)
# Mass nouns and names of wholes, which take neither an ending nor "a".
UNCOUNTABLE = frozenset(
    "access advice aid air art assistance attention audio awareness beef blood capital cargo cash catering chaos China "
    "clothing coal communication compliance construction content control cooperation coordination corruption cotton "
    "crime culture customs damage data democracy despite detection development economy education electricity "
    "employment energy engineering environment equipment everybody everyone everything evidence expertise exposure "
    "facilitation faith fishing food freedom freight fuel funding furniture gas gold governance growth guidance health "
    "help history homework housing hunting hydrogen ice implementation importance independence inflation influence "
    "information infrastructure innovation insurance integration intelligence international iron jewellery "
    "justice knowledge labour land law leadership learning legislation literature logistics luck luggage machinery "
    "maintenance management manufacturing marketing mathematics measurement meat media medicine metrology milk money "
    "music nature news nobody nothing nuclear oil openness oxygen peace people personnel physics planning "
    "pollution poverty power production progress property prosperity publicity quality quarantine radiation rain "
    "reform regulation research responsibility rice safety salt science security shipping smuggling snow society "
    "software something space staff steel strength stuff sugar supervision support surveillance sustainability "
    "technology testing time tourism trade traffic trafficking training transparency transport transportation travel "
    "trust uranium waste water wealth weather welfare wildlife wood work workforce youth sand".split()
)
_DOUBLED = frozenset(
    "admit commit compel control equip expel forget occur omit patrol permit prefer refer regret submit transfer "
    "upset transmit format begin".split()
)
_PREPOSITION = re.compile(r" (?:of|for|in|on|to|with|from|at|by|and|against|between|under|within|per|including|that)\b")


def _first(phrase: str) -> tuple[str, str]:
    """`phrase` as (verb, rest)."""
    head, blank, rest = phrase.partition(" ")
    return head, blank + rest


def _adverb(phrase: str) -> tuple[str, str]:
    """A leading adverb with its blank, and the verb phrase after it."""
    head, blank, rest = phrase.partition(" ")
    if (rest and head.endswith("ly") and head not in _VERBS_IN_LY) or head in ("not", "never", "well"):
        return head + blank, rest
    return "", phrase


_VERBS_IN_LY = frozenset("rely apply reply supply multiply comply imply fly ally rally reapply".split())


def _doubles(word: str) -> bool:
    if word in _DOUBLED:
        return True
    return (
        3 <= len(word) <= 5
        and word[-1] in "bdgklmnprt"
        and word[-2] in _VOWELS
        and word[-3] not in _VOWELS
        and sum(letter in _VOWELS for letter in word) == 1
    )


@functools.lru_cache(maxsize=8192)
def past(verb: str) -> str:
    """Past tense of a verb phrase: "carry out" → "carried out", "be" → "was"."""
    adverb, verb = _adverb(verb)
    head, rest = _first(verb)
    return adverb + (_IRREGULAR_VERBS[head][0] if head in _IRREGULAR_VERBS else _regular_past(head)) + rest


@functools.lru_cache(maxsize=8192)
def participle(verb: str) -> str:
    """Past participle of a verb phrase: "take part" → "taken part"."""
    adverb, verb = _adverb(verb)
    head, rest = _first(verb)
    return adverb + (_IRREGULAR_VERBS[head][1] if head in _IRREGULAR_VERBS else _regular_past(head)) + rest


def _regular_past(word: str) -> str:
    if not word.isalpha():
        return word
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and len(word) > 1 and word[-2] not in _VOWELS:
        return word[:-1] + "ied"
    return word + (word[-1] if _doubles(word) else "") + "ed"


@functools.lru_cache(maxsize=8192)
def gerund(verb: str) -> str:
    """Gerund of a verb phrase: "carry out" → "carrying out"."""
    adverb, verb = _adverb(verb)
    head, rest = _first(verb)
    return adverb + _ing(head) + rest


def _ing(head: str) -> str:
    if not head.isalpha():
        return head
    if head.endswith("ie"):
        return head[:-2] + "ying"
    if head.endswith("e") and not head.endswith(("ee", "oe", "ye", "be")):
        return head[:-1] + "ing"
    return head + (head[-1] if _doubles(head) else "") + "ing"


@functools.lru_cache(maxsize=8192)
def third(verb: str) -> str:
    """Third person singular of a verb phrase: "have" → "has", "carry out" → "carries out"."""
    adverb, verb = _adverb(verb)
    head, rest = _first(verb)
    if head in ("be", "have"):
        return adverb + {"be": "is", "have": "has"}[head] + rest
    return adverb + (_add_s(head) if head.isalpha() else head) + rest


def _add_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in ("go", "do", "undergo"):
        return word + "es"
    if word.endswith("y") and len(word) > 1 and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def adverb(adjective: str) -> str:
    """Adverb of an adjective: "close" → "closely", "easy" → "easily", "basic" → "basically"."""
    if adjective.endswith("ly") or not adjective.isalpha() or adjective in ("fast", "hard", "early", "well"):
        return adjective
    if adjective.endswith("ic"):
        return adjective + "ally"
    if adjective.endswith("le") and len(adjective) > 4:
        return adjective[:-1] + "y"
    return adjective[:-1] + "ily" if adjective.endswith("y") else adjective + "ly"


def _noun_head(phrase: str) -> tuple[str, str, str]:
    """`phrase` as (before, head word, after)."""
    found = _PREPOSITION.search(phrase)
    end = found.start() if found else len(phrase)
    start = phrase.rfind(" ", 0, end) + 1
    return phrase[:start], phrase[start:end], phrase[end:]


@functools.lru_cache(maxsize=8192)
def countable(noun: str) -> bool:
    """Whether the head of a noun phrase can take "a" and a plural ending."""
    head = _noun_head(noun)[1]
    return head.isalpha() and head not in UNCOUNTABLE and not head.endswith(("ness", "ism", "ics"))


@functools.lru_cache(maxsize=8192)
def plural(noun: str) -> str:
    """Plural of a noun phrase: "customs officer" → "customs officers"; mass nouns and plurals are returned unchanged."""
    before, head, after = _noun_head(noun)
    if head in _IRREGULAR_PLURALS:
        return before + _IRREGULAR_PLURALS[head] + after
    if not countable(noun) or looks_plural(noun):
        return noun
    return before + _add_s(head) + after


@functools.lru_cache(maxsize=8192)
def looks_plural(noun: str) -> bool:
    """Whether the head of a noun phrase already has a plural form."""
    head = _noun_head(noun)[1]
    if head in ("customs", "news", "series", "means", "headquarters"):
        return False
    return head in _PLURALS or (
        len(head) > 3 and head.endswith("s") and not head.endswith(("ss", "us", "is", "ics", "as"))
    )


_PLURALS = frozenset(_IRREGULAR_PLURALS.values()) - {"fish", "sheep", "deer", "aircraft", "mu", "yuan"}


def indefinite(phrase: str) -> str:
    """ "a" or "an" for a phrase, by the sound that its spelling suggests."""
    word = phrase.lstrip("“‘\"'(").lower()
    if word.startswith(("uni", "use", "eu", "one", "once", "usu", "uk", "us ", "ura", "ute")) and not word.startswith(
        "unin"
    ):
        return "a"
    if word.startswith(("hour", "honest", "honour", "heir", "8", "11", "18")):
        return "an"
    return "an" if word[:1] in _VOWELS and word else "a"
