"""Where Pulumi starts the pack."""

from policies.pack import main

main()
