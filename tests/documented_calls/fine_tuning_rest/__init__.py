"""The page on fine-tuning with REST, as of December 2024."""

DAY = "2024-12-02T00:00:00Z"
