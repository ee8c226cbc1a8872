"""A negation of the source that the English does not have: 不得 未经 禁止 没有 … and nothing negative in the English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.script import to_simplified_characters
from translate.checks.base import Check
from translate.forcing.ledger import LedgerRow

# Plain negations only: 不断, 不仅, 不同, 非常, 未来, 是否 and the like say nothing negative.
_SOURCE = re.compile(
    r"不得(?!不)|不能(?!不)|不会|(?<!是)不是|(?<!有)没有(?!不)|并非|不可(?!思议|避免|或缺|分割|缺少|逆转|抗力)|不准(?!确)|不应(?!求)|"
    r"未能|未经|尚未|从未|禁止|严禁|不予|无法|无权|不再|未曾|不存在|不需要|不需|不必|无须|无需|不适用|不允许|不愿|不承担|不享有|不属于|不包括|绝不"
)
_ASKED = re.compile(r"([\u3400-\u9fff])[不没]\1")
_BEFORE = re.compile(r"\bbefore\b", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|nor|neither|without|cannot|unable|fail\w*|lack\w*|refus\w+|prohibit\w*|ban(?:s|ned)?|"
    r"forb[aie]d\w*|deny|denie[ds]|avoid\w*|prevent\w*|preclud\w*|exclud\w*|except\w*|exempt\w*|free (?:from|of)|free|absent|absence|"
    r"hardly|barely|rarely|seldom|scarcely|few|little|less|least|rather than|instead|other than|stop\w*|ceas\w*|reject\w*|declin\w*|"
    r"beyond|far from|too|only|wrong\w*|nowhere|unless|until|yet|anti\w*|hard to|difficult\w*|impossib\w*|last|out of|outside|elusive|"
    r"waiv\w*|restrict\w*|bar(?:red)?|invalid\w*|void|miss\w*|lose|loses|losing|lost|loss|end(?:s|ed)?|past|missing|quit|withh\w+|forgo\w*|"
    r"stranger|abandon\w*|defy|defies|defied|obviat\w*|otherwise|short of|against|obsolete|untold|minus|omit\w*|neglect\w*|overlook\w*|despite)\b"
    r"|n[’']t\b|\bun(?!der|i[oqtv]|til)[a-z]{3,}|\bnon-?[a-z]{3,}|\b(?:dis|mis)(?:able|agree|allow|appear|charg|claim|clos|connect|"
    r"continu|count|engag|honest|honou?r|like|miss|obe|order|qualif|regard|satisf|appl|tak|us|understand)\w*|"
    r"\bin(?:valid|correct|complet|sufficien|adequa|eligib|effecti|active|capab|compatib|appropriate|accessib|applicab|consisten|"
    r"depende|accura|abilit|secur|significan|visib|defin|finit|frequent|conclusive|dispens|evitab|differen|admissib|comparab)\w*|"
    r"\bim(?:possib|proper|perfect|matur|mov|mobil|balanc|material|prudent|measur|penetr)\w*|\bil(?:legal|licit|liter)\w*|"
    r"\bir(?:regular|respective|relevan|revoc|respons|ration|reversib|replac)\w*|\w+less(?:ly|ness)?\b",
    re.IGNORECASE,
)


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    if not target.strip():
        return
    found = [hit.group() for hit in _SOURCE.finditer(_ASKED.sub("", to_simplified_characters(source)))]
    if _BEFORE.search(target):
        found = [word for word in found if word != "尚未"]
    if found and not _NEGATIVE.search(target):
        yield f"nothing in the English says {', '.join(dict.fromkeys(found))}"


CHECK = Check(
    "negation",
    "Negation",
    "The source negates (不得, 未经, 禁止, 没有 …) and nothing in the English does.",
    "warning",
    _find,
    good=(
        ("未经许可不得进口。", "Goods may not be imported without a permit."),
        ("工作不断推进，不仅如此，未来非常光明。", "Work goes on, and more than that, the future is very bright."),
        ("他能不能来？", "Will he come?"),
        ("看干部愿不愿作为", "see whether officials are willing to act"),
        ("工程尚未完工，学员已到", "The trainees were there before the work was finished"),
        ("禁止吸烟", "Smoking is prohibited"),
    ),
    bad=(
        ("未经许可不得进口。", "Goods may be imported with a permit."),
        ("该设备没有通过检验。", "The device passed the test."),
        ("禁止吸烟", "Smoking is allowed"),
    ),
)
