"""`rehearse up dev` without changes, as a ratio to importing pulumi_azure_native, both run in turn.

Target: 1.5 s or less on a quiet machine. Times on a shared machine drift, the ratio much less.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

BIN = Path(sys.executable).parent
RUNS = 7


def measure(command: Sequence[str | Path]) -> float:
    """Wall seconds of one whole process, which must succeed."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Print both medians and the median ratio of pairs."""
    nothing_to_do = [BIN / "rehearse", "up", "dev", "--engine", "embedded"]
    yardstick = [sys.executable, "-c", "import pulumi_azure_native"]
    measure(nothing_to_do)
    pairs = [(measure(nothing_to_do), measure(yardstick)) for _ in range(RUNS)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(mine / other for mine, other in pairs)
    print(f"rehearse up dev, nothing changed: {ours:.2f} s")
    print(f"python -c 'import pulumi_azure_native': {theirs:.2f} s")
    print(f"ratio, median of {RUNS} pairs: {ratio:.1f}")


if __name__ == "__main__":
    main()
