"""Microsoft.Insights: metrics of the model calls."""
