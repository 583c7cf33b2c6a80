"""What of a component's options is for the resources in it."""

from __future__ import annotations

import copy

import pulumi


def split_options(opts: pulumi.ResourceOptions | None) -> tuple[pulumi.ResourceOptions, pulumi.ResourceOptions]:
    """Options of the component itself, and those to merge into its resources' own.

    Hooks and dependencies are about writes. A component writes nothing, and Pulumi hands neither on to what is in it:
    deletions would not wait for each other. Provider and protection it hands on by itself.
    """
    own = copy.copy(opts) if opts else pulumi.ResourceOptions()
    inner = pulumi.ResourceOptions(hooks=own.hooks, depends_on=own.depends_on)
    own.hooks, own.depends_on = None, None
    return own, inner
