"""The first journey: stack `dev` on the pretend Azure, from nothing to nothing."""

from __future__ import annotations


def test_dev_goes_up_stays_and_leaves_nothing(repository):
    first = repository.up("dev")
    again = repository.up("dev")
    made = repository.made()
    repository.rehearse("destroy", "dev", "--engine", repository.engine)

    assert first["changes"]["create"] > 0
    assert first["outputs"]["deployments"] == {"support": ["support-bot"]}
    assert {op for op, count in again["changes"].items() if count} == {"same"}
    assert any(each.endswith("/deployments/support-bot") for each in made)
    assert repository.made() == set()


def test_tour_answers_and_says_what_is_next(repository):
    first = repository.rehearse("tour")
    again = repository.rehearse("tour")

    assert "nothing changed" not in first.stderr
    assert "next, from an activated .venv" in first.stderr
    assert "ft-" in first.stdout
    assert "nothing changed" in again.stderr
