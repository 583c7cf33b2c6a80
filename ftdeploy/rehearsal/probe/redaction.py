"""What may be kept of an exchange: nothing of the subscription that was asked, nor of whoever asked.

Ids, names, keys, tokens, addresses and hosts go, and what a directory or a log says of people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ftdeploy.rehearsal.probe.wire import Exchange

_HEADERS = frozenset(
    {
        *("azure-asyncoperation", "content-type", "location", "retry-after", "retry-after-ms", "www-authenticate"),
        *("x-ms-deployment-name", "x-ratelimit-limit-requests", "x-ratelimit-limit-tokens"),
        *("x-ratelimit-remaining-requests", "x-ratelimit-remaining-tokens"),
        *(f"x-ms-ratelimit-remaining-subscription-{kind}" for kind in ("reads", "writes", "deletes")),
    }
)
_SECRET = re.compile(
    r"^(key\d|.*(secret|token|password|connectionstring|apikey|accesskey).*|createdby|lastmodifiedby|claims"
    r"|displayname|givenname|surname|userprincipalname|.*mail.*|.*phones?|jobtitle|officelocation|.*ipaddr.*)$",
    re.I,
)
_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
_HOST = re.compile(r"https?://[^/\s\"']+")
_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+")
_LONG = re.compile(r"\b[0-9A-Za-z_-]{32,}\b")
_TOKEN = re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*")
_MOST_CHARACTERS = 2000
"""Ours: longer texts are there to be long, and their beginning says enough."""
_MANAGEMENT = "https://management.azure.com"


class Redaction:
    """Puts the same stand-in for the same thing: `<id-1>`, `<name-1>`, `<host-1>`."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [each for each in sorted(names, key=len, reverse=True) if each]
        self._seen: dict[str, str] = {}

    def render(self, exchange: Exchange) -> dict[str, Any]:
        """An exchange as it may be kept."""
        request = {"method": exchange.method, "path": self._clean(exchange.path), "body": self._walk(exchange.sent)}
        kept = {key: self._clean(exchange.headers[key]) for key in sorted(_HEADERS & set(exchange.headers))}
        answer = {"status": exchange.status, "headers": kept, "body": self._walk(exchange.body)}
        return {"request": request, "answer": answer}

    def _walk(self, value: Any) -> Any:  # noqa: ANN401 JSON
        if isinstance(value, dict):
            return {
                self._clean(str(key)): "<secret>" if _SECRET.match(str(key)) and each is not None else self._walk(each)
                for key, each in value.items()
            }
        if isinstance(value, list):
            return [self._walk(each) for each in value]
        return self._clean(value) if isinstance(value, str) else value

    def _clean(self, text: str) -> str:
        for name in self._names:
            text = re.sub(re.escape(name), lambda found: self._stand_in("name", found[0]), text, flags=re.I)
        text = _TOKEN.sub("<token>", text)
        text = _HOST.sub(lambda found: found[0] if found[0] == _MANAGEMENT else self._stand_in("host", found[0]), text)
        text = _GUID.sub(lambda found: self._stand_in("id", found[0]), text)
        text = _MAIL.sub("<mail>", _ADDRESS.sub("<address>", text))
        text = _LONG.sub(lambda found: self._stand_in("value", found[0]), text)
        is_long = len(text) > _MOST_CHARACTERS
        return f"{text[: _MOST_CHARACTERS // 10]}… ({len(text)} characters)" if is_long else text

    def _stand_in(self, kind: str, found: str) -> str:
        key = f"{kind}|{found.lower()}"
        number = 1 + sum(each.startswith(f"{kind}|") for each in self._seen)
        return self._seen.setdefault(key, f"<{kind}-{number}>")
