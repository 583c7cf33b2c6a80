"""What is known of Azure on one date: regions, base models, PTU sizes, roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PtuSize:
    """How regional provisioned throughput is sold for one base model and its fine-tuned versions."""

    minimum_ptu: int
    """Smallest purchase, in PTU. Azure refuses less."""
    step_ptu: int
    """Every legal size is the minimum plus whole steps."""
    input_tpm_per_ptu: int
    """Input tokens a minute that one PTU carries."""
    output_weight: int
    """How many input tokens one output token counts as."""
    source: str
    """Address of the page the figures are from."""
    checked: str
    """The day somebody compared them with the page, such as `2026-11-21`."""

    @property
    def citation(self) -> str:
        """Address and date, as a problem's `source` says them."""
        return f"{self.source} (checked {self.checked})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The catalogue as it stands on one date."""

    regions: frozenset[str]
    """Azure's names of the regions with Azure OpenAI, such as `swedencentral`."""
    base_models: frozenset[str]
    """Names of the models that can be fine-tuned, such as `gpt-4o-mini`."""
    ptu_sizes: Mapping[str, PtuSize]
    """By base model name; a base without provisioned fine-tuned deployments is absent."""
    roles: Mapping[str, str]
    """Built-in role name to role definition GUID."""
