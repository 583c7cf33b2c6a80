from __future__ import annotations

import pytest

from ftdeploy.domain.observations import Answer
from ftdeploy.domain.promotion import Edit
from ftdeploy.errors import Place, Problem
from ftdeploy.report import answer, check, promotion

EDIT = Edit(file="stacks/prod.yaml", path=("accounts", "a", "model"), old="bot@1", new="bot@2")
PROBLEM = Problem(
    problem="20 PTU is too few", where=Place(name="stacks/dev.yaml", line=14, key="ptu"), fix="set `ptu: 25`", rule="r"
)


@pytest.mark.parametrize(
    ("stacks", "deployments", "said"),
    [
        (3, 4, "3 stacks, 4 deployments: no problems"),
        (1, 1, "1 stack, 1 deployment: no problems"),
        (0, 0, "0 stacks, 0 deployments: no problems"),
    ],
    ids=["several", "one", "none"],
)
def test_check_without_problems_is_one_line(stacks, deployments, said):
    assert check.render_check((), stack_count=stacks, deployment_count=deployments) == said


def test_check_with_problems_tells_them():
    assert check.render_check((PROBLEM,), stack_count=1, deployment_count=1) == str(PROBLEM)
    assert check.to_json((PROBLEM,), stack_count=1, deployment_count=1)["problems"] == [
        {
            "file": "stacks/dev.yaml",
            "line": 14,
            "key": "ptu",
            "level": "mandatory",
            "rule": "r",
            "resource": None,
            "problem": "20 PTU is too few",
            "fix": "set `ptu: 25`",
            "allowed": [],
            "source": None,
        }
    ]


@pytest.mark.parametrize(
    ("edits", "commit", "said"),
    [
        ((), "", "nothing to do: bot@2 is in every stack of stage prod that runs its name"),
        ((EDIT,), "", "stacks/prod.yaml accounts.a.model: bot@1 -> bot@2\ndry run: no file was changed"),
        (
            (EDIT,),
            "1f2e3d4",
            "stacks/prod.yaml accounts.a.model: bot@1 -> bot@2\n"
            "committed as 1f2e3d4\n"
            "next: `pulumi up -s prod`, or rehearse it with `rehearse up prod`",
        ),
    ],
    ids=["nothing", "dry", "committed"],
)
def test_promotion_tells_edits_and_what_became_of_them(edits, commit, said):
    told = promotion.Told(model="bot@2", stage="prod", edits=edits, commit=commit)

    assert promotion.render_promotion(told) == said


def test_promotion_as_json_has_null_without_a_commit():
    told = promotion.Told(model="bot@2", stage="prod", edits=(EDIT,), commit="")

    assert promotion.to_json(told) == {
        "model": "bot@2",
        "stage": "prod",
        "edits": [{"file": "stacks/prod.yaml", "key": "accounts.a.model", "old": "bot@1", "new": "bot@2"}],
        "commit": None,
    }


@pytest.mark.parametrize(
    ("reason", "ended"), [("stop", ""), ("length", "\nended by: length")], ids=["whole", "cut-short"]
)
def test_answer_tells_model_tokens_and_an_unusual_end(reason, ended):
    given = Answer(text="Because.", model="m", finish_reason=reason, prompt_tokens=3, completion_tokens=2)

    assert answer.render_answer(given) == f"Because.\n\nmodel: m\ntokens: 3 in, 2 out{ended}"
    assert answer.to_json("bot", given)["finishReason"] == reason
