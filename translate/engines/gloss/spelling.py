"""The characters that foreign names are spelt with in Chinese, and the commonest surnames."""

from __future__ import annotations

# Characters that foreign names are spelt with; an unknown word made of them only is a name.
SPELLING = frozenset(
    "阿埃艾爱安奥巴白拜邦包鲍贝本比彼波伯勃博布查达戴丹当道德登迪蒂丁东杜顿多俄厄恩尔法凡菲芬丰夫弗福富盖甘冈高戈哥格葛根古瓜圭哈海汉豪赫亨胡华霍基吉加"
    "贾杰金卡凯坎康考柯科可克肯库夸昆奎拉腊莱赖兰朗劳勒雷里黎李理利莉列林琳隆卢鲁路伦罗洛吕玛马麦迈曼芒毛梅门蒙孟米密敏明莫墨默姆木穆纳娜奈南内嫩尼宁纽农努"
    "诺欧帕派潘佩彭皮平珀普奇齐奇恰钱乔切琴丘让热仁日荣茹儒瑞若撒萨塞赛三桑瑟森沙珊山舍申圣施史士寿舒斯丝思松苏孙索塔泰坦汤唐陶特腾提廷图托瓦万旺威韦维魏温"
    "文翁沃乌武伍西希锡夏先香肖谢辛欣休许雅亚延扬耶伊易因英尤约泽扎詹章珍芝兹宗佐历缪芭蕾妮丽莎娅婷露琼玫黛贞惠霖姬娃蒂荷喀符满帖坡皇茵葆妲隶赞曾翁蓬斐费娄洪喷锡庞兰莲"
)
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常"
    "于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝臧戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯"
    "管卢莫房解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀甄曲封储靳段焦巴谷车侯全班秋仲宁仇祖武符刘景詹龙叶幸司韶黎乔苍双闻党谭贡姬申冉桑桂牛边尚农温庄"
    "晏柴瞿阎慕连茹习艾容向古易慎戈廖庾衡步耿满匡文寇广欧师巩聂冷辛那简饶曾沙丰关查游权盖益桓公丘覃付肖涂代佟佘"
)
# Characters that are read otherwise as surnames than they mostly are.
SURNAME_READINGS = {
    "单": "shan",
    "解": "xie",
    "曾": "zeng",
    "仇": "qiu",
    "区": "ou",
    "查": "zha",
    "朴": "piao",
    "盖": "ge",
    "翟": "zhai",
    "缪": "miao",
    "冼": "xian",
    "覃": "qin",
    "牟": "mou",
    "员": "yun",
    "秘": "bi",
    "折": "she",
    "繁": "po",
    "宓": "mi",
    "逄": "pang",
}
