"""The sentences with which a file is refused; each says what is wrong and the cure."""

from __future__ import annotations

from anju.kernel.pure.problems import Problem
from anju.sheets.limits import Limits

FIELD = "file"


def not_a_table(what_en: str, what_zh: str) -> Problem:
    """Return E-FILE-TYPE naming what the file is."""
    return Problem(
        "E-FILE-TYPE",
        FIELD,
        "The file is {what_en}, not a table we can read; "
        "save it as .xlsx (Excel workbook) or .csv and try again.",
        "该文件是{what_zh}，不是可以读取的表格；请另存为 .xlsx（Excel 工作簿）或 .csv 后再试。",
        what_en=what_en,
        what_zh=what_zh,
    )


def too_big(size: int, most: int) -> Problem:
    """Return E-FILE-SIZE with both sizes."""
    return Problem(
        "E-FILE-SIZE",
        FIELD,
        "The file has {size:,} bytes, at most {most:,} are taken; split it in two.",
        "文件有 {size:,} 字节，最多接收 {most:,} 字节；请拆成几个文件。",
        size=size,
        most=most,
    )


def bad_archive(why_en: str, why_zh: str) -> Problem:
    """Return E-FILE-ARCHIVE naming what is wrong with the package."""
    return Problem(
        "E-FILE-ARCHIVE",
        FIELD,
        "The workbook's package is not in order: {why_en}. "
        "Open it in a spreadsheet program, save it as a new .xlsx and send that.",
        "工作簿的文件包不正常：{why_zh}。请用表格软件打开，另存为新的 .xlsx 后上传。",
        why_en=why_en,
        why_zh=why_zh,
    )


def unpacks_too_far(most: int) -> Problem:
    """Return E-FILE-UNPACKED with the limit in megabytes."""
    return Problem(
        "E-FILE-UNPACKED",
        FIELD,
        "Unpacked, the workbook is too large or not as large as it claims; at most {most} MB "
        "are taken. Copy the rows that matter into a new workbook.",
        "工作簿解压后过大，或与其声明的大小不符；最多接收 {most} MB。请把需要的行复制到新的工作簿。",
        most=most // (1024 * 1024),
    )


def bad_xml(part: str) -> Problem:
    """Return E-XLS-XML naming the part of the workbook."""
    return Problem(
        "E-XLS-XML",
        FIELD,
        "The part {part} of the workbook holds entities or broken markup; "
        "open it in a spreadsheet program, save it as a new .xlsx and send that.",
        "工作簿的 {part} 部分含有实体定义或损坏的标记；请用表格软件打开，另存为新的 .xlsx 后上传。",
        part=part[:80],
    )


def out_of_range(rows: int, columns: int, limits: Limits) -> Problem:
    """Return E-XLS-RANGE with what the sheet claims."""
    return Problem(
        "E-XLS-RANGE",
        FIELD,
        "The sheet claims {rows:,} x {columns:,} cells; at most {most_rows:,} rows, "
        "{most_columns:,} columns and {cells:,} cells in all are taken. "
        "Delete the stray cells far from the table.",
        "工作表声称有 {rows:,} × {columns:,} 个单元格；最多接收 {most_rows:,} 行、{most_columns:,} 列，"
        "合计 {cells:,} 个单元格。请删除远离表格的零散单元格。",
        rows=rows,
        columns=columns,
        most_rows=limits.rows,
        most_columns=limits.columns,
        cells=limits.cells,
    )


def no_sheet(name: str, present: tuple[str, ...]) -> Problem:
    """Return E-IMP-SHEET naming the sheets that there are."""
    return Problem(
        "E-IMP-SHEET",
        "sheet",
        "There is no sheet “{name}”; the workbook has: {present}.",
        "没有名为“{name}”的工作表；工作簿中有：{present}。",
        name=name[:60],
        present=", ".join(present[:20]),
    )


def no_rows() -> Problem:
    """Return E-IMP-EMPTY for a table with a head and nothing below, or nothing at all."""
    return Problem(
        "E-IMP-EMPTY",
        FIELD,
        "The table has no rows below its head; fill in at least one row.",
        "表头下面没有任何一行数据；请至少填写一行。",
    )


def bad_line(line: int, why_en: str, why_zh: str) -> Problem:
    """Return E-CSV with the line and the reason."""
    return Problem(
        "E-CSV",
        FIELD,
        "Line {line}: {why_en}.",
        "第 {line} 行：{why_zh}。",
        line=line,
        why_en=why_en,
        why_zh=why_zh,
    )


def bad_bytes(line: int, column: int, encoding: str) -> Problem:
    """Return E-TEXT-ENCODING with the line and column of the first byte that cannot be read."""
    return Problem(
        "E-TEXT-ENCODING",
        FIELD,
        "Line {line}, column {column}: the bytes are not text in {encoding}; "
        "save the file as CSV UTF-8 and try again.",
        "第 {line} 行第 {column} 列：无法按 {encoding} 解读；请另存为 CSV UTF-8 后再试。",
        line=line,
        column=column,
        encoding=encoding,
    )


def formula_without_value(cell: str, column: str) -> Problem:
    """Return E-XLS-FORMULA for a formula whose result was never stored."""
    return Problem(
        "E-XLS-FORMULA",
        column,
        "Cell {cell} holds a formula without a stored result; "
        "open the file in a spreadsheet program, save it, or paste the values.",
        "单元格 {cell} 是公式，但没有保存计算结果；请用表格软件打开并保存，或改为粘贴数值。",
        cell=cell,
    )


def formula_failed(cell: str, column: str) -> Problem:
    """Return E-XLS-FORMULA for a cell that shows an error such as #N/A."""
    return Problem(
        "E-XLS-FORMULA",
        column,
        "Cell {cell} shows an error such as #N/A; write the value itself.",
        "单元格 {cell} 显示错误（如 #N/A）；请直接填写数值。",
        cell=cell,
    )


def no_such_day(cell: str, column: str) -> Problem:
    """Return E-DATE for the day number 60, which is no day."""
    return Problem(
        "E-DATE",
        column,
        "Cell {cell}: there is no such day, 29 February 1900; write the date again.",
        "单元格 {cell}：没有 1900-02-29 这一天；请重新填写日期。",
        cell=cell,
    )


def stopped() -> Problem:
    """Return E-FILE-UNPACKED for a reading that ran out of its memory or time."""
    return Problem(
        "E-FILE-UNPACKED",
        FIELD,
        "Reading the file took more memory or time than one file may; "
        "copy the rows that matter into a new workbook, or save it as CSV.",
        "读取该文件所需的内存或时间超出上限；请把需要的行复制到新的工作簿，或另存为 CSV。",
    )


def unreadable() -> Problem:
    """Return E-FILE-READ for a file on which the reader gave up without saying why."""
    return Problem(
        "E-FILE-READ",
        FIELD,
        "The file cannot be read; open it in a spreadsheet program, save it as a new .xlsx "
        "or as .csv, and try that.",
        "无法读取该文件；请用表格软件打开，另存为新的 .xlsx 或 .csv 后再试。",
    )
