"""What is true of the field, in pure functions and records."""
