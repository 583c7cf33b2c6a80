"""One run of a program from its first call to its end: a preview, an update or a destroy."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor

import grpc
from pulumi.runtime.proto import engine_pb2_grpc, resource_pb2_grpc

from ftdeploy.rehearsal.engine.children import CHANNEL_OPTIONS
from ftdeploy.rehearsal.engine.failures import EngineError
from ftdeploy.rehearsal.engine.guarded import TOLD
from ftdeploy.rehearsal.engine.launch import Launch
from ftdeploy.rehearsal.engine.monitor import EngineService, Monitor
from ftdeploy.rehearsal.engine.operation import Operation
from ftdeploy.rehearsal.engine.phase import Phase
from ftdeploy.rehearsal.engine.policy import Pack
from ftdeploy.rehearsal.engine.registry import Registry
from ftdeploy.rehearsal.engine.snapshot import Snapshot

_CALLS = 512
"""Calls answered at once: a program sends four times its parallelism, and each waits until its resource is there."""
_GRACE_SECONDS = 5
"""How long a program that was turned away may take to end. Ours."""


def run_program(launch: Launch, operation: Operation, snapshot: Snapshot) -> bool | None:
    """Let the launched program run to its end; whether it changes anything, None when it failed."""
    order, events, gate = launch.order, operation.events, operation.gate
    events.begin(order.project.config, is_preview=order.is_preview)
    packs = [Pack(child, launch, order.packs[at][1]) for at, child in enumerate(launch.packs)]
    registry = Registry(launch)
    phase = Phase(order=order, events=events, snapshot=snapshot, registry=registry, gate=gate, packs=packs)
    monitor = Monitor(phase)
    server = _serve(monitor, phase, launch)
    try:
        with ThreadPoolExecutor(max_workers=8) as pool:
            for pack in packs:
                pack.connecting = pool.submit(pack.connect)  # the program begins meanwhile
            code = _await_program(launch, phase, pool)
        _conclude(phase, monitor, code)
    except EngineError as error:
        events.tell(str(error), severity="error", urn=error.urn)
        gate.fail()
    finally:
        registry.close()
        launch.kill()
        server.stop(None)
    events.end(gate.result, {pack.name: pack.version for pack in packs})
    return phase.has_changes if gate.is_open else None


def _serve(monitor: Monitor, phase: Phase, launch: Launch) -> grpc.Server:
    server = grpc.server(ThreadPoolExecutor(max_workers=_CALLS), options=CHANNEL_OPTIONS)
    resource_pb2_grpc.add_ResourceMonitorServicer_to_server(monitor, server)
    engine_pb2_grpc.add_EngineServicer_to_server(EngineService(phase), server)
    if not server.add_insecure_port(launch.address):
        raise EngineError(f"the engine cannot listen at {launch.address}")
    launch.reserved.close()
    server.start()
    return server


def _await_program(launch: Launch, phase: Phase, pool: ThreadPoolExecutor) -> int:
    """The program's exit code; it is ended when it does not end after being turned away."""
    program = launch.program
    assert program is not None  # noqa: S101 every run of a program has one
    events, gate = phase.events, phase.gate
    program.listen(events.tell, lambda line: events.tell(line, severity="info#err"))
    launch.run_program()
    waiting = pool.submit(program.wait)
    waiting.add_done_callback(lambda _: gate.end())
    if not gate.wait_for_end():
        try:
            program.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            program.kill()
    return waiting.result()


def _conclude(phase: Phase, monitor: Monitor, code: int) -> None:
    events, gate = phase.events, phase.gate
    gate.wait_until_quiet()
    has_ended_early = gate.is_open and not monitor.is_complete
    if has_ended_early and code != TOLD:
        events.tell(f"an unhandled error occurred: program exited with non-zero exit code: {code}", severity="error")
    if gate.is_open and not has_ended_early:
        _analyze_stack(phase)
    if has_ended_early or phase.has_violations:
        gate.fail()
    _set_stack_outputs(phase, monitor)
    if not (gate.is_open or has_ended_early):
        events.tell(f"{'preview' if phase.is_preview else 'update'} {gate.result}", severity="error")


def _set_stack_outputs(phase: Phase, monitor: Monitor) -> None:
    """After a failure, an output that is missing is no output that was removed."""
    if phase.stack_outputs is None:
        return
    urn, outputs = phase.stack_outputs
    old = phase.olds.get(urn)
    if not phase.gate.is_open and old is not None:
        outputs = {**old.outputs, **outputs}
    if urn in phase.registered:
        monitor.set_outputs(urn, outputs)


def _analyze_stack(phase: Phase) -> None:
    providers = {f"{each.urn}::{each.id}": each for each in phase.news.values() if each.is_provider}
    for pack in phase.packs:
        phase.tell_violations(pack.analyze_stack(list(phase.news.values()), providers))
