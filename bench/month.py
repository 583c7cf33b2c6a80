"""A month in seconds: up, 16 silent days, refresh, up again, destroy, purge; each command as a process of its own.

Target: 5 s or less on a quiet machine with 2 cores. The ratio is to importing pulumi_azure_native, run between.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from tests.journey.repository import copy_repository

RUNS = 3
MONTH = (
    ("up", "dev", "--engine", "embedded"),
    ("clock", "advance", "16d"),
    ("refresh", "dev", "--engine", "embedded"),
    ("up", "dev", "--engine", "embedded"),
    ("destroy", "dev", "--engine", "embedded"),
    ("exec", "--as-deployer", "--", "ftdeploy", "purge", "dev", "--yes"),
)


def main() -> None:
    """Print the median of each command and of the whole, and the ratio."""
    seconds: dict[int, list[float]] = defaultdict(list)
    totals, ratios = [], []
    for run in range(RUNS):
        os.environ["PYTHON_RUN"] = f"{os.getpid()} {run}"  # another environment, so that no fork server waits for it
        with tempfile.TemporaryDirectory() as folder:
            repository = copy_repository(Path(folder) / "contoso")
            total = 0.0
            for number, words in enumerate(MONTH):
                began = time.perf_counter()
                repository.rehearse(*words)
                seconds[number].append(time.perf_counter() - began)
                total += seconds[number][-1]
        totals.append(total)
        ratios.append(total / _measure_yardstick())
    for number, words in enumerate(MONTH):
        print(f"  {statistics.median(seconds[number]):.2f} s  rehearse {' '.join(words)}")
    print(f"a month, median of {RUNS}: {statistics.median(totals):.2f} s")
    print(f"ratio to `import pulumi_azure_native`: {statistics.median(ratios):.1f}")


def _measure_yardstick() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import pulumi_azure_native"], check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
