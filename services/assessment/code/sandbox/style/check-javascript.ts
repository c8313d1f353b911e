import { readFileSync, writeSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { type Comment, parse } from 'acorn'

/** Rules of style on the files of a program, which is read and never run (check.py is the same for Python). */

type Node = { type: string; loc?: { start: { line: number } } | null; [part: string]: unknown }
type Check = { id: string; rule: string; value: string }
type Place = { path: string; line: number; found: string }
type Found = [line: number, found: string]
type Source = { path: string; text: string; tree: Node; comments: Comment[] }
type Walked = { node: Node; parents: Node[] }

const functions = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']
const constructs: Record<string, string[]> = {
  for: ['ForStatement', 'ForInStatement', 'ForOfStatement'],
  while: ['WhileStatement', 'DoWhileStatement'],
  if: ['IfStatement', 'ConditionalExpression'],
  switch: ['SwitchStatement'],
  function: functions,
  class: ['ClassDeclaration', 'ClassExpression'],
  return: ['ReturnStatement'],
  try: ['TryStatement'],
  import: ['ImportDeclaration', 'ImportExpression'],
  await: ['AwaitExpression'],
}
const camel = /^[_$]*[a-z][A-Za-z0-9]*$|^[_$]+$/
const constant = /^[A-Z0-9]+(_[A-Z0-9]+)*$/
const capitals = /^[A-Z][A-Za-z0-9]*$/

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string'

function walked(tree: Node): Walked[] {
  const found: Walked[] = [{ node: tree, parents: [] }]
  // Grows while it is walked.
  for (let at = 0; at < found.length; at++) {
    const { node, parents } = found[at] as Walked
    for (const value of Object.values(node))
      for (const child of Array.isArray(value) ? value : [value])
        if (isNode(child)) found.push({ node: child, parents: [...parents.slice(-2), node] })
  }
  return found
}

const lineOf = (node: Node) => node.loc?.start.line ?? 1

function dotted(node: Node): string {
  if (node.type === 'Identifier') return String(node.name)
  if (node.type !== 'MemberExpression' || node.computed) return ''
  const before = dotted(node.object as Node)
  const name = String((node.property as Node).name)
  return before ? `${before}.${name}` : name
}

function namesOf(node: Node): string[] {
  if (node.type === 'Identifier') return [String(node.name)]
  if (node.type === 'MemberExpression') return [dotted(node)]
  if (node.type === 'ImportDeclaration') return [String((node.source as Node).value)]
  if (node.type === 'VariableDeclaration') return [String(node.kind)]
  return []
}

/** What a function is called: by itself, or by the variable that it is the value of. */
function nameOf({ node, parents }: Walked): string | null {
  const parent = parents.at(-1)
  const named = (node.id ?? (parent?.type === 'VariableDeclarator' ? parent.id : parent?.key)) as
    | Node
    | undefined
  return named?.type === 'Identifier' ? String(named.name) : null
}

function callsItself(one: Walked): boolean {
  const name = functions.includes(one.node.type) ? nameOf(one) : null
  return (
    name !== null &&
    walked(one.node).some(
      ({ node }) =>
        node.type === 'CallExpression' &&
        dotted(node.callee as Node)
          .split('.')
          .at(-1) === name,
    )
  )
}

const uses = ({ tree }: Source, value: string): Found[] =>
  walked(tree)
    .filter(one =>
      value === 'recursion'
        ? callsItself(one)
        : Object.hasOwn(constructs, value)
          ? constructs[value]?.includes(one.node.type)
          : namesOf(one.node).includes(value),
    )
    .map(({ node }) => [lineOf(node), value])

/** A comment that ends on the line before. */
const withoutComment = ({ tree, comments }: Source): Found[] =>
  walked(tree).flatMap(one => {
    const { node, parents } = one
    const name = nameOf(one)
    const isNamed = node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration'
    const isValue = functions.includes(node.type) && parents.at(-1)?.type === 'VariableDeclarator'
    if (!(isNamed || isValue) || name === null) return []
    const line = lineOf(isValue ? (parents.at(-2) ?? node) : node)
    return comments.some(({ loc }) => loc?.end.line === line - 1) ? [] : [[line, name] satisfies Found]
  })

/** Names that the program gives: of variables, parameters, functions and classes. */
const misnamed = ({ tree }: Source): Found[] =>
  walked(tree).flatMap(({ node, parents }) => {
    if (node.type !== 'Identifier') return []
    const parent = parents.at(-1) as Node
    const name = String(node.name)
    const isClass = constructs.class?.includes(parent.type) && parent.id === node
    const isGiven =
      (parent.type === 'VariableDeclarator' && parent.id === node) ||
      (functions.includes(parent.type) && (parent.id === node || (parent.params as Node[]).includes(node)))
    if (isClass) return capitals.test(name) ? [] : [[lineOf(node), name] satisfies Found]
    return !isGiven || camel.test(name) || constant.test(name) ? [] : [[lineOf(node), name] satisfies Found]
  })

const linesOf = (text: string) => text.split(/\r?\n/)
const tooLong = ({ text }: Source, value: string): Found[] =>
  linesOf(text).flatMap((line, at) =>
    line.length > Number(value) ? [[at + 1, String(line.length)] satisfies Found] : [],
  )

function mixed({ text }: Source): Found[] {
  const indents = linesOf(text).map(line => (line.trim() ? (/^[ \t]*/.exec(line)?.[0] ?? '') : ''))
  const both = indents.some(indent => indent.includes('\t')) && indents.some(indent => indent.includes(' '))
  return indents.flatMap((indent, at) =>
    both && indent.includes('\t') ? [[at + 1, ''] satisfies Found] : [],
  )
}

const rules: Record<string, (source: Source, value: string) => Found[]> = {
  must_use: uses,
  must_not_use: uses,
  docstrings: withoutComment,
  naming: misnamed,
  line_length: tooLong,
  no_mixed_tabs: mixed,
}

function lookedAt({ id, rule, value }: Check, sources: Source[]) {
  const found: Place[] = sources.flatMap(source =>
    (rules[rule]?.(source, value) ?? []).map(([line, name]) => ({ path: source.path, line, found: name })),
  )
  found.sort((one, other) => one.line - other.line)
  const kept = rule === 'must_use' ? found.length > 0 : found.length === 0
  return { id, kept, place: kept ? null : (found[0] ?? null) }
}

function sourceOf([path, text]: [string, string]): Source {
  try {
    const comments: Comment[] = []
    // Types become spaces, so that lines stay what they are.
    const plain = path.endsWith('.ts') ? stripTypeScriptTypes(text) : text
    const options = {
      ecmaVersion: 'latest',
      sourceType: 'module',
      locations: true,
      onComment: comments,
    } as const
    return {
      path,
      text,
      comments,
      tree: parse(plain, { ...options, allowHashBang: true }) as unknown as Node,
    }
  } catch (failure) {
    const { message, loc } = failure as Error & { loc?: { line: number } }
    writeSync(2, `/program/${path}:${loc?.line ?? 1}\nSyntaxError: ${message}\n`)
    process.exit(1)
  }
}

const task = JSON.parse(readFileSync(0, 'utf8')) as { checks: Check[]; files: [string, string][] }
const sources = task.files.filter(([path]) => /\.(?:js|mjs|ts)$/.test(path)).map(sourceOf)
writeSync(1, JSON.stringify(task.checks.map(check => lookedAt(check, sources))))
