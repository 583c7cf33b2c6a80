"""The deployment SKUs of fine-tuned models, under the names people and Azure use."""

from __future__ import annotations

from enum import StrEnum


class Sku(StrEnum):
    """What Azure Resource Manager calls the ways to run a fine-tuned model."""

    STANDARD = "Standard"
    GLOBAL_STANDARD = "GlobalStandard"
    DATA_ZONE_STANDARD = "DataZoneStandard"
    DEVELOPER_TIER = "DeveloperTier"
    PROVISIONED = "ProvisionedManaged"

    @property
    def is_provisioned(self) -> bool:
        """Whether capacity counts PTU; otherwise it counts thousands of tokens a minute."""
        return self is Sku.PROVISIONED


# In February 2025 Azure's page called the provisioned SKU ProvisionedStandard; since about April 2025 it is
# ProvisionedManaged. Both are one thing. https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy
OLD_PROVISIONED_LITERAL = "ProvisionedStandard"

STACK_SPELLINGS: dict[str, Sku] = {sku.value: sku for sku in Sku} | {OLD_PROVISIONED_LITERAL: Sku.PROVISIONED}
"""What a stack file may say, in canonical spelling only."""


def find_sku(text: str) -> Sku | None:
    """The SKU that Azure's answer names, in any letter case and either provisioned name; None when it is another."""
    wanted = text.lower()
    return next((sku for spelling, sku in STACK_SPELLINGS.items() if spelling.lower() == wanted), None)
