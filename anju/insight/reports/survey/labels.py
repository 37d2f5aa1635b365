"""The fixed words of the report's pages and files, both languages; findings are in sentences."""

from __future__ import annotations

from anju.stats.results import Words

LABELS: dict[str, Words] = {
    "report": Words("满意度调查报告", "Satisfaction survey report"),
    "number": Words("报告号", "Report"),
    "as_of": Words("数据截至", "Data as of"),
    "says": Words("主要结论", "What to say"),
    "overall": Words("总体", "Overall"),
    "change": Words("与上次相比", "Against the earlier survey"),
    "rate": Words("回收率", "Response rate"),
    "target": Words("与目标相比", "Against the target"),
    "driver": Words("因素与分组", "Driver and group"),
    "odds": Words("几率比", "Odds ratio"),
    "odds_base": Words("1（对照）", "1 (base)"),
    "drivers_note": Words(
        "其他因素相同时，“{0}”高出一级的几率是对照组的几倍。这是关联，不说明原因。",
        "All else alike: how many times the odds of one level more on {0} than in the base group. Association, no cause.",
    ),
    "drivers_how": Words(
        "有序比例几率模型；每个因素的p为去掉它后偏差的变化，经Holm校正；按每自由度的变化由强到弱排列。不加权。",
        "Proportional odds; p of a driver: the fall in deviance without it, adjusted by Holm; strongest a degree of freedom first. Unweighted.",
    ),
    "drivers_model": Words("区间按模型计算，假定各住户彼此独立。", "Intervals by the model: homes are taken as independent."),
    "drivers_clustered": Words("区间考虑了同一楼栋的住户彼此相似。", "Intervals allow for homes of one building answering alike."),
    "drivers_left": Words("{0}人没有相关信息或属于不展示的组，未进入模型（n = {1}）。", "{0} people without these details, or in groups kept back, are not in the model (n = {1})."),
    "unknown": Words("未知", "unknown"),
    "no_interval": Words("没有区间", "no interval"),
    "interval": Words("区间", "interval"),
    "bounds": Words("没回答的若都不满意–都满意", "If all the silent were dissatisfied – satisfied"),
    "provisional": Words("暂定：调查尚未结束，数字还会变", "Provisional: the survey is not closed, figures still move"),
    "standing": Words("暂定", "provisional"),
    "named": Words("算法：{0}，见“{1}”。", "Formula: {0}; see {1}."),
    "key": Words("代码：", "Key: "),
    "cells": Words("表格数据的处理", "What was done with the cells"),
    "no_data": Words("没有数据", "no data"),
    "silence": Words("没有回答的也要看见", "The silent are shown too"),
    "no_answer": Words("没有回答", "No answer"),
    "silence_hint": Words(
        "给出总户数或发放份数，才能说明没有回答的人若都不满意、都满意时结果是多少。",
        "With the number of homes or of forms issued one can say what those who stayed silent leave open.",
    ),
    "spread": Words("各选项占比", "Share of each answer"),
    "spread_note": Words(
        "占有效回答的百分比；指数为平均分在量表两端之间的位置（0–100）。",
        "Percent of valid answers; the index is where the mean lies between the ends (0–100).",
    ),
    "not_recorded": Words("没有记录", "Not recorded"),
    "under": Words("同一批回答，换一个算法", "The same answers under other formulas"),
    "formula": Words("算法", "Formula"),
    "result": Words("结果", "Result"),
    "ci": Words("95%区间", "95% interval"),
    "n": Words("n", "n"),
    "n_of": Words("n／总数", "n / of"),
    "item": Words("题目", "Item"),
    "satisfied": Words("满意", "Satisfied"),
    "neutral": Words("中间", "Neither"),
    "na": Words("不适用", "N/A"),
    "dimension": Words("维度", "Dimension"),
    "index": Words("指数", "Index"),
    "verdict": Words("与其余各组比", "Against the others"),
    "moved": Words("变化", "Change"),
    "what": Words("维度和题目", "Dimension, item"),
    "now": Words("这次", "Now"),
    "goal": Words("目标", "target"),
    "points_axis": Words("量表分", "Points of the scale"),
    "before": Words("上次", "Before"),
    "judgement": Words("判断", "Verdict"),
    "gap": Words("差距", "Gap"),
    "expected": Words("期望", "Expected"),
    "perceived": Words("感知", "Perceived"),
    "beyond": Words("感知超过期望的人", "Above expectation"),
    "importance": Words("重要程度", "Importance"),
    "performance": Words("满意程度", "Performance"),
    "quadrant": Words("位置", "Where"),
    "external": Words("他人公布的数据（不进入本公司指数）", "Published by others (enters no index of ours)"),
    "published": Words("公布的满意度", "Published satisfaction"),
    "parts": Words("各部分公布的得分", "Published scores of the parts"),
    "part": Words("部分", "Part"),
    "score": Words("得分", "Score"),
    "made_of": Words("由什么得出", "Made of"),
    "process": Words("调查过程", "How the survey went"),
    "funnel": Words("发出与收回", "Sent out and returned"),
    "step": Words("环节", "Step"),
    "field": Words("各楼栋的发放与收回", "Sent out and returned, by building"),
    "building": Words("楼栋", "Building"),
    "issued": Words("发放", "Issued"),
    "returned": Words("收回", "Returned"),
    "not_counted": Words("未计数", "not counted"),
    "field_note": Words("小楼栋或收回不足5份的楼栋只给出范围，以免看出是谁作答。", "Where a building is small or fewer than 5 came back, returns are a range: nobody is found out."),
    "count": Words("数目", "Number"),
    "share": Words("占比", "Share"),
    "others": Words("其他题目（不进入指数）", "Other items (enter no index)"),
    "answers": Words("回答", "Answers"),
    "ticked": Words("勾选人数", "Ticked"),
    "ticks_note": Words(
        "可多选，各项占比相加可以超过100%。占比以至少勾选一项的人为分母；不进入指数。",
        "Several could be chosen, so shares may add up to more than 100%. "
        "They are of those who ticked at least one; none enters the index.",
    ),
    "ticks_bound": Words(
        "点线：没有回答的人若都不勾选、都勾选时的结果。",
        "Dotted line: had none of the silent ticked it, or all of them.",
    ),
    "ticks_nothing": Words("一项也没有勾选", "Ticked nothing"),
    "ticks_not_then": Words(
        "当时没有统计：该调查结束时，多选题还不计入结果。",
        "Not counted then: when this survey was closed, lists to tick were not counted yet.",
    ),
    "method": Words("调查说明", "How it was done"),
    "formulas": Words("指标口径", "Definitions"),
    "warnings": Words("阅读时注意", "Read with care"),
    "few": Words("答卷较少", "few answers"),
    "all": Words("全体", "Everybody"),
    "said_by_file": Words("读取文件时的判断", "What was taken from the file"),
    "signed_lead": Words("调查负责人", "Survey lead"),
    "signed_manager": Words("项目经理", "Project manager"),
    "date": Words("日期", "Date"),
    "likert_note": Words(
        "各题回答占有效回答的百分比；中间的选项单列在右，不适用不进分母。",
        "Percent of valid answers; the middle level stands apart on the right, "
        "not-applicable leaves the base.",
    ),
    "dots_note": Words(
        "点为结果，实线为95%区间。", "Dot: result; line: 95% interval."
    ),
    "bound_note": Words(
        "点线：没有回答的人若都不满意、都满意时的结果。",
        "Dotted line: were all the silent dissatisfied, or all satisfied.",
    ),
    "range_note": Words("灰条：只能说在这个范围内。", "Grey bar: all that may be told is the range."),
    "verdict_note": Words(
        "实心点：与其余各组明显不同；空心点：无法判断。判断已按比较次数校正。",
        "Solid: clearly unlike the others; hollow: cannot tell. Verdicts are corrected for the number of comparisons.",
    ),
    "dimension_note": Words(
        "每个维度的指数（0–100）与95%区间。", "Index of each dimension (0–100) with 95% interval."
    ),
    "reference": Words("虚线", "Dashed line"),
    "gaps_note": Words(
        "同一位业主的感知减期望，单位为量表分。", "Perception less expectation of the same owner, in points of the scale."
    ),
    "plane_note": Words(
        "十字线为各题平均；两个区间都不碰十字线才归入一格。重要程度由业主直接给出，不是推算的影响。",
        "Cross-hairs are the means; an item is placed only where both intervals clear them. "
        "Importance is what owners stated, not an effect.",
    ),
    "change_note": Words(
        "两次相减；判断已按题数校正。变化不等于措施的效果。",
        "This survey less the earlier one; verdicts are corrected for the number of items. "
        "A change is not the effect of a measure.",
    ),
    "under_note": Words(
        "数值不同，是因为算法不同，不是因为回答不同。",
        "The figures differ because the formulas differ, not the answers.",
    ),
    "page_of": Words("第{0}页，共{1}页", "Page {0} of {1}"),
    "tidy": Words("数据", "Data"),
    "printed": Words("打印", "Print"),
    "definitions": Words("说明", "Notes"),
    "section": Words("部分", "Section"),
    "lopsided": Words("满意与不满意选项数目不等", "lopsided scale"),
    "top_is": Words("满意＝", "satisfied = "),
}  # fmt: skip


def say(key: str, language: str) -> str:
    """Return a fixed word in the reader's language."""
    return text(LABELS[key], language)


def text(words: Words | None, language: str) -> str:
    """Return words in the reader's language; nothing for None."""
    if words is None:
        return ""
    return words.zh if language == "zh" else words.en
