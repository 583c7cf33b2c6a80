"""Runs a Pulumi program against an engine: what the CLI's Python language host does.

It imports what programs need while the engine still starts; then one line on stdin says what to run, as JSON:
`{"main": …, "told": {"monitor", "engine", "project", …}}`, where `told` is what `pulumi.runtime.Settings` takes.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import logging
import os
import runpy
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pulumi
import pulumi.runtime

from ftdeploy.rehearsal.engine.guarded import TOLD


def run(settings: dict[str, Any]) -> int:
    """Run the program; its exit code."""
    pulumi.runtime.set_all_config(pulumi.runtime.get_config_env(), pulumi.runtime.get_config_secret_keys_env())
    pulumi.runtime.configure(pulumi.runtime.Settings(**settings["told"]))
    os.chdir(settings["main"])
    sys.argv = [settings["main"]]
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # a failed program leaves futures that nobody awaits
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    threads = ThreadPoolExecutor(max_workers=settings["told"]["parallel"] * 4)
    loop.set_default_executor(threads)
    start = partial(runpy.run_path, settings["main"], run_name="__main__")
    try:
        loop.run_until_complete(pulumi.runtime.run_in_stack(start))  # type: ignore[arg-type]
    except pulumi.RunError as error:
        pulumi.log.error(str(error))
        return 1
    except Exception:
        pulumi.log.error(f"Program failed with an unhandled exception:\n{_render_trace(settings['main'])}")
        return TOLD
    finally:
        threads.shutdown(wait=True)
        loop.close()
    return 0


def _render_trace(main: str) -> str:
    """The traceback from the program's own frames on."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    first = next((at for at, frame in enumerate(frames) if frame.filename.startswith(main + os.sep)), 0)
    return traceback.format_exc(limit=first - len(frames))


if __name__ == "__main__":
    code = run(json.loads(sys.stdin.readline()))
    atexit._run_exitfuncs()
    os._exit(code)  # taking the modules down would take 0.2 s; nothing is buffered with -u
