"""`ftdeploy ask`: one question to one deployment."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from ftdeploy.cli.output import print_data, print_json
from ftdeploy.cli.session import Session
from ftdeploy.cli.words import json_option, stack_argument

if TYPE_CHECKING:
    from ftdeploy.domain.observations import Answer
    from ftdeploy.domain.stacks import Account, Stack


@click.command
@stack_argument
@click.argument("deployment", help="A deployment of that stack, such as support-bot.")
@click.argument("question", help="What to ask, in quotes.")
@json_option
@click.pass_obj
def ask(session: Session, stack: str, deployment: str, question: str, *, as_json: bool) -> None:
    """Ask a deployment one question.

    It goes through the openai client, and its tokens are paid for.
    """
    from ftdeploy.report import answer as report
    from ftdeploy.workflows.ask import find_deployment
    from ftdeploy.workflows.check import load_wanted

    wanted = load_wanted(session.find_root(), stack, today=session.today)
    account, name = find_deployment(wanted, deployment)
    answer = asyncio.run(_ask(wanted, account, name, question, session))
    if as_json:
        print_json(report.to_json(name, answer))
    else:
        print_data(report.render_answer(answer))


async def _ask(wanted: Stack, account: Account, deployment: str, question: str, session: Session) -> Answer:
    from ftdeploy.workflows.ask import ask_deployment
    from ftdeploy.workflows.connections import open_azure

    async with open_azure(wanted, session.metadata_host) as azure:
        return await ask_deployment(
            account, deployment, question, accounts=azure.accounts, connect=azure.open_inference
        )
