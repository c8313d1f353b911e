"""The program that is tested: its modules, in a process of their own, called by the author's unit tests over a wire."""
import builtins
import importlib
import io
import os
import sys
import traceback

FOLDER = '/program'


class Remote:
    """A value of the tests, such as a function that the program is given to call."""

    def __init__(self, wire, number):
        object.__setattr__(self, '_to', (wire, number))

    def __call__(self, *given, **named):
        return self._to[0].ask('call', self, list(given), named)

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return self._to[0].ask('get', self, name)

    def __setattr__(self, name, value):
        self._to[0].ask('set', self, name, value)


def special(name):
    return lambda self, *given: self._to[0].ask('special', self, name, list(given))


def remote(wire, number, what, name, names, inner):
    own = {one: special(one) for one in names if one not in ('__call__', '__hash__', '__eq__', '__ne__')}
    return type(name, (Remote,), own)(wire, number)


class Printed(io.TextIOBase):
    """What is printed goes along with the next message. What is too much goes where the sandbox counts it."""

    encoding = 'utf-8'

    def __init__(self):
        self.pending = []
        self.length = 0

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f'write() argument must be str, not {type(text).__name__}')
        self.length += len(text)
        if self.length > 60_000:
            os.write(2, text.encode(errors='replace'))
        else:
            self.pending.append(text)
        return len(text)

    def take(self):
        text = ''.join(self.pending)
        self.pending.clear()
        return {'printed': text} if text else {}


class Typed(io.TextIOBase):
    """What is read is what the tests give to read."""

    def readable(self):
        return True

    def readline(self, size=-1):
        return wire.ask('line')

    def read(self, size=-1):
        return ''.join(iter(self.readline, ''))

    def __iter__(self):
        return iter(self.readline, '')


def read_input(prompt=''):
    sys.stdout.write(str(prompt))
    return wire.ask('input')


def trace(failure):
    """The calls within the program's own files, as Python writes them."""
    frames = [
        one for one in traceback.extract_tb(failure.__traceback__)
        if one.filename.startswith(f'{FOLDER}/') and not one.filename.startswith(f'{FOLDER}/.runner/')
    ]
    said = traceback.format_exception_only(failure)
    return ''.join(['Traceback (most recent call last):\n', *traceback.format_list(frames[-20:]), *said])[-6000:]


def ask_special(_, value, name, given):
    if name not in wires.SPECIAL:
        raise AttributeError(name)
    found = getattr(type(value), name, None)
    return NotImplemented if found is None else found(value, *given)


def load():
    """Beside this file, and not by a name that a file of the program could have."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location('azora_wire', f'{FOLDER}/.runner/wire.py')
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


wires = load()
printed = Printed()
wire = wires.Wire(
    os.fdopen(int(sys.argv[1]), 'rb'),
    os.fdopen(int(sys.argv[2]), 'wb'),
    remote,
    {
        'import': lambda _, name: importlib.import_module(name),
        'get': lambda _, value, name: getattr(value, name),
        'set': lambda _, value, name, new: setattr(value, name, new),
        'delete': lambda _, value, name: delattr(value, name),
        'names': lambda _, value: [name for name in dir(value) if isinstance(name, str)],
        'call': lambda _, value, given, named: value(*given, **named),
        'special': ask_special,
        'isinstance': lambda _, value, kind: isinstance(value, kind),
        'issubclass': lambda _, one, other: issubclass(one, other),
        'trace': trace,
    },
    before=printed.take,
)
del sys.argv[1:]
sys.stdout, sys.stdin, builtins.input = printed, Typed(), read_input
sys.path.insert(0, FOLDER)
try:
    while True:
        wire.answer(wire.read())
except wires.Ended:
    os._exit(0)
