"""The embedded deployment engine."""
