"""English of persons' names: pinyin for Chinese ones, family name first; nothing for transliterated ones not on file."""

from __future__ import annotations

import re

from glossary.english.pinyin import pinyin, surname

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常康易乔赖文洪温季申安颜倪施樊齐葛章鲁伍牛庞殷庄岳欧单解仇查华柳俞聂焦路左辛管祝耿关童纪项裴祁甘涂凌舒梅柴包宁蓝时卞滕桂"
)
_DOUBLE = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒")


def person(name: str) -> str:
    """`name` as Wang Qun or Ouyang Xiu, "" if it is not a Chinese name."""
    if not re.fullmatch("[\u4e00-\u9fff]{2,4}", name):
        return ""
    family = next((double for double in _DOUBLE if name.startswith(double)), "")
    if not family and name[0] in _SURNAMES and len(name) <= 3:
        family = name[0]
    given = name[len(family) :]
    return f"{surname(family)} {pinyin(given)}" if family and given else ""
