"""Record the golden transcripts anew with the Pulumi CLI: `make golden`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.golden.journeys import JOURNEYS
from tests.golden.transcript import HERE, record_journey


def main() -> None:
    """Write one file a journey; needs `pulumi` on the path."""
    if shutil.which("pulumi") is None:
        sys.exit("error: the Pulumi CLI is not on the path\nhint: install it from https://www.pulumi.com/docs/install/")
    version = subprocess.run(["pulumi", "version"], capture_output=True, text=True, check=True).stdout.strip()
    for name, steps in JOURNEYS.items():
        with tempfile.TemporaryDirectory() as folder:
            transcript = record_journey(Path(folder) / "contoso", steps, "pulumi")
        document = {"recordedWith": f"Pulumi CLI {version}", "steps": transcript}
        (HERE / "transcripts" / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
        sys.stdout.write(f"recorded {name}: {len(steps)} steps\n")


if __name__ == "__main__":
    main()
