"""Domain rules as Pulumi policies."""
