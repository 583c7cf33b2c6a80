"""What Pulumi recorded, as records."""
