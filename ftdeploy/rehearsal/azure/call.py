"""One request and one answer, as handlers see them: no web framework in between."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ftdeploy.rehearsal.azure.errors import Refusal, not_emulated, unreadable_body
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.tokens import Caller
from ftdeploy.rehearsal.azure.world import World

Json = dict[str, Any]
VERBS = {"GET": "read", "HEAD": "read", "PUT": "write", "PATCH": "write", "DELETE": "delete", "POST": "action"}
"""What a request is called in the actions of roles and in the activity log."""


@dataclass(slots=True, kw_only=True)
class Call:
    """A request on its way through the emulator."""

    world: World
    method: str
    path: str
    query: Mapping[str, str]
    """Names in lower case."""
    headers: Mapping[str, str]
    """Names in lower case."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """What the route's pattern found in the path."""
    body: bytes = b""
    base_url: str
    """How the client reached us: `https://127.0.0.1:20443`."""
    caller: Caller | None = None
    """Set once the token is verified."""
    auxiliary_tenants: list[str] = field(default_factory=list)
    struck: Refusal | None = None
    """What a fault lets the first deployment asked answer; taken by whoever lets it."""

    def leans_on(self, behaviour_id: str) -> bool:
        """Note that this request leans on a behaviour; False when that is switched off."""
        return self.world.switches.leans_on(behaviour_id)

    def needs(self, behaviour_id: str) -> None:
        """Note that this request is nothing but a behaviour.

        Raises:
            AzureError: 501; it is switched off.
        """
        if not self.leans_on(behaviour_id):
            raise not_emulated(f"{behaviour_id}, which is switched off")

    def read_json(self) -> Json:
        """The body.

        Raises:
            AzureError: 400; it is not a JSON object.
        """
        try:
            found = json.loads(self.body)
        except ValueError as error:
            raise unreadable_body(str(error)) from error
        if not isinstance(found, dict):
            raise unreadable_body("an object was expected")
        return found

    def get_caller(self) -> Caller:
        """Who asks.

        Raises:
            RuntimeError: the route does not verify tokens; a defect of the emulator.
        """
        if self.caller is None:
            raise RuntimeError("this route verifies no token")
        return self.caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer."""

    status: int = 200
    body: Json | list[Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    """Bytes instead of a body, of the media type that `headers` names."""
    events: Iterable[str] | None = None
    """Server-sent events instead of a body."""
    delay_seconds: float = 0.0
    """How long the answer is held, by the machine's clock: a fault's doing."""
    is_lost: bool = False
    """Whether the connection is closed instead of answering."""


Handler = Callable[[Call], Reply]
ArmHandler = Callable[[Call, ArmPath], Reply]
