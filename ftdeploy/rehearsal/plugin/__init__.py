"""The stand-in azure-native provider plugin: the real one's calls, paths, bodies and words, on loopback only.

Compared with the source of pulumi-azure-native 3 and its Python SDK 3.29.0. Unlike the real one it refuses types not in
`types.json`, makes up no names or locations, checks no types, knows no time limits, and signs in by secret only. Types
of which `types.json` has the path alone travel as the installed SDK declares them (see `sdk`), less exactly.
"""
