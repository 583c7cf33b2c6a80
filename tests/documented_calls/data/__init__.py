"""The pages on preferences, images, safety and trouble, as of the end of February 2025."""

DAY = "2025-02-28T00:00:00Z"
