"""Microsoft.Resources: subscriptions, resource groups, operations, and every type without a provider here."""
