"""The live probe: asks a real subscription whether Azure behaves as the pretend Azure claims, and records what it saw.

It speaks HTTP and imports nothing of the pretend Azure. It makes a resource group of its own and clears it away.
"""
