"""The stand-in azure-native provider plugin."""
