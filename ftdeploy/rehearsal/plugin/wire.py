"""HTTPS to this machine, retried as azcore does under the real plugin; what comes back, and what can go wrong."""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

# github.com/pulumi/pulumi-azure-native provider/pkg/azure/client_azcore.go (checked 2026-11-21)
_RETRIED = ("408", "429", "500", "502", "503", "504", "AnotherOperationInProgress")
_RETRY_SECONDS = (20.0, 60.0, 120.0)
# Other 404s are errors: https://github.com/pulumi/pulumi-azure-native/issues/4841 (checked 2026-11-21)
_ABSENT = re.compile("((Parent)?Resource|ResourceGroup|RoleAssignment|Subscription|Entity|Lock)?NotFound")
_START_UP_SECONDS = 5.0  # ours: how long connections may be refused, for the pretend Azure may still be starting


class Answer:
    """What came back; header names are in lower case, `body` is the JSON object or empty."""

    def __init__(self, status: int, headers: Mapping[str, str], text: str) -> None:
        self.status, self.headers, self.text = status, headers, text
        self.body: dict[str, Any] = {}
        with suppress(ValueError, TypeError):
            self.body = dict(json.loads(text))
        inner = self.body.get("error")
        self.error: dict[str, Any] = inner if isinstance(inner, dict) else self.body
        self.code = str(self.error.get("code", ""))


class PluginError(Exception):
    """The call failed; its text is what the engine gets."""


class Unfinished(PluginError):
    """A write was accepted and what it began did not end well; `detail` tells the engine what is there now."""

    detail: Any = None


class RequestRefused(PluginError):
    """Azure's answer was an error: `Status=409 Code="RequestConflict" Message="…"`."""

    def __init__(self, answer: Answer) -> None:
        self.status = answer.status
        self.is_absence = bool(_ABSENT.fullmatch(answer.code))
        code = f' Code="{answer.code}"' if answer.code else ""
        super().__init__(f'Status={answer.status}{code} Message="{answer.error.get("message", answer.text)}"')


class Wire:
    """Sends requests; `stopped` ends every wait and refuses what follows, as a cancelled context does."""

    def __init__(self, stopped: threading.Event) -> None:
        self._stopped = stopped
        self._trust = ssl.create_default_context()
        self._idle: dict[str, list[HTTPSConnection]] = defaultdict(list)

    def send(self, method: str, url: str, headers: Mapping[str, str], body: str | None = None) -> Answer:
        """The answer, whatever its status, after at most three further tries."""
        answer = self._exchange(method, url, headers, body)
        for usual_seconds in _RETRY_SECONDS:
            if str(answer.status) in _RETRIED or answer.code in _RETRIED:
                self.pause(usual_seconds, answer)
                answer = self._exchange(method, url, headers, body)
        return answer

    def pause(self, usual_seconds: float, answer: Answer | None = None) -> None:
        """Wait as long as the answer asks for, else as usual; milliseconds go first, as with azcore."""
        headers = answer.headers if answer else {}
        asked = [headers.get("x-ms-retry-after-ms", ""), f"{headers.get('retry-after', '-')}000"]
        milliseconds = next((float(text) for text in asked if text.isdigit()), usual_seconds * 1000)
        if self._stopped.wait(milliseconds / 1000):
            raise PluginError("context canceled")

    def _exchange(self, method: str, url: str, headers: Mapping[str, str], body: str | None) -> Answer:
        address = urlsplit(url)
        if address.scheme != "https" or address.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise PluginError(f"the stand-in azure-native plugin speaks https to this machine only, not to {url}")
        self.pause(0)

        def use(connection: HTTPSConnection) -> Answer:
            connection.request(method, f"{address.path}?{address.query}", body=body, headers=dict(headers))
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            answer = Answer(response.status, names, response.read().decode())
            self._idle[address.netloc] += [] if response.will_close else [connection]
            return answer

        with suppress(IndexError, HTTPException, OSError):  # a kept connection may have been closed meanwhile
            return use(self._idle[address.netloc].pop())
        try:
            return use(self._connect(address.netloc))
        except (HTTPException, OSError) as error:
            raise PluginError(f"{method} {url}: {error or type(error).__name__}") from error

    def _connect(self, netloc: str) -> HTTPSConnection:
        connection = HTTPSConnection(netloc, context=self._trust, timeout=120)
        until = time.monotonic() + _START_UP_SECONDS
        while time.monotonic() < until:
            with suppress(ConnectionRefusedError):
                connection.connect()
                return connection
            self.pause(0.05)
        raise ConnectionRefusedError(f"nothing listens at {netloc}")
