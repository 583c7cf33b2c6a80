"""Microsoft.CognitiveServices: accounts, deployments, models, usages."""
