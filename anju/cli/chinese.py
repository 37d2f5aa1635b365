"""The help of every command in Chinese, by its English words; English is said by the commands."""

from __future__ import annotations

import argparse

TITLE = (
    "Anju (安居): owner satisfaction for property-management companies.",
    "安居（Anju）：物业公司的业主满意度系统。",
)
UNKNOWN = ("anju: there is no command “{verb}”.", "anju：没有“{verb}”这个命令。")
HEADS = {
    "usage: ": "用法：",
    "positional arguments:": "参数：",
    "options:": "选项：",
    "columns of the file:": "表格中的列：",
    "what is known of the survey:": "已知的调查情况：",
    "published figures instead of answers:": "用已公布的数字代替回答：",
    "the report:": "报告：",
    "examples:": "示例：",
}
VERBS = {
    "setup": "准备本机：网址、数据库、公司、第一位管理员",
    "serve": "启动系统：页面、后台任务和定时任务",
    "worker": "只运行后台任务和定时任务",
    "demo": "在本机打开示范公司",
    "report": "把一份回答表格做成如实的报告，无需任何设置",
    "stats": "一份回答表格的抽样统计：估计、标准误、区间",
    "backup": "备份全部数据并核对",
    "restore": "恢复备份并逐项比对",
    "check": "重新读取全部历史记录，与每日封印比对",
    "account": "在服务器上：取消丢失的第二步验证，或重设密码",
    "upgrade": "先备份，再把数据库升级到本版本",
    "coverage": "列出各种区间包含真值的频率（逐一枚举）",
}
HELP = {
    "show this help message and exit": "显示本帮助后退出",
    "folder for data (anju-data)": "数据目录（默认 anju-data）",
    "https://anju.example.com": "大家打开的网址，如 https://anju.example.com",
    "postgres://… (default: SQLite file)": "postgres://…（默认使用 SQLite 文件）",
    "the same, as the tables' owner": "同一数据库，以表的所有者身份连接",
    "telephone by which owners reach the company (may be empty)": "业主拨打的公司电话（可以留空）",
    "the company's name": "公司名称",
    "the administrator's name": "管理员姓名",
    "the administrator's e-mail": "管理员邮箱",
    "a file with the password": "存放密码的文件",
    "zh or en (default: the language of this machine)": "zh 或 en（默认为本机语言）",
    "address:port to listen on (base address)": "监听的地址和端口（默认与网址一致）",
    "let phones of the same network in": "让同一网络的手机也能打开",
    "how many processes answer (one a processor)": "用几个进程响应（默认每个处理器一个）",
    "the worker runs elsewhere": "后台任务在别处运行",
    "port to listen on (8000, else the next free one)": "端口（默认 8000，被占用时用下一个）",
    "folder for data (.anju/demo)": "数据目录（默认 .anju/demo）",
    "do not open a browser": "不打开浏览器",
    "make the data, serve nothing": "只生成数据，不启动页面",
    "answers: .xlsx, .csv or text": "回答表格：.xlsx、.csv 或文本",
    "report to write, may be repeated: .pdf .html .xlsx .json .csv": "要生成的报告，可重复：.pdf .html .xlsx .json .csv",
    "answers: .csv, .tsv, .txt, .xlsx or .parquet": "回答表格：.csv、.tsv、.txt、.xlsx 或 .parquet",
    "columns of answers as numbers": "以数值表示回答的列",
    "columns of the design: weight, strata, cluster, population": "抽样设计所在的列：权重、层、群、总体数",
    "a figure for each group of this column": "按该列的每个分组分别计算",
    "known totals of categories, may be repeated": "各类别的已知总数，可重复",
    "ends of the scale: an index of 0 to 100": "量表两端，得到 0 至 100 的指数",
    "change from column A to column B": "从 A 列到 B 列的变化",
    "how much of Y each column explains": "各列对 Y 的解释占比",
    "level of the intervals (0.95)": "区间的置信水平（0.95）",
    "where sums are made; the figures are the same (default: ANJU_ENGINE, else duckdb)": "在何处求和，结果相同（默认 ANJU_ENGINE，否则 duckdb）",
    "how to print": "输出格式",
    "write there instead of the screen": "写入该文件，不在屏幕显示",
    "a stratum with a single cluster: refuse, or take the cluster as drawn for certain": "只有一个群的层：refuse 拒绝计算，certain 视为必然抽中",
    "a report to read and print, may be repeated: .pdf .html .xlsx": "供阅读和打印的报告，可重复给出：.pdf .html .xlsx",
    "title of the report (default: the file's name)": "报告标题（默认：文件名）",
    "name of the sheet (default: the first)": "工作表名称（默认第一张）",
    "column of answers, may be repeated (default: found by its answers)": "回答所在的列，可重复（默认按内容识别）",
    "answers from worst to best": "选项，从最差到最好",
    "answers that count as satisfied (default: those above the middle)": "算作满意的选项（默认为中间以上的）",
    "how many owners a row is": "一行代表几位业主",
    "weight of each owner": "每位业主的权重",
    "home that answered": "作答的房屋",
    "building of the home": "房屋所在的楼栋",
    "column to break down by, may be repeated": "分组用的列，可重复",
    "what a word of the file means, such as 还行=一般, or 还行= for no answer; may be repeated": "表中某个词的含义，如 还行=一般；还行= 表示未作答；可重复",
    "headline (default: share_top of the only item or of the one about the whole service; points points_share; several others composite)": "总指标（默认：只有一题或有总体评价题时用 share_top，积分用 points_share，其余多题用 composite）",
    "homes in all": "总户数",
    "forms that went out": "发放份数",
    "forms that came back (default: in the file)": "收回份数（默认按文件）",
    "least points that a form can carry (for published totals; default 0)": "一份问卷的最低分（用于已公布的总分，默认 0）",
    "smallest group shown, 5 or more": "最小的显示分组，不少于 5",
    "published total, such as 1920/2000": "已公布的总数，如 1920/2000",
    "what the total counts (default: points)": "总数计的是什么（默认为分数）",
    "published score 0-100 of a part with its number of answers, may be repeated": "已公布的分项得分（0-100）及回答数，可重复",
    "title (default: the line over the columns, else the file's name)": "标题（默认取表头上方一行，否则取文件名）",
    "whose report it is": "报告所属的公司",
    "zone of its date (default: ANJU_ZONE, else Asia/Shanghai)": "日期所用时区（默认 ANJU_ZONE，否则 Asia/Shanghai）",
    "default: the language of this machine": "默认为本机语言",
    "archive to write (data/backups/…)": "备份文件（默认放在数据目录的 backups 中）",
    "archive to bring back": "要恢复的备份文件",
    "replace the data that is there": "替换现有数据",
    "a seal from the log that must still be there": "日志中应当仍然存在的一个封印",
    "second-step-off: take the second step away: the telephone and the spare codes are lost; password: set another password": "second-step-off：手机和备用码都已丢失时，取消第二步验证；password：重设密码",
    "the e-mail that the account signs in with": "账号登录所用的邮箱",
    "do not ask to confirm": "不再询问确认",
    "there is one already": "已经有备份",
}


def help_of(parser: argparse.ArgumentParser) -> str:
    """Return the whole help of a command in Chinese; what has none stays as it is."""
    for action in parser._actions:  # noqa: SLF001 -- argparse has no public way to its arguments
        action.help = HELP.get(action.help or "", action.help)
    text = parser.format_help()
    for english, said in HEADS.items():
        text = text.replace(english, said)
    return text
