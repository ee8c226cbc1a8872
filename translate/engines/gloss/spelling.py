"""The characters that foreign names are spelt with in Chinese."""

from __future__ import annotations

# Characters that foreign names are spelt with; an unknown word made of them only is a name.
SPELLING = frozenset(
    "阿埃艾爱安奥巴白拜邦包鲍贝本比彼波伯勃博布查达戴丹当道德登迪蒂丁东杜顿多俄厄恩尔法凡菲芬丰夫弗福富盖甘冈高戈哥格葛根古瓜圭哈海汉豪赫亨胡华霍基吉加"
    "贾杰金卡凯坎康考柯科可克肯库夸昆奎拉腊莱赖兰朗劳勒雷里黎李理利莉列林琳隆卢鲁路伦罗洛吕玛马麦迈曼芒毛梅门蒙孟米密敏明莫墨默姆木穆纳娜奈南内嫩尼宁纽农努"
    "诺欧帕派潘佩彭皮平珀普奇齐奇恰钱乔切琴丘让热仁日荣茹儒瑞若撒萨塞赛三桑瑟森沙珊山舍申圣施史士寿舒斯丝思松苏孙索塔泰坦汤唐陶特腾提廷图托瓦万旺威韦维魏温"
    "文翁沃乌武伍西希锡夏先香肖谢辛欣休许雅亚延扬耶伊易因英尤约泽扎詹章珍芝兹宗佐历缪芭蕾妮丽莎娅婷露琼玫黛贞惠霖姬娃蒂荷喀符满帖坡皇茵葆妲隶赞曾翁蓬喷锡庞兰莲"
)
