"""The embedded deployment engine: Pulumi's contracts, as far as a Python program of azure-native resources needs them.

A demo and a fast test, not a second Pulumi: what it does not know it refuses by name, and where it differs from the
Pulumi CLI, the CLI is right.
"""
