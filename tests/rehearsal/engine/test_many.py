"""Hundreds of resources at once, more than there are threads for, with hooks that answer while all wait."""

from __future__ import annotations

PROGRAM = """
hook = ErrorHook("retry", retry_once)
bound = ResourceHookBinding(on_error=[hook])
first = Thing("first")
for row in range(10):
    last = first
    for column in range(10):
        last = Thing(f"chain-{row}-{column}", ResourceOptions(depends_on=[last], hooks=bound), size=column)
for number in range(200):
    Thing(f"flat-{number}", ResourceOptions(hooks=bound), label=first.handle)
"""
BUSY = {f"create:flat-{number}": [{"error": "busy", "seconds": 0.02}] for number in range(0, 200, 4)}


def test_three_hundred_resources_with_hooks_do_not_block_each_other(own_stack):
    made = own_stack.run("up", PROGRAM, script=BUSY)
    again = own_stack.run("up")
    removed = own_stack.run("up", "Thing('first')")

    assert (made.code, made.changes) == (0, {"create": 303})
    assert len(made.named("create")) == 301 + 50
    assert again.changes == {"same": 303}
    assert removed.changes == {"same": 3, "delete": 300}
    assert len(removed.latest["resources"]) == 3
