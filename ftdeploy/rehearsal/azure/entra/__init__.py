"""Entra ID: metadata, discovery, tokens for people's tenants, managed identity."""
