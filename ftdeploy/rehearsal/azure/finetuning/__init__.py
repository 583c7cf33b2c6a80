"""Fine-tuning jobs, what comes of them, and the models of accounts."""
