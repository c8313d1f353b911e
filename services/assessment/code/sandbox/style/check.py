"""Rules of style on the files of a program, which is read and never run. What is found is printed as JSON."""
import ast
import json
import re
import sys

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
CONSTRUCTS = {
    'for': (ast.For, ast.AsyncFor),
    'while': (ast.While,),
    'if': (ast.If, ast.IfExp),
    'match': (ast.Match,),
    'def': FUNCTIONS,
    'class': (ast.ClassDef,),
    'return': (ast.Return,),
    'try': (ast.Try, ast.TryStar),
    'with': (ast.With, ast.AsyncWith),
    'import': (ast.Import, ast.ImportFrom),
    'lambda': (ast.Lambda,),
    'global': (ast.Global, ast.Nonlocal),
    'comprehension': (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
}
SNAKE = re.compile(r'_*[a-z0-9]+(_[a-z0-9]+)*_*|_+')
CONSTANT = re.compile(r'_*[A-Z0-9]+(_[A-Z0-9]+)*')
CAPITALS = re.compile(r'_*[A-Z][A-Za-z0-9]*')


def dotted(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f'{before}.{node.attr}' if before else node.attr
    return ''


def names_of(node):
    """The names that a place uses: `math.sqrt` is that, and `sqrt`, and `math`."""
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [node.attr, dotted(node)]
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    if isinstance(node, ast.ImportFrom):
        module = node.module or ''
        return [module, *(one.name for one in node.names), *(f'{module}.{one.name}' for one in node.names)]
    return []


def calls_itself(node):
    return isinstance(node, FUNCTIONS) and any(
        isinstance(one, ast.Call) and dotted(one.func).split('.')[-1] == node.name for one in ast.walk(node)
    )


def uses(tree, value):
    for node in ast.walk(tree):
        if value == 'recursion':
            found = calls_itself(node)
        elif value in CONSTRUCTS:
            found = isinstance(node, CONSTRUCTS[value])
        else:
            found = value in names_of(node)
        if found:
            yield node.lineno, value


def without_docstring(tree, _):
    for node in ast.walk(tree):
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not ast.get_docstring(node):
            yield node.lineno, node.name


def misnamed(tree, _):
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and not CAPITALS.fullmatch(node.name):
            yield node.lineno, node.name
        if isinstance(node, FUNCTIONS) and not SNAKE.fullmatch(node.name):
            yield node.lineno, node.name
        if isinstance(node, ast.arg) and not SNAKE.fullmatch(node.arg):
            yield node.lineno, node.arg
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            if not SNAKE.fullmatch(node.id) and not CONSTANT.fullmatch(node.id):
                yield node.lineno, node.id


def too_long(lines, value):
    return ((at, str(len(line))) for at, line in enumerate(lines, 1) if len(line) > int(value))


def mixed(lines, _):
    """Tabs and spaces before the code of one file."""
    indents = [(at, line[: len(line) - len(line.lstrip())]) for at, line in enumerate(lines, 1) if line.strip()]
    kinds = {kind for _, indent in indents for kind in set(indent)}
    return ((at, '') for at, indent in indents if len(kinds) > 1 and '\t' in indent)


BY_TREE = {'must_use': uses, 'must_not_use': uses, 'docstrings': without_docstring, 'naming': misnamed}
BY_LINES = {'line_length': too_long, 'no_mixed_tabs': mixed}


def looked_at(check, sources, trees):
    rule = check['rule']
    found = []
    for path, text in sources.items():
        if rule in BY_TREE:
            places = BY_TREE[rule](trees[path], check['value'])
        else:
            places = BY_LINES[rule](text.splitlines(), check['value'])
        found += [{'path': path, 'line': line, 'found': name} for line, name in places]
    found.sort(key=lambda one: one['line'])
    kept = bool(found) if rule == 'must_use' else not found
    return {'id': check['id'], 'kept': kept, 'place': None if kept or not found else found[0]}


task = json.loads(sys.stdin.buffer.read())
# The sandbox has the files as well, but here nothing of the program has run that could have changed them.
sources = {path: text for path, text in task['files'] if path.endswith('.py')}
# It sees what is written; a nesting that Python itself could not read ends this as it would end the program.
trees = {path: ast.parse(text, f'/program/{path}') for path, text in sources.items()}
print(json.dumps([looked_at(check, sources, trees) for check in task['checks']]))
