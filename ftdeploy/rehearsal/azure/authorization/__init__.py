"""Microsoft.Authorization: role assignments and the built-in roles."""
