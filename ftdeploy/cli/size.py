"""`ftdeploy size`: how much provisioned throughput a load needs, and what it costs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ftdeploy.cli.output import print_json, print_table, tell
from ftdeploy.cli.session import Session
from ftdeploy.cli.words import PATH, as_of_option, json_option
from ftdeploy.errors import InputError, refuse

if TYPE_CHECKING:
    from ftdeploy.domain.stacks import Load


@click.command
@click.option("--model", required=True, help="A base model, a fine-tuned model, or <name>@<id> of models/.")
@click.option("--rpm", type=click.IntRange(min=1), help="Requests a minute at the peak.")
@click.option("--prompt-tokens", type=click.IntRange(min=1), help="Mean tokens of a prompt.")
@click.option("--completion-tokens", type=click.IntRange(min=0), help="Mean tokens of a completion.")
@click.option(
    "--cache-rate", default="0", show_default=True, help="Share of prompt tokens from the cache, from 0 to 1."
)
@click.option("--traffic", type=PATH, metavar="FILE.csv", help="A row a minute instead: see the guide.")
@click.option("--plot", type=PATH, metavar="FILE", help="Draw the traffic: .svg or .png.")
@as_of_option
@json_option
@click.pass_obj
def size(  # noqa: PLR0913 options are arguments
    session: Session,
    *,
    model: str,
    rpm: int | None,
    prompt_tokens: int | None,
    completion_tokens: int | None,
    cache_rate: str,
    traffic: Path | None,
    plot: Path | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Size provisioned throughput for a load, or for measured traffic."""
    from ftdeploy.workflows.size import find_sized_model

    sized = find_sized_model(model, root=_find_root(session), today=as_of or session.today)
    if traffic is not None:
        from ftdeploy.files.traffic import read_traffic
        from ftdeploy.report import traffic as report
        from ftdeploy.workflows.size import size_traffic

        found = size_traffic(sized, read_traffic(traffic))
        if plot is not None:
            report.draw(found, plot)
            tell(f"drawn: {plot}")
        if as_json:
            print_json(report.to_json(found))
        else:
            print_table(report.build_table(found))
            tell(report.render_remarks(found))
        return
    from ftdeploy.report import size as size_report
    from ftdeploy.workflows.size import size_model

    result = size_model(sized, _read_load(rpm, prompt_tokens, completion_tokens), cache_rate=_read_rate(cache_rate))
    if as_json:
        print_json(size_report.to_json(result))
    else:
        print_table(size_report.build_table(result))
        tell(size_report.render_remarks(result))


def _find_root(session: Session) -> Path | None:
    """A base model can be sized anywhere."""
    try:
        return session.find_root()
    except InputError:
        return None


def _read_load(rpm: int | None, prompt_tokens: int | None, completion_tokens: int | None) -> Load:
    from ftdeploy.domain.stacks import Load

    if rpm is None or prompt_tokens is None or completion_tokens is None:
        fix = "give `--rpm`, `--prompt-tokens` and `--completion-tokens`, or `--traffic FILE.csv`"
        raise refuse("there is no load to size for", where="ftdeploy size", fix=fix)
    return Load(rpm=rpm, prompt_tokens=prompt_tokens, completion_tokens=completion_tokens)


def _read_rate(text: str) -> Fraction:
    try:
        rate = Fraction(text)
    except (ValueError, ZeroDivisionError):
        rate = Fraction(-1)
    if not 0 <= rate <= 1:
        raise refuse(f"`{text}` is no share", where="--cache-rate", fix="write a number from 0 to 1, such as `0.5`")
    return rate
