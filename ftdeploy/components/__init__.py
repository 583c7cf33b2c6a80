"""Pulumi components of a fine-tuned model's home."""
