"""What people do, end to end."""
