"""Training data: JSON lines of chats, of preferences, or of prompts with completions.

Not emulated: what makes single images be skipped, and tools in examples are taken as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Example = dict[str, Any]
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_START = "Validation of jsonl file failed: "
_ROLES = ("system", "developer", "user", "assistant", "tool", "function")
_PREFERENCES = ("preferred_output", "non_preferred_output")
_IMAGES_PER_EXAMPLE = 64  # azure-ai-docs articles/ai-services/openai/how-to/fine-tuning-vision.md (2025-02-24)


class BadTrainingData(ValueError):
    """Why a file is no training data, as its `status_details` say."""


def read_examples(content: bytes) -> list[Example]:
    """The examples of a training file.

    Raises:
        BadTrainingData: it is not UTF-8, not JSON lines, or its lines are no examples of one kind.
    """
    examples = list(_read_lines(content))
    if not examples:
        raise BadTrainingData(f"{_START}No valid json line found in file.")
    for number, example in enumerate(examples, start=1):
        problem = find_problem(example)
        if problem:
            raise BadTrainingData(f"{_START}{problem} (line {number})")
    if len({get_kind(each) for each in examples}) > 1:
        raise BadTrainingData(f"{_START}All lines must have the same format.")
    return examples


def get_kind(example: Example) -> str:
    """`chat`, `preference`, `completion`, or an empty text for what is no example."""
    if "messages" in example:
        return "chat"
    if "input" in example:
        return "preference"
    return "completion" if "completion" in example else ""


def find_problem(example: Example) -> str:
    """What is wrong with one example; empty when nothing is."""
    kind = get_kind(example)
    if kind == "chat":
        return _check_chat(example["messages"])
    if kind == "preference":
        return _check_preference(example)
    if kind == "completion" and set(example) - {"prompt", "context"} == {"completion"}:
        return ""
    return 'Each line\'s json may only contain two properties: ("context" or "prompt") and "completion".'


def _read_lines(content: bytes) -> Iterator[Example]:
    try:
        text = content.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadTrainingData(f"{_START}The file is not encoded in UTF-8.") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _read_line(line, number)


def _read_line(line: str, number: int) -> Example:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise BadTrainingData(f"{_START}Line {number} is not a valid json object.") from error
    if not isinstance(found, dict):
        raise BadTrainingData(f"{_START}Line {number} is not a valid json object.")
    return found


def _check_chat(messages: object) -> str:
    if not isinstance(messages, list) or not messages:
        return 'Property "messages" must be a list with at least one message.'
    for message in messages:
        problem = _check_message(message)
        if problem:
            return problem
    images = sum(_count_images(each) for each in messages)
    if images > _IMAGES_PER_EXAMPLE:
        return f"An example may contain at most {_IMAGES_PER_EXAMPLE} images."
    if _is_for_reinforcement(messages):
        return ""
    if not any(each["role"] == "assistant" for each in messages):
        return "Each example must contain at least one message of role assistant."
    return ""


def _is_for_reinforcement(messages: list[Example]) -> bool:
    """Reinforcement learns from prompts: their last message is the user's."""
    return bool(messages[-1]["role"] == "user")


def _check_message(message: object) -> str:
    if not isinstance(message, dict) or message.get("role") not in _ROLES:
        return f"Each message must have a role of {', '.join(_ROLES)}."
    if message.get("weight", 1) not in (0, 1):
        return "The weight of a message can only be 0 or 1."
    if message["role"] == "assistant" and _count_images(message):
        return "Messages of role assistant cannot contain images."
    has_content = message.get("content") is not None
    if not has_content and not message.get("tool_calls") and not message.get("function_call"):
        return "Each message must have content."
    return ""


def _count_images(message: Example) -> int:
    content = message.get("content")
    parts = content if isinstance(content, list) else ()
    return sum(isinstance(each, dict) and each.get("type") == "image_url" for each in parts)


def _check_preference(example: Example) -> str:
    if set(example) != {"input", *_PREFERENCES}:
        return "Each line must contain exactly the properties input, preferred_output and non_preferred_output."
    asked = example["input"]
    if not isinstance(asked, dict) or not asked.get("messages"):
        return 'Property "input" must contain messages.'
    return next(filter(None, (_check_output(example[name], name) for name in _PREFERENCES)), "")


def _check_output(output: object, name: str) -> str:
    roles = [each.get("role") for each in output if isinstance(each, dict)] if isinstance(output, list) else []
    if "assistant" not in roles:
        return f'Property "{name}" must contain at least one message of role assistant.'
    return (
        "" if set(roles) <= {"assistant", "tool"} else f'Property "{name}" can only contain roles assistant and tool.'
    )
