"""Every finding that a rule can make, as people read it: `python -m tests.rules.words` writes `words.txt` again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ftdeploy.domain.abilities import Ability
from ftdeploy.domain.facts import (
    Facts,
    Lifecycle,
    Limit,
    LimitName,
    Offer,
    Price,
    Right,
    TokenPrices,
    Training,
)
from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.domain.rules import RULES
from ftdeploy.domain.skus import Sku
from ftdeploy.domain.stacks import Load, WhenIdle
from ftdeploy.domain.terms import GUARDED, DataStays, Terms
from ftdeploy.domain.wishes import AccessWish, FleetWish, Wish
from tests.facts import CITED, make_facts
from tests.facts import FACTS as SMALL
from tests.rules.conftest import ACCOUNT, STACK, WISH, place

FILE = Path(__file__).parent / "words.txt"
MINI, O4 = "gpt-4o-mini", BaseModel(name="o4-mini", version="2025-04-16")
DAY = date(2026, 3, 19)
FACTS = make_facts(
    regions=SMALL.regions | {"westeurope": SMALL.regions["swedencentral"]},
    offers={
        (MINI, Sku.STANDARD): Offer(regions=frozenset({"swedencentral", "northcentralus"}), **CITED),
        (MINI, Sku.GLOBAL_STANDARD): Offer(
            regions=None, is_preview=True, lacks=frozenset({Ability.STRUCTURED_OUTPUT}), **CITED
        ),
        (MINI, Sku.PROVISIONED): Offer(regions=frozenset({"swedencentral"}), **CITED),
    },
    trainings={
        WISH.base: Training(
            methods=("SFT",),
            regions_by_type={},
            abilities=frozenset({Ability.STRUCTURED_OUTPUT, Ability.TOOLS}),
            **CITED,
        )
    },
    lifecycles={WISH.base: Lifecycle(training_retires=None, deployment_retires=date(2027, 2, 24), **CITED)},
    limits={name: Limit(most=2, **CITED) for name in LimitName}
    | {LimitName.PTU_PER_DEPLOYMENT: Limit(most=100, **CITED)},
    hosting_prices={(MINI, Sku.STANDARD): Price(amount_usd=Decimal("1.70"), since=DAY, **CITED)},
    token_prices={
        (MINI, Sku.STANDARD): TokenPrices(
            input_usd=Decimal(1), cached_input_usd=None, output_usd=Decimal(4), since=DAY, **CITED
        )
    },
)
ONE_PER_MODEL = replace(FACTS, limits={LimitName.DEPLOYMENTS_PER_FINE_TUNED_MODEL: Limit(most=1, **CITED)})
STANDARD = replace(WISH, sku_text="Standard", capacity=10, when_idle=WhenIdle.KEEP)
CHECKPOINT = "ftchkpt-e559c011ecc04fc68eaa339d8227d02d"
PARTNER = AccountId(subscription="20000000-0000-4000-8000-0000000000f1", resource_group="g", name="partner")
LOAD = Load(rpm=1_000, prompt_tokens=1_000, completion_tokens=200)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a rule is asked about; it must find something where `is_broken`, and nothing otherwise."""

    rule: str
    name: str
    wish: Wish
    is_broken: bool = True
    facts: Facts = FACTS
    limits: dict[str, Any] = field(default_factory=dict)


def _bot(
    rule: str, label: str, /, *, is_broken: bool = True, facts: Facts = FACTS, limits: Any = None, **changes: Any
) -> Case:
    wish = replace(STANDARD, **changes)
    return Case(rule=rule, name=label, wish=wish, is_broken=is_broken, facts=facts, limits=limits or {})


def _account(
    rule: str,
    label: str,
    /,
    *bots: Wish,
    is_broken: bool = True,
    facts: Facts = FACTS,
    limits: Any = None,
    **changes: Any,
) -> Case:
    wish = replace(ACCOUNT, deployments=bots, **changes)
    return Case(rule=rule, name=label, wish=wish, is_broken=is_broken, facts=facts, limits=limits or {})


def _stack(
    rule: str, label: str, /, *bots: Wish, is_broken: bool = True, facts: Facts = FACTS, limits: Any = None
) -> Case:
    wish = replace(STACK, accounts=(replace(ACCOUNT, deployments=bots),))
    return Case(rule=rule, name=label, wish=wish, is_broken=is_broken, facts=facts, limits=limits or {})


def _access(*rights: Right, principal: str | None = "Ada", role: str = "A role") -> AccessWish:
    return AccessWish(place=place, principal=principal, role=role, rights=frozenset(rights))


def _fleet(rule: str, name: str, *ids: AccountId | None, is_broken: bool = True) -> Case:
    stacks = tuple(
        replace(
            STACK,
            scope=replace(STACK.scope, stack=f"stack-{number}"),
            accounts=(replace(ACCOUNT, id=each, name=each.name if each else None),),
        )
        for number, each in enumerate(ids)
    )
    return Case(rule=rule, name=name, wish=FleetWish(stacks=stacks), is_broken=is_broken)


def _id(subscription: str, name: str) -> AccountId:
    return AccountId(subscription=subscription, resource_group="g", name=name)


def list_cases() -> Iterator[Case]:
    """Every branch of every rule."""
    yield from _list_sizes()
    yield from _list_offers()
    yield from _list_data()
    yield from _list_declared()
    yield from _list_accounts()
    yield from _list_sums()


def _list_sizes() -> Iterator[Case]:
    rule = "ptu-at-legal-size"
    yield replace(_bot(rule, "between two"), wish=replace(WISH, capacity=40))
    yield replace(_bot(rule, "no base"), wish=replace(WISH, base=None))
    yield replace(_bot(rule, "no figure"), wish=replace(WISH, base=O4))
    yield replace(_bot(rule, "no figure for the type"), wish=replace(WISH, sku_text="GlobalProvisionedManaged"))
    yield replace(_bot(rule, "unknown capacity", is_broken=False), wish=replace(WISH, capacity=None))
    rule = "ptu-carries-load"
    yield replace(_bot(rule, "too small"), wish=replace(WISH, capacity=25, load=LOAD))
    yield replace(_bot(rule, "enough", is_broken=False), wish=replace(WISH, capacity=50, load=LOAD))
    exactly = Load(rpm=925, prompt_tokens=1_000, completion_tokens=0)
    yield replace(_bot(rule, "exactly enough", is_broken=False), wish=replace(WISH, capacity=25, load=exactly))
    yield _bot(rule, "token SKU", is_broken=False, load=LOAD)
    yield _bot(rule, "no SKU that anybody knows", is_broken=False, load=LOAD, sku_text="x")
    yield replace(_bot(rule, "no base", is_broken=False), wish=replace(WISH, load=LOAD, base=None))
    yield replace(_bot(rule, "unknown capacity", is_broken=False), wish=replace(WISH, capacity=None, load=LOAD))
    rule = "ptu-near-load"
    yield replace(_bot(rule, "two steps above"), wish=replace(WISH, capacity=100, load=LOAD))
    yield replace(_bot(rule, "one step above", is_broken=False), wish=replace(WISH, capacity=75, load=LOAD))
    rule = "ptu-within-limit"
    yield replace(_bot(rule, "above"), wish=replace(WISH, capacity=125))
    yield replace(_bot(rule, "at the limit", is_broken=False), wish=replace(WISH, capacity=100))
    yield _bot(rule, "token SKU", is_broken=False, capacity=125)


def _list_offers() -> Iterator[Case]:
    rule = "sku-offered-for-model"
    yield _bot(rule, "another SKU", sku_text="DeveloperTier")
    yield _bot(rule, "no SKU that anybody knows", sku_text="GlobalBatch")
    yield _bot(rule, "no offers known", base=O4)
    yield _bot(rule, "base model", is_broken=False, model="gpt-4o-mini", sku_text="GlobalBatch")
    rule = "region-offers-sku"
    yield _bot(rule, "another region", region="francecentral")
    yield _bot(rule, "region not said", region="")
    yield _bot(rule, "region not known yet", is_broken=False, region=None)
    yield _bot(rule, "everywhere", is_broken=False, sku_text="GlobalStandard", region="francecentral")
    yield _bot(rule, "base model", is_broken=False, region="francecentral", model="gpt-4o-mini")
    rule = "developer-tier-where-it-may-vanish"
    yield _bot(rule, "forbidden", sku_text="DeveloperTier")
    yield _bot(rule, "no stage", sku_text="DeveloperTier", scope=replace(STANDARD.scope, stage=""))
    yield _bot(rule, "allowed", is_broken=False, sku_text="DeveloperTier", limits={"allow_developer_tier": True})
    rule = "preview-where-allowed"
    yield _bot(rule, "forbidden", sku_text="GlobalStandard")
    yield _bot(rule, "allowed", is_broken=False, sku_text="GlobalStandard", limits={"allow_preview": True})
    rule = "needs-met"
    yield _bot(rule, "base cannot", needs=frozenset({Ability.VISION, Ability.TOOLS}))
    yield _bot(rule, "SKU cannot", needs=frozenset({Ability.STRUCTURED_OUTPUT}), sku_text="GlobalStandard")
    yield _bot(rule, "not known", needs=frozenset({Ability.TOOLS}), base=O4)
    yield _bot(rule, "no base", is_broken=False, needs=frozenset({Ability.TOOLS}), base=None)
    yield _bot(rule, "no SKU that anybody knows", is_broken=False, needs=frozenset({Ability.TOOLS}), sku_text="x")
    yield _bot(rule, "met", is_broken=False, needs=frozenset({Ability.TOOLS}))
    rule = "model-not-retired"
    yield _bot(rule, "soon")
    yield _bot(rule, "retired", facts=replace(FACTS, as_of=date(2027, 2, 24)))
    yield _bot(rule, "in time", is_broken=False, limits={"retirement_notice_days": 89})
    yield _bot(rule, "no base", is_broken=False, base=None)
    yield _bot(rule, "not known", is_broken=False, base=O4)


def _list_data() -> Iterator[Case]:
    rule = "cross-tenant-source-allowed"
    yield _bot(rule, "not on the list", source=PARTNER, is_source_foreign=True)
    yield _bot(rule, "own tenant", is_broken=False, source=PARTNER)
    listed = {"cross_tenant_sources": (PARTNER.subscription.upper(),)}
    yield _bot(rule, "on the list", is_broken=False, source=PARTNER, is_source_foreign=True, limits=listed)
    yield _bot(
        rule, "another on the list", source=PARTNER, is_source_foreign=True, limits={"cross_tenant_sources": ("x",)}
    )
    rule = "data-stays-where-it-must"
    region, zone = {"data_stays": DataStays.REGION}, {"data_stays": DataStays.DATA_ZONE}
    here = {"source": PARTNER, "source_region": "swedencentral"}
    yield _bot(rule, "global type in a region", sku_text="GlobalStandard", limits=region)
    yield _bot(rule, "zone type in a region", sku_text="DataZoneStandard", limits=region)
    yield _bot(rule, "global type in a zone", sku_text="DeveloperTier", limits=zone)
    yield _bot(rule, "zone type in a zone", is_broken=False, sku_text="DataZoneStandard", limits=zone)
    yield _bot(rule, "regional type in a region", is_broken=False, limits=region, **here)
    yield _bot(rule, "anywhere", is_broken=False, sku_text="GlobalStandard", source=PARTNER, source_region="")
    yield _bot(rule, "weights of another region", limits=region, region="northcentralus", **here)
    yield _bot(rule, "weights of another zone", limits=zone, region="northcentralus", **here)
    yield _bot(
        rule, "weights of no zone", limits=zone, region="japaneast", source=PARTNER, source_region="koreacentral"
    )
    yield _bot(rule, "weights somewhere", limits=region, source=PARTNER, source_region="")
    yield _bot(rule, "weights somewhere, of a zone", limits=zone, source=PARTNER, source_region="")
    yield _bot(rule, "weights of the same zone", is_broken=False, limits=zone, region="westeurope", **here)
    nowhere = {"region": "koreacentral", "source_region": "koreacentral"}
    yield _bot(rule, "weights of the same region", is_broken=False, limits=zone, source=PARTNER, **nowhere)
    yield _bot(rule, "account somewhere", limits=region, region="", **here)
    yield _bot(rule, "weights not known yet", is_broken=False, limits=region, source=PARTNER)
    yield _bot(rule, "own weights", is_broken=False, limits=region, source_region="")
    rule = "content-filter-allowed"
    allowed = {"content_filters": ("strict", "Microsoft.DefaultV2")}
    yield _bot(rule, "none", content_filter="")
    yield _bot(rule, "none of a list", content_filter="", limits=allowed)
    yield _bot(rule, "another", content_filter="loose", limits=allowed)
    yield _bot(rule, "allowed", is_broken=False, content_filter="strict", limits=allowed)
    yield _bot(rule, "not known yet", is_broken=False, content_filter=None, limits=allowed)


def _list_declared() -> Iterator[Case]:
    yield _bot("version-pinned", "nothing", version_upgrade="")
    yield _bot("version-pinned", "upgraded", version_upgrade="OnceNewDefaultVersionAvailable")
    yield _bot("version-pinned", "not known yet", is_broken=False, version_upgrade=None)
    rule = "idle-behaviour-declared"
    yield _bot(rule, "nothing", when_idle=None)
    yield _bot(rule, "checkpoint", when_idle=None, model=CHECKPOINT)
    yield _bot(rule, "base model", is_broken=False, when_idle=None, model="gpt-4o-mini")
    yield _bot(rule, "not demanded", is_broken=False, when_idle=None, limits={"require_idle_behaviour": False})
    yield _bot("names-legal", "slash", name="bot/1")
    yield _bot("names-legal", "long", name="b" * 100)
    yield _bot("names-legal", "one character", name="b")
    yield _bot("names-legal", "not known yet", is_broken=False, name=None)
    yield _bot("owner-set", "nobody", owner="")
    yield _bot("owner-set", "not known yet", is_broken=False, owner=None)
    tags = {"require_tags": ("cost-centre", "team")}
    yield _bot("deployment-tags-set", "one missing, one empty", limits=tags, tags={"team": ""})
    yield _bot("deployment-tags-set", "there", is_broken=False, limits=tags, tags={"team": "a", "cost-centre": "b"})
    yield _account("account-tags-set", "missing", limits=tags, tags={"team": "a"})
    yield _account("account-tags-set", "existing account", is_broken=False, limits=tags, is_new=False)


def _list_accounts() -> Iterator[Case]:
    bots = tuple(replace(STANDARD, name=f"bot-{number}", model=f"{STANDARD.model}-{number}") for number in range(3))
    provisioned = replace(WISH, name="ptu", spillover="bot-0", model=bots[0].model)
    yield _account("deployments-within-limit", "three", *bots)
    yield _account("deployments-within-limit", "two", *bots[:2], provisioned, is_broken=False)
    yield _account("fine-tuned-deployments-within-limit", "three", *bots)
    yield _account("fine-tuned-deployments-within-limit", "two", *bots[:2], is_broken=False)
    yield _account(
        "fine-tuned-deployments-within-limit",
        "base models",
        *(replace(each, model="o1") for each in bots),
        is_broken=False,
    )
    rule = "one-deployment-per-model"
    yield _account(rule, "twice", replace(bots[0], name="b"), replace(bots[0], name="a"), facts=ONE_PER_MODEL)
    yield _account(rule, "two models", *bots[:2], is_broken=False, facts=ONE_PER_MODEL)
    yield _account(
        rule, "two base models", *(replace(each, model="o1") for each in bots), is_broken=False, facts=ONE_PER_MODEL
    )
    yield _account(rule, "later", bots[0], replace(bots[0], name="a"), is_broken=False, facts=replace(FACTS, limits={}))
    rule = "spillover-suitable"
    yield _account(rule, "suitable", *bots, provisioned, is_broken=False)
    yield _account(rule, "any letter case", *bots, replace(provisioned, spillover="BOT-0"), is_broken=False)
    yield _account(rule, "not there", provisioned)
    yield _account(rule, "not there, existing account", provisioned, is_new=False)
    yield _account(rule, "not known yet", provisioned, replace(bots[0], name=None), is_broken=False)
    yield _account(rule, "of a token SKU", replace(bots[0], spillover="bot-1"), *bots[1:])
    yield _account(rule, "to a provisioned one", provisioned, replace(provisioned, name="bot-0", spillover=""))
    yield _account(rule, "to another model", replace(provisioned, spillover="bot-1"), *bots)
    yield _account(
        rule, "model not known yet", replace(provisioned, model=None, spillover="bot-1"), *bots, is_broken=False
    )
    rule = "roles-least-privilege"
    both = (_access(Right.INFER, role="Caller"), _access(Right.DEPLOY, role="Builder", principal="ADA"))
    yield _account(rule, "two roles", access=both)
    yield _account(rule, "one role", access=(_access(Right.INFER, Right.DEPLOY, Right.READ),))
    yield _account(rule, "two principals", is_broken=False, access=(both[0], replace(both[1], principal="Bob")))
    yield _account(rule, "not known yet", is_broken=False, access=(_access(*Right, principal=None),))
    yield _account("keys-off", "keys", has_keys=True)
    yield _account("keys-off", "existing account", is_broken=False, has_keys=True, is_new=False)
    private = {"require_private_network": True}
    yield _account("network-private", "public", is_public=True, limits=private)
    yield _account("network-private", "not demanded", is_broken=False, is_public=True)
    yield _account("network-private", "existing account", is_broken=False, is_public=True, is_new=False, limits=private)
    own_key = {"require_customer_managed_key": True}
    yield _account("customer-managed-key", "none", has_customer_managed_key=False, limits=own_key)
    yield _account("customer-managed-key", "not known yet", is_broken=False, limits=own_key)
    yield _account("customer-managed-key", "not demanded", is_broken=False, has_customer_managed_key=False)
    yield _account(
        "customer-managed-key",
        "existing account",
        is_broken=False,
        has_customer_managed_key=False,
        is_new=False,
        limits=own_key,
    )
    logs = {"require_diagnostics": True}
    yield _account("diagnostics-on", "none", has_diagnostics=False, limits=logs)
    yield _account("diagnostics-on", "not known yet", is_broken=False, limits=logs)
    yield _account("diagnostics-on", "not demanded", is_broken=False, has_diagnostics=False)
    yield _account(
        "diagnostics-on", "existing account", is_broken=False, has_diagnostics=False, is_new=False, limits=logs
    )


def _list_sums() -> Iterator[Case]:
    ptu = replace(WISH, capacity=50)
    quota = {"ptu_quota": {"swedencentral": 99}}
    yield _stack("ptu-within-quota", "above", ptu, ptu, limits=quota)
    yield _stack(
        "ptu-within-quota", "at the quota", ptu, replace(ptu, capacity=49), STANDARD, is_broken=False, limits=quota
    )
    yield _stack("ptu-within-quota", "another region", replace(ptu, region="northcentralus"), limits=quota)
    yield _stack("ptu-within-quota", "not declared", ptu, is_broken=False)
    yield _stack(
        "ptu-within-quota",
        "not known",
        replace(ptu, region=None),
        replace(ptu, capacity=None),
        replace(ptu, region=""),
        is_broken=False,
        limits=quota,
    )
    yield _stack(
        "ptu-within-quota",
        "other pools",
        replace(ptu, capacity=200, sku_text="GlobalProvisionedManaged"),
        is_broken=False,
        limits=quota,
    )
    yield _stack("ptu-reserved", "some", ptu, ptu, limits={"reserved_ptu": {"swedencentral": 60}})
    yield _stack("ptu-reserved", "all", ptu, is_broken=False, limits={"reserved_ptu": {"swedencentral": 50}})
    yield _stack("ptu-reserved", "none", ptu)
    rule = "budget-kept"
    yield _stack(rule, "above", replace(STANDARD, load=LOAD), limits={"monthly_budget_usd": 1_300})
    yield _stack(
        rule,
        "within",
        replace(STANDARD, load=Load(rpm=1, prompt_tokens=1, completion_tokens=1)),
        is_broken=False,
        limits={"monthly_budget_usd": 1_300},
    )
    yield _stack(
        rule,
        "two within",
        *[replace(STANDARD, load=Load(rpm=1, prompt_tokens=1, completion_tokens=1))] * 2,
        limits={"monthly_budget_usd": 1_300},
    )
    yield _stack(rule, "prices not known", ptu, STANDARD, limits={"monthly_budget_usd": 1_300})
    priced = replace(FACTS, ptu_prices={Sku.PROVISIONED: Price(amount_usd=Decimal(1), since=DAY, **CITED)})
    yield _stack(rule, "above with its size", ptu, facts=priced, limits={"monthly_budget_usd": 36_499})
    yield _stack(
        rule, "at the budget with its size", ptu, is_broken=False, facts=priced, limits={"monthly_budget_usd": 36_500}
    )
    yield _stack(
        rule,
        "not known",
        *(replace(STANDARD, **{key: None}) for key in ("base", "capacity")),
        is_broken=False,
        limits={"monthly_budget_usd": 1_300},
    )
    yield _stack(rule, "no budget", ptu, is_broken=False)
    at_budget = {"monthly_budget_usd": 1_241 + 219}
    exact = replace(STANDARD, load=Load(rpm=1_000, prompt_tokens=1, completion_tokens=1))
    yield _stack(rule, "at the budget", exact, is_broken=False, limits=at_budget)
    yield _stack(rule, "a dollar above", exact, limits={"monthly_budget_usd": 1_241 + 218})
    yield _fleet("account-in-one-stack", "twice", _id("s", "contoso"), _id("S", "Contoso"))
    yield _fleet("account-in-one-stack", "two accounts", _id("s", "a"), _id("s", "b"), is_broken=False)
    yield _fleet("account-in-one-stack", "not known", None, None, is_broken=False)
    yield _fleet("account-in-one-stack", "one not known", None, _id("s", "a"), _id("s", "A"))
    yield _fleet("names-unique", "twice", _id("s", "contoso"), _id("t", "Contoso"))
    yield _fleet("names-unique", "the same", _id("s", "contoso"), _id("s", "contoso"), is_broken=False)
    yield _fleet("names-unique", "not known", None, None, is_broken=False)
    yield _fleet("names-unique", "one not known", None, _id("s", "a"), _id("t", "A"))
    yield _fleet("names-unique", "two names", _id("s", "a"), _id("t", "b"), is_broken=False)


def render(case: Case) -> str:
    """The case, and what its rule finds."""
    rule = next(each for each in RULES if each.id == case.rule)
    found = list(rule.check(case.wish, Terms(facts=case.facts, limits=replace(GUARDED, **case.limits))))
    assert bool(found) == case.is_broken, f"{case.rule}, {case.name}: {found}"
    texts = [f"{each}\nlevel: {each.level}{f', resource: {each.resource}' if each.resource else ''}" for each in found]
    return "\n".join([f"== {case.rule}: {case.name}", *texts, ""])


def render_all() -> str:
    """All broken cases; the others are only looked at."""
    return "\n".join(text for case in list_cases() if (text := render(case)) and case.is_broken)


def read_words() -> dict[str, str]:
    """What is written, by the first line of each case."""
    sections = FILE.read_text(encoding="utf-8").split("== ")[1:]
    return {each.partition("\n")[0]: f"== {each}".rstrip() for each in sections}


if __name__ == "__main__":
    FILE.write_text(render_all(), encoding="utf-8")
