"""The page on deploying fine-tuned models, as of the end of February 2025."""

DAY = "2025-02-28T00:00:00Z"
