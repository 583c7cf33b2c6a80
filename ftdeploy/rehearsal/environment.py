"""What programs find in their environment during a rehearsal: the pretend Azure instead of Azure."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ftdeploy.present import VARIABLE
from ftdeploy.rehearsal.scenarios.load import Scenario
from ftdeploy.rehearsal.world import Address, World

_REAL_CREDENTIALS = ("AZURE_", "ARM_", "IDENTITY_", "MSI_", "OPENAI_", VARIABLE)
"""Beginnings of the variables that could lead a program to the real Azure or another time; none of them survives."""


def get_deployer_environment(world: World, address: Address, scenario: Scenario, *, now: str = "") -> dict[str, str]:
    """For the engine and its provider plugin: the deploy pipeline's own sign-in.

    Args:
        world: the rehearsal.
        address: its pretend Azure.
        scenario: what existed beforehand.
        now: what time it is on the pretend Azure, where that is not this machine's.
    """
    pipeline = scenario.pipeline
    clock = {VARIABLE: now} if now else {}
    return (
        _get_clean()
        | _get_address(address)
        | clock
        | {
            "ARM_CLIENT_ID": pipeline["clientId"],
            "ARM_CLIENT_SECRET": pipeline["secret"],
            "ARM_TENANT_ID": pipeline["tenant"],
            "PULUMI_BACKEND_URL": f"file://{world.backend}",
            "PULUMI_HOME": str(world.folder / "home"),
            "PULUMI_CONFIG_PASSPHRASE": "",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DEBUG_COMMANDS": "true",
            "PULUMI_RUN_PROGRAM": "true",
        }
    )


def get_guest_environment(
    world: World, address: Address, scenario: Scenario, *, is_deployer: bool = False, now: str = ""
) -> dict[str, str]:
    """For `rehearse exec -- CMD`: everything a deployer has, and a managed identity for a bare credential.

    Args:
        world: the rehearsal.
        address: its pretend Azure.
        scenario: what existed beforehand.
        is_deployer: whether the managed identity is the pipeline's, rather than the workload's.
        now: what time it is on the pretend Azure, where that is not this machine's.
    """
    deployer = get_deployer_environment(world, address, scenario, now=now)
    path = [str(Path(sys.executable).parent), *deployer.get("PATH", "").split(os.pathsep)]
    identity = {"AZURE_CLIENT_ID": scenario.pipeline["clientId"]} if is_deployer else {}
    return (
        deployer
        | identity
        | {
            "IDENTITY_ENDPOINT": f"{address.url}/identity/token",
            "IDENTITY_HEADER": address.identity_header,
            "REHEARSAL_WORLD": str(world.folder),
            "PATH": os.pathsep.join(path),
        }
    )


def _get_clean() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith(_REAL_CREDENTIALS)}


def _get_address(address: Address) -> dict[str, str]:
    return {
        "SSL_CERT_FILE": address.ca,
        "REQUESTS_CA_BUNDLE": address.ca,
        "NODE_EXTRA_CA_CERTS": address.ca,
        "ARM_METADATA_HOSTNAME": address.host,
        "ARM_DISABLE_INSTANCE_DISCOVERY": "true",
        "NO_PROXY": "127.0.0.1,localhost",
    }
