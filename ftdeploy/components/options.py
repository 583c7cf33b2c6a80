"""What of a component's options is for the resources in it."""

from __future__ import annotations

import copy

import pulumi


def split_options(opts: pulumi.ResourceOptions | None) -> tuple[pulumi.ResourceOptions, pulumi.ResourceOptions]:
    """Options of the component itself, and those to merge into its resources' own.

    Hooks, dependencies and what asks for a replacement are about writes. A component writes nothing, and Pulumi hands
    none of them on to what is in it: deletions would not wait for each other. Provider and protection it hands on by
    itself.
    """
    own = copy.copy(opts) if opts else pulumi.ResourceOptions()
    inner = pulumi.ResourceOptions(
        hooks=own.hooks,
        depends_on=own.depends_on,
        replacement_trigger=own.replacement_trigger,
        delete_before_replace=own.delete_before_replace,
    )
    own.hooks, own.depends_on, own.replacement_trigger, own.delete_before_replace = None, None, None, None
    return own, inner
