"""The pretend Azure."""
