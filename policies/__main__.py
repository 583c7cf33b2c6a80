"""Where Pulumi starts the pack."""

from pathlib import Path

from policies.pack import main

main(Path(__file__).resolve().parents[1])
