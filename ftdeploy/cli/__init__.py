"""The ftdeploy command."""
