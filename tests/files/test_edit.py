"""One scalar is changed in place, and every other byte is left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdeploy.domain.promotion import Edit
from ftdeploy.errors import InputError
from ftdeploy.files.edit import apply_edits, edit_bytes
from ftdeploy.files.parse import parse_bytes

PATH = ("accounts", "support", "model")
BEFORE = b"# h\xc3\xa9ad\naccounts:\n  support: # here\n    model: bot@1 # c\xf0\x9f\x98\x80\n    ptu: 50\n"


def edit(old="bot@1", new="bot@2", path=PATH, file="dev.yaml"):
    return Edit(file=file, path=path, old=old, new=new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"model: bot@1 # x", b"model: bot@2 # x", id="comment"),
        pytest.param(b"model: 'bot@1'", b"model: 'bot@2'", id="single quotes"),
        pytest.param(b'model: "bot@1"', b'model: "bot@2"', id="double quotes"),
        pytest.param(b"{model:  bot@1,a: 1}", b"{model:  bot@2,a: 1}", id="braces"),
        pytest.param(b"a: 1\r\nmodel: bot@1\r\nb: 2\r\n", b"a: 1\r\nmodel: bot@2\r\nb: 2\r\n", id="windows line ends"),
        pytest.param(b"\xef\xbb\xbfmodel: bot@1\n", b"\xef\xbb\xbfmodel: bot@2\n", id="byte order mark"),
        pytest.param("# ü😀\nmodel: bot@1\n".encode(), "# ü😀\nmodel: bot@2\n".encode(), id="wide characters"),
        pytest.param(b"a: bot@1\nmodel: bot@1", b"a: bot@1\nmodel: bot@2", id="no line end at the end"),
    ],
)
def test_only_the_scalar_changes(before, after):
    assert edit_bytes(before, edit(path=("model",))) == after


@settings(deadline=None)
@given(new=st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc"]), max_size=30))
def test_any_text_is_read_back_and_no_other_byte_moves(new):
    after = edit_bytes(BEFORE, edit(new=new))

    head, tail = BEFORE.split(b"bot@1")
    assert after.startswith(head)
    assert after.endswith(tail)
    wanted = {"accounts": {"support": {"model": new, "ptu": 50}}}
    assert parse_bytes(after, "dev.yaml").value == wanted


@settings(deadline=None)
@given(
    comment=st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff")
    ),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quote=st.sampled_from(["", "'", '"']),
)
def test_whatever_stands_around_stays(comment, line_end, quote):
    lines = [
        f"# {comment}",
        "accounts:",
        "  support:",
        f"    model: {quote}bot@1{quote} # {comment}",
        "    z: [1, 'x']",
        "",
    ]
    before = line_end.join(lines).encode()

    after = edit_bytes(before, edit())

    assert after == before.replace(f"model: {quote}bot@1".encode(), f"model: {quote}bot@2".encode())


def test_editing_back_gives_the_same_bytes():
    there = edit_bytes(BEFORE, edit())

    assert edit_bytes(there, edit(old="bot@2", new="bot@1")) == BEFORE


@pytest.mark.parametrize(
    ("before", "path", "words"),
    [
        pytest.param(b"a: 1\n", ("model",), "the key is missing", id="missing key"),
        pytest.param(b"model: other\n", ("model",), "`bot@1` was expected", id="another value"),
        pytest.param(b"model: {name: x}\n", ("model",), "not a single line", id="mapping"),
        pytest.param(b"model: |\n  bot@1\n", ("model",), "not a single line", id="block"),
        pytest.param(b"model: bot@1\nmodel: bot@1\n", ("model",), "stands twice", id="duplicate key"),
        pytest.param(b"model: [\n", ("model",), "not closed|missing", id="broken file"),
    ],
)
def test_edit_that_cannot_be_made_is_refused(before, path, words):
    with pytest.raises(InputError, match=words):
        edit_bytes(before, edit(path=path))


def test_files_are_all_changed_or_none(tmp_path):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_bytes(BEFORE)
    bad.write_bytes(b"a: 1\n")

    with pytest.raises(InputError, match="the key is missing"):
        apply_edits(tmp_path, [edit(file="good.yaml"), edit(file="bad.yaml")])

    assert good.read_bytes() == BEFORE


def test_mode_and_link_are_kept(tmp_path):
    real, link = tmp_path / "real.yaml", tmp_path / "dev.yaml"
    real.write_bytes(BEFORE)
    real.chmod(0o640)
    link.symlink_to(real)

    apply_edits(tmp_path, [edit()])

    assert link.is_symlink()
    assert real.read_bytes() == BEFORE.replace(b"bot@1", b"bot@2")
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in tmp_path.iterdir()) == ["dev.yaml", "real.yaml"]


def test_file_that_changed_since_it_was_read_is_left_alone(tmp_path):
    path = tmp_path / "dev.yaml"
    path.write_bytes(BEFORE.replace(b"bot@1", b"bot@9"))

    with pytest.raises(InputError, match="changed since it was read"):
        apply_edits(tmp_path, [edit()])

    assert b"bot@9" in path.read_bytes()
