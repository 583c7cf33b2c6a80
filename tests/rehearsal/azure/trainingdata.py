"""Training data for tests."""

from __future__ import annotations

import json
from typing import Any

CHAT = {
    "messages": [{"role": "user", "content": "Which sea is deepest?"}, {"role": "assistant", "content": "The Pacific."}]
}
PREFERENCE = {
    "input": {"messages": [{"role": "user", "content": "Which sea is deepest?"}]},
    "preferred_output": [{"role": "assistant", "content": "The Pacific."}],
    "non_preferred_output": [{"role": "assistant", "content": "No idea."}],
}
PROMPT = {"messages": [{"role": "user", "content": "Which sea is deepest?"}], "answer": "Pacific"}
COMPLETION = {"prompt": "The deepest sea is", "completion": " the Pacific."}


def write_lines(example: dict[str, Any] | str = CHAT, *, count: int = 10) -> bytes:
    """A file with the example so many times, with the byte order mark that the pages ask for."""
    line = example if isinstance(example, str) else json.dumps(example)
    return b"\xef\xbb\xbf" + "".join(f"{line}\n" for _ in range(count)).encode()
