"""Stored completions: chats that are kept because they asked for it."""
