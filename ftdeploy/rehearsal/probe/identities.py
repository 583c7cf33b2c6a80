"""Probes of managed identities, from where one has them: inside an App Service, or on a machine of Azure."""

from __future__ import annotations

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, compare
from ftdeploy.rehearsal.probe.wire import Exchange, Headers

_RESOURCE = "resource=https%3A%2F%2Fmanagement.azure.com%2F"


def _judge(answers: list[Exchange], *refusals: int) -> Verdict:
    """The last has a token, those before are refused."""
    seen = [*(each.status for each in answers), "access_token" in (answers[-1].body or {})]
    return compare(seen, [*refusals, 200, True])


def _ask_service(lab: Lab) -> Verdict:
    address = f"{lab.service}?api-version=2019-08-01&{_RESOURCE}"
    shown: tuple[Headers, ...] = ({}, {"X-IDENTITY-HEADER": lab.service_header})
    return _judge([lab.wire.send("GET", address, headers=each) for each in shown], 401)


def _ask_machine(lab: Lab) -> Verdict:
    address = f"{lab.machine.rstrip('/')}/metadata/identity/oauth2/token?api-version=2018-02-01&{_RESOURCE}"
    shown: tuple[Headers, ...] = ({}, {"Metadata": "true"})
    return _judge([lab.wire.send("GET", address, headers=each) for each in shown], 400)


PROBES = (
    Probe(behaviour="managed-identity-as-on-app-service", ask=_ask_service, needs=("app service",)),
    Probe(behaviour="managed-identity-as-on-machines", ask=_ask_machine, needs=("machine",)),
)
