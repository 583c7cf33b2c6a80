"""What the data planes of files, fine-tuning, models and stored completions share."""
