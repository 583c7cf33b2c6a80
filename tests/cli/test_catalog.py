"""`ftdeploy catalog`, as commands; a refresh asks the pretend Azure."""

from __future__ import annotations

import json

WRONG = """\
# ours
ptu:
  - id: gpt-4o-mini-live
    base: gpt-4o-mini
    regional: {minimum_ptu: 75, step_ptu: 75}
    shared: {minimum_ptu: 15, step_ptu: 5}
    input_tpm_per_ptu: 37000
    output_weight_input_tokens: 4
    latency_target: "99 % over 33 tokens a second"
    from: "2026-01-01"
    source: https://contoso.example/
    checked: "2026-01-01"
"""


def test_figures_are_shown_with_their_sources(command):
    figures = json.loads(command("catalog", "show", "limits", "--json").out)

    assert {each["kind"] for each in figures} == {"limits"}
    assert all(each["source"].startswith("https://") for each in figures)


def test_changes_are_told_as_what_came_and_went(command):
    told = command("catalog", "diff", "availabilities", "--since", "2025-03-03", "--as-of", "2025-03-04")

    assert told.exit_code == 0
    assert "with italynorth, spaincentral" in told.out


def test_no_changes_are_told(command):
    told = command("catalog", "diff", "rates", "--since", "2026-11-26", "--as-of", "2026-11-26")

    assert (told.out, told.error) == ("", "nothing changed between 2026-11-26 and 2026-11-26\n")


def test_stale_figures_fail(command):
    assert command("catalog", "stale", "--days", "1").exit_code == 1
    assert command("catalog", "stale", "--days", "99999").exit_code == 0


def test_unknown_kind_is_refused(command):
    told = command("catalog", "show", "prizes")

    assert (told.exit_code, "allowed: regions, ptu_sizes" in told.error) == (1, True)


def test_refresh_mends_the_lock(on_azure):
    (on_azure.root / "catalog.lock.yaml").write_text(WRONG, encoding="utf-8")

    told = on_azure("catalog", "refresh", "prod", "--json")

    changes = {each["name"]: (each["before"], each["after"]) for each in json.loads(told.out)["changes"]}
    assert changes == {"minimum_ptu": ("75", "25"), "step_ptu": ("75", "25")}
    assert (on_azure.root / "catalog.lock.yaml").read_text(encoding="utf-8") == "# ours\n"


def test_refresh_without_news_writes_no_file(on_azure):
    told = on_azure("catalog", "refresh", "prod")

    assert (told.exit_code, told.error) == (0, "asked about swedencentral: 0 figures changed\n")
    assert not (on_azure.root / "catalog.lock.yaml").exists()


def test_bad_lock_is_told_by_every_command(command):
    (command.root / "catalog.lock.yaml").write_text("prices: 7\n", encoding="utf-8")

    assert command("check").exit_code == 1
    assert "catalog.lock.yaml" in command("cost").error
