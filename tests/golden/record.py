"""Record the golden transcripts anew with the Pulumi CLI: `make golden`, or `python -m tests.golden.record NAME…`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.golden import scripted
from tests.golden.journeys import JOURNEYS
from tests.golden.scripted_journeys import JOURNEYS as SCRIPTED
from tests.golden.transcript import HERE, record_journey


def main() -> None:
    """Write one file a journey, or those that are named; needs `pulumi` on the path."""
    if shutil.which("pulumi") is None:
        sys.exit("error: the Pulumi CLI is not on the path\nhint: install it from https://www.pulumi.com/docs/install/")
    version = subprocess.run(["pulumi", "version"], capture_output=True, text=True, check=True).stdout.strip()
    if not version:
        sys.exit("error: this build of the Pulumi CLI does not say its version")
    for name, steps in JOURNEYS.items():
        _record(name, version, lambda folder, steps=steps: record_journey(folder, steps, "pulumi"))
    for name, scripted_steps in SCRIPTED.items():
        _record(
            f"scripted/{name}",
            version,
            lambda folder, steps=scripted_steps: scripted.walk(folder, steps, "pulumi"),
        )


def _record(name: str, version: str, walk: Callable[[Path], list[dict[str, Any]]]) -> None:
    if sys.argv[1:] and name not in sys.argv[1:]:
        return
    with tempfile.TemporaryDirectory() as folder:
        document = {"recordedWith": f"Pulumi CLI {version}", "steps": walk(Path(folder) / "contoso")}
    (HERE / "transcripts" / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"recorded {name}: {len(document['steps'])} steps\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
