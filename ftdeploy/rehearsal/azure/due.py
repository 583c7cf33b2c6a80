"""Does what has come due, each thing at its own moment and in their order."""

from __future__ import annotations

from collections.abc import Callable

from ftdeploy.rehearsal.azure import operations
from ftdeploy.rehearsal.azure.agenda import Entry
from ftdeploy.rehearsal.azure.cognitiveservices import deleted, lifetimes
from ftdeploy.rehearsal.azure.files import imports, models
from ftdeploy.rehearsal.azure.finetuning import progress
from ftdeploy.rehearsal.azure.world import World


def _purge(world: World, entry: Entry) -> None:
    account = world.deleted.find(entry.subject)
    if account is not None:
        world.activity.note_of_azure(account.id, f"{deleted.DELETED_TYPE}/delete", "the time to restore it is over")
        world.deleted.purge(entry.subject)


HANDLERS: dict[str, Callable[[World, Entry], None]] = {
    operations.END: lambda world, entry: world.operations.end(entry.subject),
    deleted.PURGE: _purge,
    lifetimes.EXPIRY: lifetimes.end_developer_tier,
    lifetimes.IDLE: lifetimes.end_if_idle,
    imports.IMPORTED: imports.read_import,
    models.PROCESSED: models.process_file,
    progress.STEP: progress.take_step,
}
"""What each kind of agenda entry does; a provider adds its own kinds here."""


def settle(world: World) -> None:
    """Do everything whose moment has come; what that plans for a moment that has come too is done as well."""
    while (entry := world.agenda.take_next()) is not None:
        with world.clock.held_at(entry.due):
            HANDLERS[entry.kind](world, entry)
