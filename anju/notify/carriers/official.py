"""Messages through a company's official account in WeChat, to owners who follow it; off by default.

One setting holds it: `appid:secret:template:field,field`, the fields being those of the template for
the title and the words. The message's own key goes along, so that a second try is not a second message.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from anju.kernel.pure.problems import Problem
from anju.notify.carriers.port import NotTaken, Parcel
from anju.notify.outbound import Answer, Unreachable, send

HOST = "api.weixin.qq.com"
ALLOWED = frozenset({HOST})
TOKEN = f"https://{HOST}/cgi-bin/stable_token"
MESSAGE = f"https://{HOST}/cgi-bin/message/template/send?access_token="
WHO = f"https://{HOST}/sns/oauth2/access_token"
AUTHORIZE = "https://open.weixin.qq.com/connect/oauth2/authorize"
HEADERS = {"Content-Type": "application/json"}
FIELD_MOST = 20  # signs that a field of a template takes
EARLY = 300  # seconds before its end at which a token is asked for anew
NOT_HERS = frozenset({40003, 43004, 43101})  # an unknown id, or somebody who follows no more
OLD_TOKEN = frozenset({40001, 40014, 42001})
_LINK = re.compile(r"https?://\S+")
Sender = Callable[..., Answer]
_tokens: dict[str, tuple[str, float]] = {}


@dataclass(frozen=True, slots=True)
class OfficialAccount:
    """Whose account it is, its secret, the template, and its fields for title and words."""

    appid: str
    secret: str
    template: str
    fields: tuple[str, str]


def read_account(setting: str) -> OfficialAccount:
    """Return the account of a setting; raises E-OFFICIAL naming the form that is wanted."""
    parts = setting.split(":")
    fields = tuple(parts[3].split(",")) if len(parts) == 4 else ()
    if len(fields) != 2 or not all([*parts, *fields]):
        raise Problem(
            "E-OFFICIAL",
            "ANJU_OFFICIAL_ACCOUNT",
            "Write the official account as appid:secret:template:title field,words field.",
            "公众号设置应为 appid:密钥:模板编号:标题字段,内容字段。",
        )
    return OfficialAccount(parts[0], parts[1], parts[2], (fields[0], fields[1]))


def authorize_address(account: OfficialAccount, back: str, state: str) -> str:
    """Return where an owner's phone is sent so that WeChat tells who she is; it comes back to `back`."""
    asked = f"appid={quote(account.appid)}&redirect_uri={quote(back, safe='')}"
    return f"{AUTHORIZE}?{asked}&response_type=code&scope=snsapi_base&state={quote(state)}#wechat_redirect"


class Official:
    """Says a message to one follower."""

    def __init__(
        self,
        account: OfficialAccount,
        sender: Sender = send,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.account = account
        self.sender = sender
        self.clock = clock

    def send(self, parcel: Parcel) -> str:
        """Return the provider's own key; raises NotTaken."""
        title, words = self.account.fields
        found = _LINK.search(parcel.body)
        plain = _LINK.sub("", parcel.body).strip()
        said = {
            "touser": parcel.address,
            "template_id": self.account.template,
            "url": found[0] if found else "",
            "client_msg_id": parcel.uid,
            "data": {
                title: {"value": parcel.title[:FIELD_MOST]},
                words: {"value": plain[:FIELD_MOST]},
            },
        }
        told = self._ask(MESSAGE + quote(self._token()), said)
        code = int(told.get("errcode", 0))
        if code in OLD_TOKEN:
            _tokens.pop(self.account.appid, None)
        if code:
            raise NotTaken("official_refused", str(code), final=code in NOT_HERS)
        return str(told.get("msgid", ""))

    def who(self, code: str) -> str:
        """Return the id of the owner whom WeChat sent back with a code; raises NotTaken."""
        asked = f"appid={quote(self.account.appid)}&secret={quote(self.account.secret)}"
        told = self._ask(f"{WHO}?{asked}&code={quote(code)}&grant_type=authorization_code", {})
        if not told.get("openid"):
            raise NotTaken("official_refused", str(told.get("errcode", "")), final=True)
        return str(told["openid"])

    def _token(self) -> str:
        kept = _tokens.get(self.account.appid)
        if kept is not None and self.clock() < kept[1]:
            return kept[0]
        asked = {
            "grant_type": "client_credential",
            "appid": self.account.appid,
            "secret": self.account.secret,
        }
        told = self._ask(TOKEN, asked)
        token = str(told.get("access_token", ""))
        if not token:
            raise NotTaken("official_refused", str(told.get("errcode", "")))
        lasts = float(told.get("expires_in", 0)) - EARLY
        _tokens[self.account.appid] = (token, self.clock() + max(0.0, lasts))
        return token

    def _ask(self, address: str, said: Mapping[str, object]) -> dict[str, Any]:
        body = json.dumps(said, ensure_ascii=False).encode()
        try:
            answer = self.sender(address, body=body, headers=HEADERS, allowed=ALLOWED)
        except Unreachable as fault:
            raise NotTaken(fault.code, final=fault.final) from fault
        try:
            told = json.loads(answer.body)
        except ValueError:
            told = None
        if answer.status != 200 or not isinstance(told, dict):
            raise NotTaken("provider", str(answer.status))
        return told
