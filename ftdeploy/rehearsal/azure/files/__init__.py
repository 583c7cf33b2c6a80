"""The files of accounts: for training, and what training leaves behind."""
