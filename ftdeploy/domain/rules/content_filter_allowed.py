"""A content filter is set, and is one of those that are allowed."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    allowed = terms.limits.content_filters
    if wish.content_filter == "":
        yield Problem(
            problem="no content filter is named, so Azure takes the one that is its default on the day",
            where=wish.place("contentFilter"),
            fix=f"set `contentFilter: {allowed[0] if allowed else 'Microsoft.DefaultV2'}`",
            allowed=allowed,
        )
    elif wish.content_filter is not None and allowed and wish.content_filter not in allowed:
        yield Problem(
            problem=f"the content filter `{wish.content_filter}` is not allowed here",
            where=wish.place("contentFilter"),
            fix=f"set `contentFilter: {allowed[0]}`, or add it to `contentFilters` in the `limits` of `fleet.yaml`",
            allowed=allowed,
        )


RULE = Rule(
    id="content-filter-allowed",
    title="A content filter is set and allowed",
    why="The filter decides what users can be shown; one that was made for a test must not reach production",
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/content-filters",
    judges=DeploymentWish,
    check=_check,
    limits=("content_filters",),
    good=Sample(
        deployment="{contentFilter: Microsoft.DefaultV2}",
        fleet="rules: [{match: {}, limits: {contentFilters: [Microsoft.DefaultV2]}}]",
    ),
    bad=Sample(
        deployment="{contentFilter: loose}",
        fleet="rules: [{match: {}, limits: {contentFilters: [Microsoft.DefaultV2]}}]",
    ),
)
