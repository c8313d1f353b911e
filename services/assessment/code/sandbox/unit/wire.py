"""Calls between the author's unit tests and the program that they test, which are two processes.

Plain values are copied; what is neither plain nor a collection of plain values stays where it was made and is called
there. A list, dictionary or set that is given to a call is brought to the state that the call left it in. Each side
reads what the other one may have made up: what is no message ends the conversation, and never becomes code.
"""
import builtins
import json
import types

MOST_BYTES = 4 * 2**20
# Of classes, what is asked of the class of a value and not of the value (the data model of Python, 3.3).
SPECIAL = frozenset(
    '__len__ __iter__ __next__ __reversed__ __getitem__ __setitem__ __delitem__ __contains__ __call__ __enter__ __exit__'
    ' __str__ __repr__ __format__ __bool__ __int__ __float__ __index__ __hash__ __abs__ __neg__ __pos__ __invert__'
    ' __round__ __add__ __radd__ __iadd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__ __floordiv__'
    ' __rfloordiv__ __mod__ __rmod__ __pow__ __rpow__ __matmul__ __and__ __or__ __xor__ __eq__ __ne__ __lt__ __le__'
    ' __gt__ __ge__'.split()
)
FUNCTIONS = (types.FunctionType, types.MethodType, types.BuiltinFunctionType)
# Of values that are a part of how Python runs, names that lead from one to all others.
INNER = ('_', 'gi_', 'cr_', 'ag_', 'tb_', 'f_', 'co_', 'func_')


class Ended(BaseException):
    """The other side is gone, or says what is no message. Not an Exception: no test may expect it."""


class Wire:
    def __init__(self, reader, writer, remote, operations, before=lambda: {}, seen=lambda message: None):
        """`remote` makes what stands for a value of the other side; `before` and `seen` send along and take what was printed."""
        self.reader, self.writer, self.remote, self.operations = reader, writer, remote, operations
        self.before, self.seen = before, seen
        self.mine, self.numbers, self.theirs, self.by_number = {}, {}, {}, {}
        self.broken = None

    # Values

    def pack(self, value, collections, places):
        kind = type(value)
        if value is None or kind in (bool, int, str, float):
            return value
        if kind is tuple or kind is frozenset:
            return ['t' if kind is tuple else 'f', [self.pack(one, collections, places) for one in value]]
        if kind is bytes:
            return ['b', value.hex()]
        if kind is complex:
            return ['c', value.real, value.imag]
        if value is Ellipsis or value is NotImplemented:
            return ['k', repr(value)]
        base = next((one for one in (list, dict, set) if isinstance(value, one)), None)
        if base:
            if id(value) not in places:
                places[id(value)] = len(collections)
                collections.append(value)
            return ['l', places[id(value)]]
        if id(value) in self.theirs:
            return ['y', self.theirs[id(value)]]
        if isinstance(value, type) and getattr(builtins, value.__name__, None) is value:
            return ['k', value.__name__]
        if id(value) not in self.numbers:
            self.numbers[id(value)] = len(self.mine)
            self.mine[len(self.mine)] = value
        return ['o', self.numbers[id(value)], *self.described(value)]

    def described(self, value):
        """What the other side has to know of a value that stays here: what it is, its class, and a plain value in it."""
        if isinstance(value, type):
            raised = issubclass(value, BaseException)
            return ['class', value.__name__, [], [self.pack(one, [], {}) for one in value.__bases__] if raised else []]
        kind = type(value)
        if isinstance(value, FUNCTIONS):
            return ['value', value.__name__, ['__call__'], None]
        names = sorted({name for one in kind.__mro__[:-1] for name in vars(one) if name in SPECIAL})
        plain = next((one for one in (int, float, str, tuple) if isinstance(value, one)), None)
        if plain is tuple:
            inner = ['t', [self.pack(one, [], {}) for one in tuple.__iter__(value)]]
        else:
            inner = plain.__str__(value) if plain is str else plain.__add__(value, plain()) if plain else None
        return ['value', kind.__name__, names, inner]

    def unpack(self, packed, collections):
        if packed is None or type(packed) in (bool, int, str, float):
            return packed
        tag, *rest = packed
        if tag == 't':
            return tuple(self.unpack(one, collections) for one in rest[0])
        if tag == 'f':
            return frozenset(self.unpack(one, collections) for one in rest[0])
        if tag == 'b':
            return bytes.fromhex(rest[0])
        if tag == 'c':
            return complex(float(rest[0]), float(rest[1]))
        if tag == 'l':
            return collections[rest[0]]
        if tag == 'y':
            return self.mine[rest[0]]
        if tag == 'k':
            if rest[0] in ('Ellipsis', 'NotImplemented'):
                return getattr(builtins, rest[0])
            found = getattr(builtins, rest[0])
            if not isinstance(found, type):
                raise ValueError(rest[0])
            return found
        if tag == 'o':
            number, what, name, names, inner = rest
            if number not in self.by_number:
                known = self.remote_of(int(number), what, str(name), [str(one) for one in names], inner)
                self.theirs[id(known)] = number
                self.by_number[number] = known
            return self.by_number[number]
        raise ValueError(tag)

    def remote_of(self, number, what, name, names, inner):
        if what != 'class':
            return self.remote(self, number, what, name, names, self.unpack(inner, []))
        # The class of an exception has to be one here too: it is raised, and asked for.
        bases = tuple(self.unpack(one, []) for one in inner)
        if not bases:
            return self.remote(self, number, what, name, names, None)
        kept = tuple(one for one in bases if isinstance(one, type) and issubclass(one, BaseException))
        if not kept or any(issubclass(one, Ended) for one in kept):
            raise ValueError(name)
        return type(name, kept, {})

    def message(self, value, known):
        collections, places = list(known), {id(one): at for at, one in enumerate(known)}
        packed = self.pack(value, collections, places)
        contents, at = [], 0
        # More are found while the contents of those before are packed.
        while at < len(collections):
            one, at = collections[at], at + 1
            if isinstance(one, dict):
                items = [[self.pack(k, collections, places), self.pack(v, collections, places)] for k, v in dict.items(one)]
                contents.append(['d', items])
            else:
                kind = list if isinstance(one, list) else set
                items = [self.pack(item, collections, places) for item in kind.__iter__(one)]
                contents.append(['a' if kind is list else 's', items])
        return {'v': packed, 'g': contents}, collections

    def value_of(self, message, known):
        collections = list(known)
        contents = message['g']
        makers = {'a': list, 'd': dict, 's': set}
        for kind, _ in contents[len(collections):]:
            collections.append(makers[kind]())
        for one, (kind, items) in zip(collections, contents):
            if kind == 'd':
                new = [(self.unpack(k, collections), self.unpack(v, collections)) for k, v in items]
                one.clear()
                one.update(new)
            elif kind == 'a':
                one[:] = [self.unpack(item, collections) for item in items]
            else:
                new = [self.unpack(item, collections) for item in items]
                one.clear()
                one.update(new)
        return self.unpack(message['v'], collections), collections

    # Messages

    def send(self, message):
        try:
            line = json.dumps({**message, **self.before()}).encode()
            if len(line) > MOST_BYTES:
                raise ValueError('A value is too large to be handed over.')
            self.writer.write(line + b'\n')
            self.writer.flush()
        except OSError as failure:
            raise self.end('ended') from failure

    def read(self):
        try:
            line = self.reader.readline(MOST_BYTES + 1)
            message = json.loads(line) if line.endswith(b'\n') else None
            if not isinstance(message, dict):
                raise ValueError
        except Exception as failure:
            raise self.end('ended') from failure
        self.seen(message)
        return message

    def end(self, why):
        self.broken = self.broken or why
        return Ended(why)

    def ask(self, operation, *operands):
        """Ask the other side, and answer what it asks meanwhile."""
        if self.broken:
            raise Ended(self.broken)
        message, collections = self.message(list(operands), [])
        self.send({'ask': operation, **message})
        while True:
            answer = self.read()
            if 'ask' in answer:
                self.answer(answer)
                continue
            try:
                value, _ = self.value_of(answer, collections)
                failed = answer.get('failed')
                if failed:
                    value = self.exception(value, failed)
            except Exception as failure:
                raise self.end('no message') from failure
            if failed:
                raise value
            return value

    def answer(self, message):
        collections = []
        try:
            operands, collections = self.value_of(message, [])
            result, failed = self.operations[message['ask']](self, *operands), None
        except Ended:
            raise
        except BaseException as failure:
            result, failed = self.told(failure)
        try:
            answer, _ = self.message(result, collections)
        except Ended:
            raise
        except BaseException as failure:
            result, failed = self.told(failure)
            answer, _ = self.message(result, [])
        self.send({'failed': failed, **answer} if failed else answer)

    # Exceptions

    def told(self, failure):
        kind = type(failure)
        names = [one.__name__ for one in kind.__mro__ if getattr(builtins, one.__name__, None) is one]
        own = None if getattr(builtins, kind.__name__, None) is kind else kind
        simple = (bool, int, str, float, type(None))
        plain = [one if type(one) in simple else str(one) for one in failure.args[:10]]
        attributes = {name: one for name, one in vars(failure).items() if type(one) in simple}
        return [own, plain, attributes], {'names': names, 'trace': self.operations['trace'](failure)}

    def exception(self, value, failed):
        own, plain, attributes = value
        kinds = [getattr(builtins, str(name)) for name in failed['names']]
        kind = own if own is not None else kinds[0]
        if not issubclass(kind, BaseException) or issubclass(kind, Ended):
            raise ValueError(kind)
        try:
            failure = kind(*plain)
        except TypeError:
            failure = Exception(*plain)
        failure.__dict__.update(attributes)
        failure.azora_trace = str(failed.get('trace', ''))[-6000:]
        return failure
