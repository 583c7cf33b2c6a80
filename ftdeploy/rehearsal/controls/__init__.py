"""Commands that steer the pretend Azure: its clock, its faults, its traffic, and what is uncertain about it."""
