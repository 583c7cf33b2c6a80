"""The deployment SKUs, under the names people and Azure use."""

from __future__ import annotations

from enum import StrEnum


class Sku(StrEnum):
    """What Azure Resource Manager calls the ways to run a model."""

    STANDARD = "Standard"
    GLOBAL_STANDARD = "GlobalStandard"
    DATA_ZONE_STANDARD = "DataZoneStandard"
    DEVELOPER_TIER = "DeveloperTier"
    PROVISIONED = "ProvisionedManaged"
    GLOBAL_PROVISIONED = "GlobalProvisionedManaged"
    DATA_ZONE_PROVISIONED = "DataZoneProvisionedManaged"

    @property
    def is_provisioned(self) -> bool:
        """Whether capacity counts PTU; otherwise it counts thousands of tokens a minute."""
        return self in PROVISIONED_SKUS


PROVISIONED_SKUS = (Sku.PROVISIONED, Sku.DATA_ZONE_PROVISIONED, Sku.GLOBAL_PROVISIONED)
"""From the one that keeps data nearest."""

# In February 2025 Azure's page called the provisioned SKU ProvisionedStandard; since about April 2025 it is
# ProvisionedManaged. Both are one thing. https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy
OLD_PROVISIONED_LITERAL = "ProvisionedStandard"

_OLD = {OLD_PROVISIONED_LITERAL: Sku.PROVISIONED}
_BASE_ONLY = (Sku.GLOBAL_PROVISIONED, Sku.DATA_ZONE_PROVISIONED)
"""Azure OpenAI's fine-tuned models do not run on these."""

STACK_SPELLINGS: dict[str, Sku] = {sku.value: sku for sku in Sku if sku not in _BASE_ONLY} | _OLD
"""What a stack file may say, in canonical spelling only."""

_SKUS = {spelling.lower(): sku for spelling, sku in ({sku.value: sku for sku in Sku} | _OLD).items()}


def find_sku(text: str) -> Sku | None:
    """The SKU that Azure's answer names, in any letter case and either provisioned name; None when it is another."""
    return _SKUS.get(text.lower())
