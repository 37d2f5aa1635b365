"""What people write where they have nothing to say; it is counted, and it is no opinion.

The lists are data: a company's own way of saying nothing is added there, in the folded form.
"""

from __future__ import annotations

import unicodedata

LONGEST = 24  # letters; a longer text says something
_ZH = frozenset(
    {
        "无", "没", "没有", "木有", "暂无", "暂时无", "暂没有", "暂时没有", "目前没有", "目前暂无", "没有了", "没了",
        "无意见", "没意见", "没有意见", "暂无意见", "暂时没有意见", "目前没有意见", "没什么意见", "没有什么意见",
        "无建议", "没建议", "没有建议", "暂无建议", "暂时没有建议", "没什么建议", "没有什么建议", "无意见建议",
        "无意见和建议", "没有意见和建议", "无意见无建议", "没有其他意见", "没有其他建议", "无其他", "无其他意见",
        "无其他建议", "没什么", "没什么说的", "没有什么", "不填", "不写", "不适用", "空", "空白", "未填",
    }
)  # fmt: skip
_EN = frozenset(
    {
        "no", "none", "nil", "null", "nothing", "nope", "na", "nan", "notapplicable", "noneatall", "nothingatall",
        "nocomment", "nocomments", "nosuggestion", "nosuggestions", "noopinion", "noopinions", "noremark", "noremarks",
        "nothingtoadd", "nothingtosay", "nofeedback", "noanswer", "notatthemoment", "nonefornow", "blank",
    }
)  # fmt: skip
NOTHING = _ZH | _EN


def says_nothing(text: str | None) -> bool:
    """Say whether a remark holds no opinion: left blank, strokes alone, or a word for none.

    Case, width, spaces and punctuation do not matter, nor how often one word is repeated.

    Example:
        >>> says_nothing(" Ｎ/Ａ。"), says_nothing("无无无"), says_nothing("无障碍通道没有")
        (True, True, False)
    """
    if text is None or len(text.strip()) > LONGEST:
        return text is None
    plain = _folded(text)
    return not plain or plain in NOTHING or (plain[0] in _ZH and len(set(plain)) == 1)


def _folded(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in wide if _counts(letter))


def _counts(letter: str) -> bool:
    """Say whether a letter carries meaning here: no space, stroke, bracket or full stop does."""
    kind = unicodedata.category(letter)
    return kind[0] in "LNM" or kind in {"So", "Sk"}
