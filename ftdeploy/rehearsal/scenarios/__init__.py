"""What exists before a rehearsal begins."""
