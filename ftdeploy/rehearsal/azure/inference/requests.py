"""What a chat must be to be answered: its arguments, the order of its messages, the form that it prescribes.

Not emulated: arguments that some models do not have, types of arguments, pictures, schemas of tools, bounds of schemas.
"""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.rehearsal.azure.call import Call, Json
from ftdeploy.rehearsal.azure.errors import not_emulated
from ftdeploy.rehearsal.azure.inference import errors
from ftdeploy.rehearsal.azure.inference.prompts import read_text
from ftdeploy.rehearsal.azure.inference.versions import check_form_version

# azure-rest-api-specs cognitiveservices/data-plane/AzureOpenAI/inference 2024-10-21, createChatCompletionRequest.
_BOUNDS = {
    **{"temperature": (0, 2), "top_p": (0, 1), "presence_penalty": (-2, 2), "frequency_penalty": (-2, 2)},
    **{"n": (1, 128), "top_logprobs": (0, 20)},
}
_ROLES = ("system", "assistant", "user", "function", "tool", "developer")


def check_chat(call: Call, body: Json) -> None:
    """Let the body of a chat pass.

    Raises:
        Refusal: 400; the models refuse it. 501: it demands a function by the old argument.
    """
    _check_arguments(call, body)
    _check_bounds(call, body)
    _check_roles(call, body["messages"])
    _check_order(call, body["messages"])
    form = body.get("response_format")
    if isinstance(form, dict):
        check_form_version(call, form)
        _check_json_mode(call, form, body["messages"])
        check_schema(call, form.get("json_schema"), param="response_format")
    if isinstance(body.get("function_call"), dict):
        raise not_emulated("function_call of a chat")


def check_schema(call: Call, form: object, *, param: str, named: str | None = None) -> None:
    """Let a form with a schema pass: `{"name": "x", "strict": true, "schema": {…}}`.

    Raises:
        ModelError: 400; it is strict, and an object in it takes more properties than it lists, or lets some out.
    """
    if not isinstance(form, dict) or not form.get("strict"):
        return
    fault = next(_find_faults(form.get("schema"), ()), None)
    if fault is not None and call.leans_on("strict-schemas-are-closed"):
        raise errors.ModelError(
            f"Invalid schema for response_format '{form.get('name')}': {fault}", param=param, named=named
        )


def _check_arguments(call: Call, body: Json) -> None:
    known = call.world.settings.get_words("chatArguments")
    unknown = [each for each in body if each not in known]
    if unknown and call.leans_on("unknown-arguments-are-refused"):
        noun = "arguments" if len(unknown) > 1 else "argument"
        raise errors.bad_request(f"Unrecognized request {noun} supplied: {', '.join(sorted(unknown))}")


def _check_bounds(call: Call, body: Json) -> None:
    for name, (least, most) in _BOUNDS.items():
        value = body.get(name)
        if not isinstance(value, (int, float)) or least <= value <= most or not call.leans_on("numbers-have-bounds"):
            continue
        word = f"greater than the maximum of {most}" if value > most else f"less than the minimum of {least}"
        raise errors.bad_request(f"{value} is {word} - '{name}'")


def _check_roles(call: Call, messages: list[Json]) -> None:
    for number, message in enumerate(messages):
        role = message.get("role")
        if role in _ROLES or not call.leans_on("roles-are-known"):
            continue
        *others, last = (f"'{each}'" for each in _ROLES)
        raise errors.ModelError(
            f"Invalid value: '{role}'. Supported values are: {', '.join(others)}, and {last}.",
            param=f"messages[{number}].role",
            named="invalid_value",
        )


def _check_order(call: Call, messages: list[Json]) -> None:
    """A tool's message answers a call of the assistant's before it, and each call is answered."""
    open_ids: list[str] = []
    is_in_answers = False
    for number, message in enumerate([*messages, {"role": "user"}]):
        role = message.get("role")
        if role == "tool" and not is_in_answers and call.leans_on("tool-messages-answer-calls"):
            raise errors.bad_request(
                "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with "
                "'tool_calls'.",
                f"messages.[{number}].role",
            )
        if role == "tool":
            open_ids = [each for each in open_ids if each != message.get("tool_call_id")]
            continue
        if open_ids and call.leans_on("tool-messages-answer-calls"):
            raise errors.bad_request(
                "An assistant message with 'tool_calls' must be followed by tool messages responding to each "
                f"'tool_call_id'. The following tool_call_ids did not have response messages: {', '.join(open_ids)}",
                "messages",
            )
        open_ids = [str(each.get("id")) for each in _list_objects(message.get("tool_calls"))]
        is_in_answers = bool(open_ids)


def _check_json_mode(call: Call, form: Json, messages: list[Json]) -> None:
    said = " ".join(read_text(each.get("content")) for each in messages).lower()
    if form.get("type") == "json_object" and "json" not in said and call.leans_on("json-mode-needs-the-word"):
        raise errors.bad_request(
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
            "messages",
        )


def _find_faults(schema: object, place: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with each object in a schema, with where it is: `In context=('properties', 'a'), …`."""
    if not isinstance(schema, dict):
        return
    properties = _read_object(schema.get("properties"))
    if schema.get("type") == "object" or properties:
        if schema.get("additionalProperties") is not False:
            yield f"In context={place}, 'additionalProperties' is required to be supplied and to be false."
        required = schema.get("required")
        missing = [each for each in properties if not isinstance(required, list) or each not in required]
        if missing:
            yield (
                f"In context={place}, 'required' is required to be supplied and to be an array including every key in "
                f"properties. Missing '{missing[0]}'."
            )
    for name in ("properties", "$defs", "definitions"):
        for key, each in _read_object(schema.get(name)).items():
            yield from _find_faults(each, (*place, name, key))
    yield from _find_faults(schema.get("items"), (*place, "items"))
    for number, each in enumerate(_list_objects(schema.get("anyOf"))):
        yield from _find_faults(each, (*place, "anyOf", str(number)))


def _read_object(found: object) -> Json:
    return found if isinstance(found, dict) else {}


def _list_objects(found: object) -> list[Json]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
