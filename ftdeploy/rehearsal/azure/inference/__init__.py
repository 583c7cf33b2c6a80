"""The model endpoints of accounts."""
