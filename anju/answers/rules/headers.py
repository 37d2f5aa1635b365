"""What a column's heading gives away about it, in Chinese and English; its cells are not read."""

from __future__ import annotations

import re
import unicodedata

from anju.answers.rules.mapping import Role

_SIGNS = re.compile(r"[\s_\-.:：（）()\[\]【】/\\·、,，?？*#]+")
_NUMBERING = re.compile(
    r"^(?:第?\s*[q题]?\s*\d{1,3}\s*[题问]?|[一二三四五六七八九十]{1,3})\s*[、.．:：)）\s]\s*",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^(?:q|题|问题|item|第)\s*[\d一二三四五六七八九十]{1,3}|[?？]\s*$|[吗呢]\s*[?？]?$",
    re.IGNORECASE,
)

# Personal and technical columns: never items, never taken in.
PRIVATE = frozenset(
    ["姓名", "业主姓名", "客户姓名", "受访人", "受访者", "联系人", "名字", "电话", "手机", "手机号", "手机号码", "电话号码", "联系电话", "联系方式", "身份证", "身份证号", "邮箱", "微信", "微信号", "name", "fullname", "phone", "mobile", "email", "tel", "telephone", "idcard", "idnumber", "wechat", "owner", "respondent"]
)  # fmt: skip
TECHNICAL = frozenset(
    ["序号", "编号", "问卷编号", "答卷编号", "题号", "流水号", "id", "no", "nr", "uuid", "rowid", "responseid", "token", "ip", "ip地址", "设备", "用时", "所用时间", "number", "index", "row", "来源详情", "user", "agent", "useragent"]
)  # fmt: skip

_EXACT: dict[Role, frozenset[str]] = {
    Role.BUILDING: frozenset(
        ["楼栋", "楼号", "栋", "栋号", "幢", "幢号", "楼", "楼宇", "座", "座号", "所在楼栋", "building", "block", "bldg", "tower", "buildingno", "blockno"]
    ),
    Role.ENTRANCE: frozenset(["单元", "单元号", "entrance", "stairwell", "staircase"]),
    Role.UNIT: frozenset(
        ["房号", "房屋", "房间", "房间号", "户号", "室", "室号", "门牌", "门牌号", "房屋编号", "房屋号", "住址", "room", "roomno", "unit", "unitno", "flat", "apartment", "apt", "household", "door"]
    ),
    Role.COUNT: frozenset(
        ["人数", "户数", "份数", "频数", "计数", "数量", "件数", "答卷数", "票数", "count", "counts", "freq", "frequency", "n", "cases", "households", "people"]
    ),
    Role.WEIGHT: frozenset(["权重", "权数", "加权", "加权系数", "weight", "weights", "wt", "w", "pw"]),
    Role.STRATUM: frozenset(["层", "分层", "抽样层", "类型", "类别", "户型", "stratum", "strata", "type", "group", "segment", "category"]),
    Role.USE_TYPE: frozenset(["业态", "物业类型", "物业业态", "usetype", "propertytype", "use"]),
    Role.MODE: frozenset(
        ["方式", "调查方式", "答卷方式", "填写方式", "回收方式", "渠道", "来源", "答卷来源", "mode", "channel", "source", "surveymode"]
    ),
    Role.ANSWERED_AT: frozenset(
        ["日期", "时间", "调查日期", "调查时间", "填写日期", "填写时间", "填答时间", "提交时间", "提交答卷时间", "答题时间", "答卷时间", "作答时间", "回答时间", "timeofanswer", "date", "time", "datetime", "timestamp", "answeredat", "submittedat", "submitted", "submissiondate"]
    ),
    Role.COMMENT: frozenset(
        ["意见", "建议", "意见建议", "意见与建议", "意见和建议", "其他意见", "备注", "留言", "原因", "comment", "comments", "remark", "remarks", "note", "notes", "suggestion", "suggestions", "feedback", "other", "reason"]
    ),
    Role.GROUP: frozenset(
        ["性别", "年龄", "年龄段", "居住年限", "入住年限", "入住时间", "居住身份", "身份", "学历", "职业", "户籍", "家庭人数", "项目", "小区", "项目名称", "sex", "gender", "age", "agegroup", "tenure", "education", "occupation", "project", "site", "city", "region"]
    ),
}  # fmt: skip
_ENDS: tuple[tuple[Role, tuple[str, ...]], ...] = (
    (Role.COMMENT, ("意见", "建议", "备注", "意见或建议")),
    (Role.BUILDING, ("楼栋", "楼栋号")),
    (Role.UNIT, ("房号", "房间号", "门牌号")),
    (Role.WEIGHT, ("权重",)),
)
_SATISFACTION = re.compile(r"满意|评价|评分|打分|得分|satisf|\bsat\b|rating|score", re.IGNORECASE)


def plain(header: str) -> str:
    """Return a heading without width, case, spaces and signs, for comparing."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", header)).lower()


def wording(header: str) -> str:
    """Return a heading without its number, for comparing with the wording of an item."""
    return plain(_NUMBERING.sub("", unicodedata.normalize("NFKC", header).strip()))


def role_of(header: str) -> Role | None:
    """Return the role that a heading names, or None when it names none."""
    key = plain(header)
    if key in PRIVATE or key in TECHNICAL:
        return Role.IGNORED
    for role, names in _EXACT.items():
        if key in names:
            return role
    for role, ends in _ENDS:
        if key.endswith(ends):
            return role
    return None


def is_question(header: str) -> bool:
    """Say whether a heading is numbered or worded like a question."""
    return bool(_QUESTION.search(header.strip()))


def asks_satisfaction(header: str) -> bool:
    """Say whether a heading speaks of satisfaction or of a score."""
    return bool(_SATISFACTION.search(header))
