import { posix } from 'node:path'
import { parseSync } from 'oxc-parser'
import { exists, read } from './repository.ts'

/**
 * The statements in a file, whole: pieces that are spliced into a template (`${columns}`, a condition that may be left
 * out) are put in their place, wherever they are declared. A value becomes `‹what it is called›`.
 *
 * A piece that is chosen (`a ? b : none`) gives the statement two readings: all first choices, and all second ones.
 */

export type Statement = {
  /** The file, and the function or constant in which the statement stands. */
  path: string
  name: string
  readings: string[]
  /** The text of that function or constant. */
  around: string
}

type Node = { type: string; start: number; end: number; [key: string]: unknown }
type File = { path: string; text: string; body: Node[]; parents: Map<Node, Node> }
/** Pieces that a function was given as arguments. */
type Given = Map<string, string>

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap(value =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  )
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const child of childrenOf(node)) walk(child, visit)
}

const nameOf = (node: unknown) => (isNode(node) && node.type === 'Identifier' ? (node.name as string) : null)
const isTemplate = (node: Node) => node.type === 'TaggedTemplateExpression' && nameOf(node.tag) === 'sql'
const isFunction = (node: Node) => /Function/.test(node.type)

const files = new Map<string, File>()

function parse(path: string, text: string): File {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const root = program as unknown as Node
  const parents = new Map<Node, Node>()
  walk(root, node => {
    for (const child of childrenOf(node)) parents.set(child, node)
  })
  return { path, text, body: root.body as Node[], parents }
}

function fileAt(path: string): File {
  const known = files.get(path) ?? parse(path, read(path))
  files.set(path, known)
  return known
}

/** What a name stands for, seen from a node: the nearest declaration, in this file or the one it is imported from. */
function declared(file: File, from: Node, name: string): { file: File; node: Node } | null {
  for (let at: Node | undefined = from; at; at = file.parents.get(at)) {
    if (isFunction(at) && JSON.stringify(at.params).includes(`"name":"${name}"`)) return null
    const body = (at.type === 'Program' || at.type === 'BlockStatement') && (at.body as Node[])
    for (const statement of body || []) {
      const inner = isNode(statement.declaration) ? statement.declaration : statement
      if (isFunction(inner) && nameOf(inner.id) === name) return { file, node: inner }
      const found = ((inner.declarations as Node[] | undefined) ?? []).find(one => nameOf(one.id) === name)
      if (found && isNode(found.init)) return { file, node: found.init }
    }
  }
  for (const statement of file.body) {
    if (statement.type !== 'ImportDeclaration') continue
    const source = (statement.source as Node).value as string
    const named = (statement.specifiers as Node[]).some(one => nameOf(one.local) === name)
    const path = posix.join(posix.dirname(file.path), source)
    if (named && source.startsWith('.') && exists(path)) {
      const there = fileAt(path)
      return declared(there, { type: 'Program', start: 0, end: 0, body: there.body }, name)
    }
  }
  return null
}

type Reader = { choice: 0 | 1; used(node: Node): void }

/** The text of a piece of SQL; null for anything else, which is a value. */
function textOf(file: File, node: Node, given: Given, reader: Reader): string | null {
  if (isTemplate(node)) {
    reader.used(node)
    const { quasis, expressions } = node.quasi as { quasis: Node[]; expressions: Node[] }
    return quasis.reduce((text, quasi, index) => {
      const before = index === 0 ? null : (expressions[index - 1] as Node)
      const spliced =
        before && (textOf(file, before, given, reader) ?? `‹${file.text.slice(before.start, before.end)}›`)
      return `${text}${spliced ?? ''}${(quasi.value as { cooked: string }).cooked}`
    }, '')
  }
  const name = nameOf(node)
  if (name === 'none') return ''
  if (name !== null) {
    const piece = given.get(name)
    if (piece !== undefined) return piece
    const found = declared(file, node, name)
    return found && !isFunction(found.node) ? textOf(found.file, found.node, new Map(), reader) : null
  }
  if (node.type === 'ConditionalExpression') {
    const choices = [node.consequent, node.alternate].map(one => textOf(file, one as Node, given, reader))
    return choices[reader.choice] ?? null
  }
  if (node.type === 'MemberExpression' && node.computed) {
    const object = nameOf(node.object)
    const found = object === null ? null : declared(file, node, object)
    if (found?.node.type !== 'ObjectExpression') return null
    const values = (found.node.properties as Node[]).map(one =>
      textOf(found.file, one.value as Node, new Map(), reader),
    )
    return values[reader.choice] ?? null
  }
  const called = node.type === 'CallExpression' ? nameOf(node.callee) : null
  const found = called === null ? null : declared(file, node, called)
  if (!found || !isFunction(found.node)) return null
  const passed: Given = new Map()
  ;(found.node.params as Node[]).forEach((param, index) => {
    const argument = (node.arguments as Node[])[index]
    const piece = argument && textOf(file, argument, given, reader)
    const to = nameOf(param)
    if (to !== null && typeof piece === 'string') passed.set(to, piece)
  })
  const body = found.node.body as Node
  const made =
    body.type === 'BlockStatement'
      ? (body.body as Node[]).find(one => one.type === 'ReturnStatement')?.argument
      : body
  return isNode(made) ? textOf(found.file, made, passed, reader) : null
}

const isWhole = (text: string) =>
  /^\s*(?:--[^\n]*\n\s*)*(?:select|insert|update|delete|with|set)\b/i.test(text)

/** The outermost function or constant around a node. */
function placeOf(file: File, node: Node): { name: string; around: string } {
  let name = ''
  let place = node
  for (let at: Node | undefined = node; at; at = file.parents.get(at)) {
    const id = isFunction(at) || at.type === 'VariableDeclarator' ? nameOf(at.id) : null
    const key = at.type === 'Property' ? nameOf(at.key) : null
    if (id ?? key) {
      name = (id ?? key) as string
      place = at
    }
  }
  return { name, around: file.text.slice(place.start, place.end) }
}

/**
 * @param text instead of what the file holds.
 * @returns the statements, and the pieces of SQL that were found in no statement of this file.
 */
export function statementsIn(
  path: string,
  text?: string,
): { statements: Statement[]; pieces: string[]; used: string[] } {
  const file = text === undefined ? fileAt(path) : parse(path, text)
  const templates: Node[] = []
  for (const node of file.body) walk(node, one => void (isTemplate(one) && templates.push(one)))
  const used = new Set<Node>()
  const statements: Statement[] = []
  for (const template of templates) {
    const uses: Node[] = []
    const reader = (choice: 0 | 1): Reader => ({
      choice,
      used: node => void (node !== template && uses.push(node)),
    })
    const readings = [reader(0), reader(1)].map(one => textOf(file, template, new Map(), one) ?? '')
    if (!isWhole(readings[0] ?? '')) continue
    for (const node of uses) used.add(node)
    statements.push({ path, ...placeOf(file, template), readings: [...new Set(readings)] })
  }
  const label = (node: Node) => `${path}: ${placeOf(file, node).name}`
  const wholes = new Set(
    templates.filter(node => isWhole(textOf(file, node, new Map(), { choice: 0, used() {} }) ?? '')),
  )
  return {
    statements,
    pieces: templates.filter(node => !wholes.has(node) && !used.has(node)).map(label),
    used: [...used].flatMap(node =>
      [...files.values()]
        .filter(one => one.parents.has(node))
        .map(one => `${one.path}: ${placeOf(one, node).name}`),
    ),
  }
}
