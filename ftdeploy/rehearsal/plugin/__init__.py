"""The stand-in azure-native provider plugin: the real one's calls, paths, bodies and words, on loopback only.

Compared with the source of pulumi-azure-native 3 and its Python SDK 3.29.0. It knows the types in `types.json`, refuses
others by name, and signs in with a client secret only. Unlike the real one it makes up no names, takes no location from
a resource group, does not check the types of inputs, and has no time limits of its own.
"""
