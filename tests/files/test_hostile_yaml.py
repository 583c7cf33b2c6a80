"""YAML that is wrong, or meant to harm: one clean problem with a line, quickly, and never a traceback."""

import os

import pytest

from ftdeploy.errors import InputError
from ftdeploy.files.documents import LIMIT_BYTES, read_bytes
from ftdeploy.files.parse import parse_bytes, parse_text, read_scalar

BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)

CASES = [
    pytest.param(b"", 1, "empty", id="empty"),
    pytest.param(b"# nothing\n", 1, "empty", id="only a comment"),
    pytest.param(b"null\n", 1, "empty", id="null"),
    pytest.param(b"- a\n", 1, "no mapping", id="list"),
    pytest.param(b"a: 1\nb: &x 1\n", 2, "`&x`", id="anchor"),
    pytest.param(b"a: 1\nb: *x\n", 2, "`*x`", id="alias"),
    pytest.param(BOMB.encode(), 1, "`&a`", id="alias bomb"),
    pytest.param(b"a: 1\n<<: {b: 1}\n", 2, "`<<`", id="merge key"),
    pytest.param(b"a: !!python/object/apply:os.system [id]\n", 1, "tag", id="Python tag"),
    pytest.param(b"a: !secret x\n", 1, "tag", id="tag of one's own"),
    pytest.param(b"a: !x!y z\n", 1, "a tag stands here", id="tag without handle"),
    pytest.param(b"a: 1\nb: 2\na: 3\n", 3, "`a` stands twice, first in line 1", id="duplicate key"),
    pytest.param(b"a: {b: 1, b: 2}\n", 1, "`b` stands twice", id="duplicate key in braces"),
    pytest.param(b"? [a]\n: 1\n", 1, "a key is a mapping or list", id="list as key"),
    pytest.param(b"a: 1\n---\nb: 1\n", 2, "a second document", id="two documents"),
    pytest.param(b"%YAML 1.1\n---\na: 1\n", 1, "directive", id="directive"),
    pytest.param(b"a:\n\tb: 1\n", 2, "a tab", id="tab"),
    pytest.param(b"a: 1\nb: x\x00y\n", 2, "U+0000", id="NUL byte"),
    pytest.param(b"a: \x1b[31m\n", 1, "U+001B", id="escape sequence"),
    pytest.param("a: x\u2028b: y\n".encode(), 1, "U+2028", id="hidden line end"),
    pytest.param(b"a: 1\nb: \xff\xfe\n", 2, "not UTF-8", id="not UTF-8"),
    pytest.param("a: 1\n".encode("utf-16"), 1, "not UTF-8", id="UTF-16"),
    pytest.param(b"a: 1\nb: 'x\n", 2, "never closed", id="open quote"),
    pytest.param(b"a: [1\nb: 2\n", 2, "not closed", id="open bracket"),
    pytest.param(b"a: @x\n", 1, "cannot begin a value", id="reserved character"),
    pytest.param(b"a: b: c\n", 1, "a `:` stands", id="two colons"),
    pytest.param(b'a: "\\q"\n', 1, "no escape", id="unknown escape"),
    pytest.param(b"  a: 1\nb: 2\n", 2, "indentation", id="indentation"),
    pytest.param(b"a: " + b"[" * 200_000, 1, "levels", id="deep list"),
    pytest.param(b"{a: " * 100_000, 1, "levels", id="deep mapping"),
    pytest.param(b"- " * 100_000, 1, "levels", id="deep block"),
    pytest.param(b"a: 2024-07-18\n", 1, "not quoted", id="date"),
    pytest.param(b"a: 1\nb:\n", 2, "`b` has no value", id="key without value"),
    pytest.param(b"a: 1\n" * 2_000, 2, "stands twice", id="one mistake many times"),
    pytest.param(b"? " + b"a" * 200_000 + b"\n", 1, "cannot be a key", id="long key"),
    pytest.param(b'"a\\e[31m": 1\n', 1, "`a\\x1b[31m` cannot be a key", id="escape sequence in a key"),
]


def find_problems(data):
    try:
        return parse_bytes(data, "dev.yaml").problems
    except InputError as error:
        return error.problems


@pytest.mark.parametrize(("data", "line", "words"), CASES)
def test_hostile_text_gives_a_problem_with_its_line(data, line, words):
    problems = find_problems(data)

    assert problems[0].where.line == line
    assert words in problems[0].problem
    assert len(problems) <= 50
    assert len(str(problems[0])) < 1_000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("yes", "yes", id="yes is text"),
        pytest.param("Off", "Off", id="off is text"),
        pytest.param("010", "010", id="octal is text"),
        pytest.param("0x1f", "0x1f", id="hex is text"),
        pytest.param("1_000", "1_000", id="underscored is text"),
        pytest.param("12:30:30", "12:30:30", id="base 60 is text"),
        pytest.param(".inf", ".inf", id="infinity is text"),
        pytest.param("9" * 5_000, "9" * 5_000, id="endless number is text"),
        pytest.param("1e9999", "1e9999", id="endless exponent is text"),
        pytest.param("true", True, id="boolean"),
        pytest.param("-12", -12, id="number"),
        pytest.param("1.5", 1.5, id="fraction"),
        pytest.param("~", None, id="null"),
    ],
)
def test_plain_scalar_means_what_yaml_1_2_says(text, value):
    found = read_scalar(text)

    assert found == value
    assert type(found) is type(value)


def test_quoted_scalar_is_always_text():
    assert parse_text("a: '1'\nb: \"true\"\nc: |\n  2\n", "x").value == {"a": "1", "b": "true", "c": "2\n"}


def test_byte_order_mark_and_windows_line_ends_are_read():
    document = parse_bytes(b"\xef\xbb\xbfa: 1\r\nb: {c: x}\r\n", "x")

    assert document.value == {"a": 1, "b": {"c": "x"}}
    assert document.place(("b", "c")).line == 2


def test_key_with_dots_is_found_by_its_dotted_path():
    document = parse_text("a:\n  gpt-4.1-bot:\n    ptu: 1\n  gpt-4:\n    l:\n      - x: 1\n", "x")

    assert document.find_path("a.gpt-4.1-bot.ptu") == ("a", "gpt-4.1-bot", "ptu")
    assert document.find_path("a.gpt-4.l[0].x") == ("a", "gpt-4", "l", 0, "x")
    assert document.place(document.find_path("a.gpt-4.1-bot.sku")).line == 2


def test_huge_file_is_refused_unread(tmp_path):
    path = tmp_path / "dev.yaml"
    with path.open("wb") as file:
        file.truncate(LIMIT_BYTES + 1)

    with pytest.raises(InputError, match="4,000,001 bytes"):
        read_bytes(path, "dev.yaml")


def test_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "dev.yaml")

    with pytest.raises(InputError, match="there is no file"):
        read_bytes(tmp_path / "dev.yaml", "dev.yaml")


def test_folder_is_refused(repository):
    (repository.root / "fleet.yaml").unlink()
    (repository.root / "fleet.yaml").mkdir()

    (found,) = repository.find_problems()

    assert "no file `fleet.yaml`" in found.problem
