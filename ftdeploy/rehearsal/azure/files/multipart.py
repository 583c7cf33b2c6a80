"""Forms with files in them: `multipart/form-data`, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from ftdeploy.rehearsal.azure.authoring.errors import invalid_payload
from ftdeploy.rehearsal.azure.call import Call

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_ANY_FOLDER = re.compile(r".*[/\\]")


@dataclass(slots=True)
class Part:
    """One field of a form."""

    headers: dict[str, str] = field(default_factory=dict)
    """Names in lower case."""
    content: bytearray = field(default_factory=bytearray)

    @property
    def field_name(self) -> str:
        """The name of the field, such as `purpose`."""
        return self._read_option(b"name")

    @property
    def file_name(self) -> str:
        """The name of the file without folders; empty for a plain field."""
        return _ANY_FOLDER.sub("", self._read_option(b"filename"))

    @property
    def content_type(self) -> str:
        """What the part says it is; empty when it says nothing."""
        return self.headers.get("content-type", "").strip()

    @property
    def text(self) -> str:
        """The content of a plain field."""
        return self.content.decode("utf-8", "replace")

    def _read_option(self, name: bytes) -> str:
        _, options = parse_options_header(self.headers.get("content-disposition", "").encode())
        return options.get(name, b"").decode("utf-8", "replace")


def read_form(call: Call) -> dict[str, Part]:
    """The fields of the request's form by name.

    Raises:
        AzureError: 400; the body is no such form.
    """
    kind, options = parse_options_header(call.headers.get("content-type", "").encode())
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise invalid_payload("The request is not a multipart/form-data request with a boundary.")
    reader = _Reader()
    try:
        parser = MultipartParser(options[b"boundary"], reader.build_callbacks())
        parser.write(call.body)
        parser.finalize()
    except MultipartParseError as error:
        raise invalid_payload("The request body is not a valid form.") from error
    return {part.field_name: part for part in reader.parts}


class _Reader:
    """Collects what the parser calls out."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._name = bytearray()
        self._value = bytearray()

    def build_callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": lambda: self.parts.append(Part()),
            "on_part_data": lambda data, start, end: self.parts[-1].content.extend(data[start:end]),
            "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._end_header,
        }

    def _end_header(self) -> None:
        self.parts[-1].headers[self._name.decode("latin-1").lower()] = self._value.decode("utf-8", "replace")
        self._name.clear()
        self._value.clear()
