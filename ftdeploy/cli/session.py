"""What every command is given: the environment, the clock, and where the repository is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ftdeploy.errors import refuse

_MARKS = ("Pulumi.yaml", "fleet.yaml")
"""Both lie in the root of a repository."""


@dataclass(slots=True, kw_only=True)
class Session:
    """One run of the command."""

    environment: Mapping[str, str]
    now: datetime
    """With time zone."""
    directory: Path = Path()
    """Where the search for the repository begins."""
    is_verbose: bool = False
    command: str = ""
    """The command's name, such as `idle`."""

    @property
    def metadata_host(self) -> str | None:
        """Where to ask which Azure there is; None for public Azure."""
        return self.environment.get("ARM_METADATA_HOSTNAME") or None

    @property
    def today(self) -> date:
        """The day, in UTC."""
        return self.now.date()

    def find_root(self) -> Path:
        """The repository: the nearest folder, upwards, with Pulumi.yaml and fleet.yaml.

        Raises:
            InputError: there is none.
        """
        begin = self.directory.resolve()
        for folder in (begin, *begin.parents):
            if all((folder / each).is_file() for each in _MARKS):
                return folder
        raise refuse(
            "no folder from here upwards has both `Pulumi.yaml` and `fleet.yaml`",
            where=str(begin),
            fix="run it inside your repository, or name the repository with `ftdeploy -C DIR …`",
        )
