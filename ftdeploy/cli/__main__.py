"""`python -m ftdeploy.cli`: the command without its script."""

from __future__ import annotations

from ftdeploy.cli.main import main

if __name__ == "__main__":
    main()
