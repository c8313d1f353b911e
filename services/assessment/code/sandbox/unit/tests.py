"""One unit test of the author, told on standard output as JSON. The program under test runs in another process.

Nothing of the program is ever run here, and nothing of the tests is ever in a file or in that process: a program can
neither read them nor change what counts as passed. `-I` keeps its folder out of what is imported here.
"""
import builtins
import io
import json
import os
import signal
import subprocess
import sys
import traceback
import types
import unittest
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec, spec_from_file_location

FOLDER = '/program'
LONGEST = 2_000

spec = spec_from_file_location('azora_wire', f'{FOLDER}/.runner/wire.py')
wires = module_from_spec(spec)
spec.loader.exec_module(wires)
original_input = builtins.input
calls = []


def brief(value):
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= LONGEST else f'{text[:LONGEST]}…'


class Remote:
    """A value of the program."""

    def __init__(self, wire, number, name, inner):
        object.__setattr__(self, '_to', (wire, number, name, inner))

    def __getattr__(self, name):
        # What Python and its unittest look for in any value is not asked of the program.
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        return self._to[0].ask('get', self, name)

    def __setattr__(self, name, value):
        self._to[0].ask('set', self, name, value)

    def __delattr__(self, name):
        self._to[0].ask('delete', self, name)

    def __dir__(self):
        return self._to[0].ask('names', self)

    def __repr__(self):
        return f'<{self._to[2]}>'

    def __hash__(self):
        return self._to[1]

    def __eq__(self, other):
        # A program that could say of a value of its own that it equals what is expected would pass any test.
        if not isinstance(other, Remote):
            return self._to[3] is not None and self._to[3] == other
        return self is other or self._to[0].ask('special', self, '__eq__', [other]) is True

    def __ne__(self, other):
        return not self == other


class RemoteCallable(Remote):
    def __call__(self, *given, **named):
        shown = [*map(repr, given), *(f'{name}={value!r}' for name, value in named.items())]
        calls[:] = [f'{self._to[2]}({", ".join(shown)})'[:LONGEST]]
        return self._to[0].ask('call', self, list(given), named)


class RemoteClass(RemoteCallable):
    def __instancecheck__(self, value):
        return isinstance(value, Remote) and self._to[0].ask('isinstance', value, self) is True

    def __subclasscheck__(self, other):
        return isinstance(other, Remote) and self._to[0].ask('issubclass', other, self) is True


ORDER = ('__lt__', '__le__', '__gt__', '__ge__')
ANSWERS = {'__len__': int, '__str__': str, '__repr__': str, '__format__': str, '__bool__': bool, '__contains__': bool}


def special(name):
    def asked(self, *given):
        wire, _, _, inner = self._to
        if name in ORDER and not isinstance(given[0], Remote):
            return NotImplemented if inner is None else getattr(inner, name)(given[0])
        answer = wire.ask('special', self, name, list(given))
        if answer is not NotImplemented and not isinstance(answer, ANSWERS.get(name, object)):
            raise TypeError(f'{name} returned {type(answer).__name__}')
        return answer

    return asked


def remote(wire, number, what, name, names, inner):
    if what == 'class':
        return RemoteClass(wire, number, name, None)
    own = {one: special(one) for one in names if one not in ('__call__', '__hash__', '__eq__', '__ne__')}
    return type(name, (RemoteCallable if '__call__' in names else Remote,), own)(wire, number, name, inner)


class Modules:
    """Finds the modules of the program, of which the tests see no more than their names."""

    def __init__(self, names):
        self.names = names

    def find_spec(self, name, path=None, target=None):
        return ModuleSpec(name, self, is_package=True) if name in self.names else None

    def create_module(self, spec):
        calls[:] = [f'import {spec.name}']
        wire.ask('import', spec.name)
        return Module(spec.name)

    def exec_module(self, module):
        pass


class Module(types.ModuleType):
    def __getattr__(self, name):
        module = wire.ask('import', self.__name__)
        if name == '__all__':
            return [one for one in wire.ask('names', module) if not one.startswith('_')]
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        return wire.ask('get', module, name)

    def __setattr__(self, name, value):
        if name.startswith('__') and name.endswith('__'):
            super().__setattr__(name, value)
        elif f'{self.__name__}.{name}' not in sys.modules:
            wire.ask('set', wire.ask('import', self.__name__), name, value)

    def __delattr__(self, name):
        wire.ask('delete', wire.ask('import', self.__name__), name)


def modules_of(paths):
    names = set()
    for path in paths:
        if path.endswith('.py'):
            parts = path.removesuffix('.py').split('/')
            parts = parts[:-1] if parts[-1] == '__init__' else parts
            names.update('.'.join(parts[:at]) for at in range(1, len(parts) + 1))
    return names


def may(value, name=None):
    """What the program may do with a value of the tests: call it, and use what is not a part of how Python runs."""
    inner = (types.ModuleType, types.FrameType, types.CodeType, types.TracebackType, unittest.TestCase, wires.Wire)
    if isinstance(value, inner):
        raise AttributeError('The program may not use this.')
    if name is not None:
        closed = isinstance(value, (type, *wires.FUNCTIONS)) or name.startswith(wires.INNER)
        # What a mock says of itself is what tests go by.
        mocked = is_mock(value) and ('assert' in name or 'mock' in name)
        if closed or mocked:
            raise AttributeError(f'The program may not use {name}.')
    return value


def is_mock(value):
    # It takes long to load, and most tests have none.
    mocks = sys.modules.get('unittest.mock')
    return mocks is not None and isinstance(value, mocks.NonCallableMock)


def set_of(_, value, name, new):
    if is_mock(value):
        raise AttributeError('The program may not change this.')
    setattr(may(value, name), name, new)


def allowed_special(_, value, name, given):
    if name not in wires.SPECIAL:
        raise AttributeError(name)
    found = getattr(type(may(value)), name, None)
    return NotImplemented if found is None else may(found(value, *given))


def read_line(_):
    return sys.stdin.readline()


def read_input(_):
    if builtins.input is not original_input:
        return builtins.input()
    line = sys.stdin.readline()
    if line == '':
        raise EOFError('EOF when reading a line')
    return line.removesuffix('\n')


def print_of(message):
    if isinstance(message.get('printed'), str):
        sys.stdout.write(message['printed'])


class Told(unittest.TestResult):
    """The first thing that went wrong."""

    wrong = None

    def told(self, kind, error):
        self.wrong = self.wrong or (kind, error[1])

    def addFailure(self, test, error):
        self.told('failed', error)

    def addError(self, test, error):
        self.told('error', error)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.told('failed' if issubclass(error[0], AssertionError) else 'error', error)

    def addUnexpectedSuccess(self, test):
        self.wrong = self.wrong or ('failed', AssertionError('It was expected to fail.'))


def with_values(name):
    """An assertion that keeps what it compared, to be told beside each other."""
    plain = getattr(unittest.TestCase, name)

    def asserted(self, first, second, *more, **named):
        try:
            return plain(self, first, second, *more, **named)
        except self.failureException as failure:
            if not hasattr(failure, 'azora_values'):
                given = more[0] if more and name != 'assertAlmostEqual' else named.get('msg')
                failure.azora_values = (brief(repr(first)), brief(repr(second)), given)
            raise

    setattr(unittest.TestCase, name, asserted)


def report(outcome, **more):
    # The kernel ends the program alone at its limit of processor time, which may be before the wall sees it.
    if outcome == 'ended' and ended_by() == -signal.SIGXCPU:
        outcome = 'timed_out'
    shown = sys.stdout.getvalue()[:LONGEST * 20]
    said = {'outcome': outcome, 'message': None, 'call': None, 'given': None, 'expected': None, 'stdout': shown, **more}
    os.write(1, json.dumps(said).encode())
    os._exit(0)


def ended_by():
    try:
        return process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        return None


def run(source, name):
    module = types.ModuleType('tests')
    sys.modules['tests'] = module
    exec(compile(source, 'tests.py', 'exec'), module.__dict__)
    kind, _, method = name.rpartition('.')
    case = getattr(module, kind, None)
    if not (isinstance(case, type) and issubclass(case, unittest.TestCase) and hasattr(case, method)):
        report('missing')
    result = Told()
    unittest.TestSuite([case(method)]).run(result)
    return result


def tell(kind, failure):
    call = calls[0] if calls else None
    if wire.broken:
        report('ended', call=call)
    if kind == 'failed':
        given, expected, message = getattr(failure, 'azora_values', (None, None, None))
        # The words of the assertion where it compares nothing, or the author's own.
        said = None if given is not None and message is None else brief(str(message if given is not None else failure))
        report('failed', call=call, given=given, expected=expected, message=said)
    trace = getattr(failure, 'azora_trace', None)
    if trace is not None:
        os.write(2, trace.encode(errors='replace'))
    # Also of a fault in the tests themselves, or in how they use the program: a name that it does not have.
    report('error', call=call, message=brief(traceback.format_exception_only(failure)[-1].strip()))


task = json.loads(sys.stdin.buffer.read())
ours, theirs = os.pipe(), os.pipe()
process = subprocess.Popen(
    [sys.executable, '-u', '-s', '-B', f'{FOLDER}/.runner/program.py', str(ours[0]), str(theirs[1])],
    stdin=subprocess.DEVNULL,
    stdout=2,
    pass_fds=(ours[0], theirs[1]),
    cwd=FOLDER,
)
os.close(ours[0])
os.close(theirs[1])
sys.stdout, sys.stdin = io.StringIO(), io.StringIO(task['stdin'])
wire = wires.Wire(
    os.fdopen(theirs[0], 'rb'),
    os.fdopen(ours[1], 'wb'),
    remote,
    {
        'call': lambda _, value, given, named: may(may(value)(*given, **named)),
        'get': lambda _, value, name: may(getattr(may(value, name), name)),
        'set': set_of,
        'special': allowed_special,
        'line': read_line,
        'input': read_input,
        'trace': lambda failure: '',
    },
    seen=print_of,
)
sys.meta_path.insert(0, Modules(modules_of(task['paths'])))
for one in ('assertEqual', 'assertAlmostEqual', 'assertListEqual', 'assertDictEqual', 'assertSetEqual', 'assertTupleEqual',
            'assertMultiLineEqual', 'assertSequenceEqual', 'assertCountEqual', 'assertIs'):
    with_values(one)
try:
    result = run(task['source'], task['name'])
except BaseException as failure:
    tell('error', failure)
if result.wrong:
    tell(*result.wrong)
report('ended' if wire.broken else 'passed')
