"""The page on stored completions, as of spring 2025, and one call of its first version."""

DAY = "2025-04-15T00:00:00Z"
