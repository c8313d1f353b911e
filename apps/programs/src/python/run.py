"""Runs a program as `python3 main.py` does, within an interpreter that has started, and leaves nothing for the next."""

import atexit
import builtins
import io
import json
import os
import shutil
import sys
import traceback
import types

HOME = "/program"


def stream(descriptor, mode):
    raw = io.FileIO(descriptor, mode, closefd=False)
    if mode == "r":
        return io.TextIOWrapper(io.BufferedReader(raw), encoding="utf-8")
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", line_buffering=True, write_through=True)


class State:
    """What a program may have changed, as it was before it."""

    def __init__(self):
        self.modules = dict(sys.modules)
        self.contents = {name: dict(vars(module)) for name, module in self.modules.items() if isinstance(module, types.ModuleType)}
        self.path = list(sys.path)
        self.environment = dict(os.environ)
        self.recursion = sys.getrecursionlimit()

    def restore(self):
        for name in list(sys.modules):
            if name not in self.modules:
                del sys.modules[name]
        sys.modules.update(self.modules)
        for name, contents in self.contents.items():
            own = vars(self.modules[name])
            for key in [key for key in own if key not in contents]:
                del own[key]
            own.update(contents)
        os.environ.clear()
        os.environ.update(self.environment)
        sys.setrecursionlimit(self.recursion)


state = None


def missing(failure):
    """What the program lacks here and has on the server; None where it failed by itself."""
    if isinstance(failure, ModuleNotFoundError):
        name = (failure.name or "").split(".")[0]
        return name if name in sys.stdlib_module_names else None
    if isinstance(failure, RuntimeError):
        said = str(failure)
        if "start new thread" in said:
            return "threading"
        if "stack switch" in said:
            return "asyncio"
    if isinstance(failure, OSError) and "emscripten" in str(failure):
        return "subprocess"
    return None


def run(given):
    global state
    state = state or State()
    asked = json.loads(given)
    shutil.rmtree(HOME, ignore_errors=True)
    for file in asked["files"]:
        path = os.path.join(HOME, file["path"])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as out:
            out.write(file["content"])
    os.chdir(HOME)
    first = asked["files"][0]["path"]
    path = os.path.join(HOME, first)
    sys.path[:] = [os.path.dirname(path), *(entry for entry in state.path if entry not in ("", HOME))]
    sys.path_importer_cache.clear()
    sys.argv = [first, *asked["arguments"]]
    sys.stdin, sys.stdout, sys.stderr = stream(0, "r"), stream(1, "w"), stream(2, "w")
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
    main = types.ModuleType("__main__")
    main.__file__ = path
    main.__builtins__ = builtins
    sys.modules["__main__"] = main
    code, needs, ran_out = 0, None, False
    try:
        try:
            with open(path, "rb") as source:
                program = compile(source.read(), path, "exec", dont_inherit=True)
            exec(program, vars(main))
        finally:
            atexit._run_exitfuncs()
    except SystemExit as end:
        code = end.code
        if code is None:
            code = 0
        elif not isinstance(code, int):
            print(code, file=sys.stderr)
            code = 1
    except BaseException as failure:
        code, needs, ran_out = 1, missing(failure), isinstance(failure, MemoryError)
        # This file is not part of the program.
        inner = failure.__traceback__.tb_next if failure.__traceback__ else None
        traceback.print_exception(type(failure), failure.with_traceback(inner), inner)
    for out in (sys.stdout, sys.stderr):
        try:
            out.flush()
        except Exception:
            pass
    result = {"needs": needs} if needs else {"outcome": "memory_exceeded" if ran_out else "failed" if code else "finished"}
    main = None
    state.restore()
    return json.dumps(result)
