"""A process that imports what a module will need, waits until it is told what to do, and becomes that module.

`python -m ftdeploy.rehearsal.waiting MODULE[:FUNCTION] …` names what to import, and what to call in it. JSON on stdin
tells the rest: `{"module": …, "words": […], "environment": {…}, "folder": …, "output": …}`. It ends when nothing comes.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import sys
from pathlib import Path


def main() -> None:
    """Import, wait, run."""
    gc.disable()  # imports make no garbage, and looking for it takes a tenth of them
    for need in sys.argv[1:]:
        name, _, function = need.partition(":")
        module = importlib.import_module(name)
        getattr(module, "__all__", None)  # a module that is loaded when it is first looked at is loaded now
        if function:
            getattr(module, function)()
    gc.freeze()
    gc.enable()
    text = sys.stdin.read()
    if not text:
        return
    told = json.loads(text)
    os.environ.clear()
    os.environ.update(told["environment"])
    os.chdir(told["folder"])
    with Path(os.devnull).open("rb") as nothing, Path(told["output"]).open("ab") as output:
        for stream, number in ((nothing, 0), (output, 1), (output, 2)):
            os.dup2(stream.fileno(), number)
    sys.argv = [told["module"], *told["words"]]
    code: object = 0
    try:
        runpy.run_module(told["module"], run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code
    sys.stdout.flush()
    sys.stderr.flush()
    atexit._run_exitfuncs()
    os._exit(code if isinstance(code, int) else int(code is not None))  # taking the modules down would take 0.02 s


if __name__ == "__main__":
    main()
