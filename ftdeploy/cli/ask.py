"""`ftdeploy ask`: one question to one deployment."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from ftdeploy.cli.output import Json, print_data, print_json
from ftdeploy.cli.session import Session, get_session

if TYPE_CHECKING:
    from ftdeploy.domain.observations import Answer
    from ftdeploy.domain.stacks import Account, Stack


def ask(
    context: typer.Context,
    stack: Annotated[str, typer.Argument(metavar="STACK", help="A stack's name: stacks/<STACK>.yaml.")],
    deployment: Annotated[
        str, typer.Argument(metavar="DEPLOYMENT", help="A deployment of that stack, such as support-bot.")
    ],
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What to ask, in quotes.")],
    *,
    as_json: Json = False,
) -> None:
    """Ask a deployment one question.

    It goes through the openai client, and its tokens are paid for.
    """
    from ftdeploy.report import answer as report
    from ftdeploy.workflows.ask import find_deployment
    from ftdeploy.workflows.check import load_wanted

    session = get_session(context)
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
