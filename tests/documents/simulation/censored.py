"""Words masked or taken out by a site's filter: D for 党, a name gone before a doctrine or title. Stays, proposed."""

from __future__ import annotations

import random

from tests.documents.simulation.page import Article, Noisy

_WHOLE = (
    "会议强调，要深入学习贯彻党的二十大精神，切实把党中央决策部署落到实处。",
    "全体党员干部要牢记入党誓词，党支部要发挥战斗堡垒作用。",
    "要坚持全面从严治党，加强党风廉政建设，压实党组主体责任。",
    "局党委书记主持会议，各党支部书记和党员代表参加。",
    "机关党建工作要与业务工作深度融合，做好党史学习教育。",
    "坚决维护党和国家利益，推动党内监督与行政监督贯通。",
)
_NAMES = (
    ("坚持以习近平新时代中国特色社会主义思想为指导，推动各项工作落实。", "习近平"),
    ("大家认真学习贯彻习近平生态文明思想，共建清洁美丽口岸。", "习近平"),
    ("各单位要深入学习贯彻习近平法治思想，依法履职。", "习近平"),
)
_LETTERS = (
    "D类货物按D级管理，维生素D与3D打印材料照常申报。",
    "设备分为A型、B型、C型和D型，其中D型用于行李查验。",
    "方案D的成本最低，D组样品的不确定度也最小。",
)


def censored(rng: random.Random, article: Article) -> Noisy:
    lines, proposed = article.lines, []
    for whole in rng.sample(_WHOLE, rng.randint(1, 3)):
        lines.insert(rng.randint(1, len(lines)), whole.replace("党", "D"))
        proposed.append(whole)
    if rng.random() < 0.5:
        whole, name = rng.choice(_NAMES)
        lines.insert(rng.randint(1, len(lines)), whole.replace(name, ""))
        proposed.append(whole)
    if rng.random() < 0.5:
        lines.append(rng.choice(_LETTERS))
    text = "\n".join(lines)
    return Noisy(text, text, tuple(proposed))
