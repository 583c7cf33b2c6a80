"""Where Pulumi starts the program."""

from infra.program import main

main()
