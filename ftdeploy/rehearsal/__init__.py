"""Pretend Azure, and what runs a program against it."""
