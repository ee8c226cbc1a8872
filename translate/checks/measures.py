"""A number of the source with another unit in the English: 277亩 is no 277 acres, 500斤 are no 500 kilograms.

What is converted has another number, and is left alone; so is a unit that the table does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translate.checks.base import Check
from translate.checks.numbers import ENGLISH_SCALES, SCALES, SOURCE, TARGET, figures_of, is_same, value_of
from translate.forcing.ledger import LedgerRow

# Chinese units, and the English that says them. Of single letters only those that are nothing else.
_UNITS = (
    ("亩", r"mus?|mou"),
    ("公顷", r"hectares?|ha"),
    ("平方公里|平方千米", r"square kilomet(?:re|er)s?|sq\.? km|km2|km²"),
    ("平方米|平米", r"square met(?:re|er)s?|sq\.? m|m2|m²"),
    ("立方米", r"cubic met(?:re|er)s?|m3|m³"),
    ("公里|千米", r"kilomet(?:re|er)s?|km"),
    ("海里", r"nautical miles?"),
    ("英里", r"miles?"),
    ("英尺", r"feet|foot|ft"),
    ("英亩", r"acres?"),
    ("厘米|公分", r"centimet(?:re|er)s?|cm"),
    ("毫米", r"millimet(?:re|er)s?|mm"),
    ("米", r"met(?:re|er)s?"),
    ("公斤|千克", r"kilograms?|kilogrammes?|kilos?|kg"),
    ("毫克", r"milligrams?|mg"),
    ("克", r"grams?|grammes?"),
    ("斤|市斤", r"jin|catt(?:y|ies)"),
    ("磅", r"pounds?|lbs?"),
    ("公吨|吨", r"(?:metric )?ton(?:ne)?s?"),
    ("美元", r"(?:us )?dollars?|usd"),
    ("欧元", r"euros?|eur"),
    ("英镑", r"pounds?|gbp"),
    ("日元", r"(?:japanese )?yen|jpy"),
    ("卢布", r"(?:russian )?ro?ubles?|rub"),
    ("人民币|元", r"yuan|rmb|renminbi|cny"),
    ("千瓦时", r"kilowatt[- ]hours?|kwh"),
    ("千瓦", r"kilowatts?|kw"),
    ("兆瓦", r"megawatts?|mw"),
    ("小时", r"hours?"),
    ("分钟", r"minutes?"),
)
_BY_NAME = {name: said for names, said in _UNITS for name in names.split("|")}
_RIGHT = {name: re.compile(said, re.IGNORECASE) for name, said in _BY_NAME.items()}
_LONGEST_FIRST = sorted(_BY_NAME, key=len, reverse=True)
# Not 元素, 元件, 米粉, 克服 …
_MEASURED = re.compile(rf"(?<![\d.]){SOURCE.pattern}\s*[多余]?(?P<unit>{'|'.join(_LONGEST_FIRST)})(?![素件化服粉])")
_SAID = re.compile(
    rf"(?<![\d.]){TARGET.pattern}[\s-]*(?P<unit>{'|'.join(dict.fromkeys(_BY_NAME.values()))})\b", re.IGNORECASE
)
# Dollars that Chinese calls 元.
_OTHER_YUAN = re.compile(
    r"\b(?:New Taiwan|NTD?|TWD|Hong Kong|HKD?|Singapore|Macao)\b|香港|港[元币]|台[湾币]|澳门|新加坡", re.IGNORECASE
)


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    plain = figures_of(source).text
    measured = [(value_of(hit, SCALES), hit["unit"]) for hit in _MEASURED.finditer(plain)]
    if not measured:
        return
    said = [(value_of(hit, ENGLISH_SCALES), hit["unit"]) for hit in _SAID.finditer(target)]
    wrong = []
    for value, unit in measured:
        units = [english for other, english in said if is_same(value, other)]
        if (
            units
            and not any(map(_RIGHT[unit].fullmatch, units))
            and not (unit == "元" and _OTHER_YUAN.search(f"{plain} {target}"))
        ):
            wrong.append(f"{unit} is said as {units[0]}")
    if wrong:
        yield ", ".join(dict.fromkeys(wrong))


CHECK = Check(
    "measures",
    "Measures",
    "A number of the source has another unit in the English (277亩 is no 277 acres).",
    "warning",
    _find,
    good=(
        ("新征277亩地", "acquired 277 mu of land"),
        ("新征277亩地", "acquired 18.5 hectares of land"),
        ("新征277亩地", "acquired 277 mu (46 acres) of land"),
        ("边境线长3038公里", "a border of 3,038 km"),
        ("投资500万元", "5 million yuan were invested"),
        ("罰款六千元，即6000元", "a fine of NT$6,000, 6000 dollars"),
        ("2000万吨和3米", "20 million tonnes and three metres"),
        ("第3小组的30分", "group 3, 30 minutes"),
        ("出口10亿美元", "exports of 1 billion dollars"),
        ("香港投資500萬元", "5 million dollars invested by Hong Kong"),
    ),
    bad=(
        ("新征277亩地", "acquired 277 acres of land"),
        ("新徵２７７畝地", "acquired 277 hectares of land"),
        ("500斤大米", "500 kilograms of rice"),
        ("长300公里", "300 miles long"),
        ("新投资500万元", "5 million dollars were newly invested"),
        ("出口10亿美元", "exports of 1 billion yuan"),
    ),
)
