"""Golden transcripts: what the Pulumi CLI did, which the embedded engine must do too."""
