"""A mail as an owner's word: what she wrote, who says to be its sender, and what no person wrote; pure.

The sender of a mail is easily forged, so nobody is recognised by it: a name without a person.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr
from html.parser import HTMLParser

from typing_extensions import override

LARGEST = 5 * 1024 * 1024  # of a larger mail only its beginning is read
WORDS_MOST, LINE_MOST, NAME_MOST = 4_000, 120, 80
LOOP = "X-Anju-Mail"
_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_MACHINE = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounce)", re.IGNORECASE)
_QUOTED = re.compile(
    r"^\s*(>|-{2,}\s*(original message|原始邮件|原邮件)|(发件人|from)\s*[:：]|on .{5,80} wrote:|在 ?.{5,60}写道)",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^\s*((re|fw|fwd|回复|转发|答复)\s*[:：]\s*)+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class MailWord:
    """What a mail says. `name` is what its sender calls herself, unverified; `automatic` drops it.

    `to` holds the addresses under which it came.
    """

    key: str
    name: str
    address: str
    subject: str
    text: str
    automatic: bool
    to: frozenset[str] = frozenset()

    @property
    def sender(self) -> str:
        """Return who says to have sent it: name and address, as one line."""
        named = self.name and self.name.lower() != self.address
        return (f"{self.name} <{self.address}>" if named else self.address)[:NAME_MOST].strip()

    @property
    def words(self) -> str:
        """Return subject and text as one word of an owner; empty where there is neither."""
        return "\n".join(part for part in (self.subject, self.text) if part)[:WORDS_MOST]


def read_mail(raw: bytes) -> MailWord:
    """Return what a mail says; of one that is too large only its beginning counts.

    Example: a mail with `Auto-Submitted: auto-replied` is automatic, whatever it says.
    """
    message = message_from_bytes(raw[:LARGEST])
    name, address = parseaddr(_header(message, "From"))
    subject = _REPLY.sub("", _clean(_header(message, "Subject")))[:LINE_MOST].strip()
    return MailWord(
        key=_key(message, raw),
        name=_clean(name or address)[:NAME_MOST].strip(),
        address=_clean(address)[:NAME_MOST].lower(),
        subject=" ".join(subject.split()),
        text=_own(_text(message)),
        automatic=_automatic(message, address),
        to=_addressed(message),
    )


def _addressed(message: Message) -> frozenset[str]:
    """Return every address that a mail names as where it goes, or under which it was delivered."""
    said = [str(one) for name in _TO for one in message.get_all(name, [])]
    return frozenset(address.lower() for _name, address in getaddresses(said) if address)


def _key(message: Message, raw: bytes) -> str:
    """Return by what a mail is known again: its own id, else what it is made of."""
    said = str(message.get("Message-ID", "")).strip().encode("utf-8", "replace") or raw[:LARGEST]
    return hashlib.sha256(said).hexdigest()[:40]


def _automatic(message: Message, address: str) -> bool:
    said = {
        name: str(message.get(name, "")).strip().lower()
        for name in ("Auto-Submitted", "Precedence", "X-Auto-Response-Suppress", "X-Autoreply",
                     "List-Id", "Return-Path", LOOP)
    }  # fmt: skip
    machine = _MACHINE.match(address.partition("@")[0])
    return bool(
        said["Auto-Submitted"] not in {"", "no"}
        or said["Precedence"] in {"bulk", "junk", "list", "auto_reply"}
        or said["X-Auto-Response-Suppress"]
        or said["X-Autoreply"]
        or said["List-Id"]
        or said[LOOP]
        or said["Return-Path"] == "<>"
        or machine
    )


def _header(message: Message, name: str) -> str:
    value = str(message.get(name, ""))
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError):
        return value


def _text(message: Message) -> str:
    """Return the first plain text of a mail, else its first page without its marks."""
    pages = ""
    for part in message.walk():
        if part.is_multipart() or part.get_filename():
            continue
        kind = part.get_content_type()
        if kind == "text/plain":
            return _decoded(part)
        if kind == "text/html" and not pages:
            pages = _plain(_decoded(part))
    return pages


def _decoded(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    charset = "gb18030" if charset.lower() in {"gb2312", "gbk"} else charset
    try:
        return raw.decode(charset, "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


class _Words(HTMLParser):
    """Keeps the words of a page; scripts and styles are none."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.hidden = 0

    @override
    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.hidden += tag in {"script", "style"}
        if tag in {"p", "br", "div", "tr", "li"}:
            self.found.append("\n")

    @override
    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style"} and self.hidden > 0

    @override
    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


def _plain(page: str) -> str:
    words = _Words()
    words.feed(page)
    return "".join(words.found)


def _own(text: str) -> str:
    """Return what the sender wrote herself: without what she quotes and what stands below it."""
    kept = list[str]()
    for line in _clean(text).splitlines():
        if _QUOTED.match(line) and kept:
            break
        if not _QUOTED.match(line):
            kept.append(line.rstrip())
    said = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return said[:WORDS_MOST]


def _clean(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode("utf-8", "replace")
    return _CONTROL.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))
