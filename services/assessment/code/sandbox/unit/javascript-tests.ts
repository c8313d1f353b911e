import { AssertionError } from 'node:assert'
import { readFileSync, writeSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { inspect } from 'node:util'
import { openLine } from './javascript-line.ts'
import { testsNamed } from './javascript-suite.ts'
import { type Kind, type Operations, traces, Wire } from './javascript-wire.ts'

/**
 * One unit test of the author, told on standard output as JSON. The program under test runs in another process: nothing of
 * it is run here, and nothing of the tests is ever in a file or in that process.
 */

const longest = 2_000
const mostPrinted = 40_000
const here = 'azora:tests'
const task = JSON.parse(readFileSync(0, 'utf8')) as {
  source: string
  name: string
  language: string
  paths: string[]
}
// Before anything of the program is there.
const prototypeOf = Object.getPrototypeOf
let call: string | null = null
let printed = ''

function print(chunk: unknown): boolean {
  if (printed.length < mostPrinted) printed += typeof chunk === 'string' ? chunk : ''
  return true
}
process.stdout.write = print as typeof process.stdout.write

const names = new WeakMap<object, string>()
const brief = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text)
const shown = (value: unknown) =>
  brief(wire.theirs.has(value as object) ? String(wire.ask('inspect', value)) : inspect(value, { depth: 4 }))
const asCall = (name: string, given: unknown[]) =>
  brief(
    `${name}(${given.map(one => (typeof one === 'function' ? one.name || 'function' : shown(one))).join(', ')})`,
  )

/** What the program may do with what the tests have given it: call functions, and use what objects hold. */
function open<Value>(value: Value, key?: PropertyKey): Value {
  const closed = typeof value === 'function' && key !== undefined
  const inner = key === 'constructor' || key === '__proto__' || key === 'mock'
  if (closed || inner || (typeof value === 'object' && value === globalThis))
    throw new TypeError(`The program may not use ${String(key)}.`)
  return value
}

type Target = Record<PropertyKey, unknown>
const operations: Operations = {
  get: (value: Target, key: PropertyKey) => open(open(value, key)[key]),
  set: (value: Target, key: PropertyKey, next: unknown) => Reflect.set(open(value, key), key, next),
  has: (value: Target, key: PropertyKey) => key in open(value, key),
  call: (value: () => unknown, self: unknown, given: never[]) =>
    open(Reflect.apply(open(value), self, given)),
  construct: (value: new () => unknown, given: never[]) => open(Reflect.construct(open(value), given)),
}

function received(message: Record<string, unknown> | null): void {
  if (typeof message?.printed === 'string') print(message.printed)
  if (message?.timedOut === true) report('timed_out')
}
const line = openLine(new URL('./javascript-program.ts', import.meta.url).pathname, message => {
  received(message)
  try {
    wire.take(message)
  } catch (failure) {
    tell(failure)
  }
})

const wire = new Wire(
  {
    send: line.send,
    receive() {
      const message = line.receive()
      received(message)
      return message
    },
  },
  operations,
  (number: number, kind: Kind, name: string) => {
    const self = () => made
    const made: object = new Proxy(kind === 'function' ? function named() {} : {}, {
      apply(_target, its, given) {
        call = asCall(names.get(made) ?? name, given)
        return wire.ask('call', self(), its, given)
      },
      construct(_target, given) {
        call = asCall(`new ${name}`, given)
        return wire.ask('construct', self(), given) as object
      },
      get(_target, key) {
        if (key === Symbol.hasInstance) return (value: unknown) => isInstance(value, self())
        return wire.ask('get', self(), key)
      },
      set: (_target, key, next) => wire.ask('set', self(), key, next) === true,
      has: (_target, key) => wire.ask('has', self(), key) === true,
      deleteProperty: (_target, key) => wire.ask('delete', self(), key) === true,
      ownKeys(target) {
        const keys = wire.ask('keys', self()) as string[]
        // A proxy has to tell of what its target cannot lose.
        return [
          ...new Set([...keys.map(String), ...Reflect.ownKeys(target).filter(key => fixed(target, key))]),
        ]
      },
      getOwnPropertyDescriptor(target, key) {
        if (fixed(target, key)) return Reflect.getOwnPropertyDescriptor(target, key)
        const enumerable = wire.ask('own', self(), key)
        if (enumerable === null) return undefined
        return {
          value: wire.ask('get', self(), key),
          enumerable: enumerable === true,
          writable: true,
          configurable: true,
        }
      },
      getPrototypeOf: () => prototypeOfTheirs(self()),
    })
    wire.theirs.set(made, number)
    return made
  },
)

const fixed = (target: object, key: PropertyKey) =>
  Reflect.getOwnPropertyDescriptor(target, key)?.configurable === false

const isInstance = (value: unknown, kind: object) =>
  wire.theirs.has(Object(value)) && wire.ask('instanceof', value, kind) === true

/** That of a class of the program's own, or null. */
function prototypeOfTheirs(value: object): object | null {
  const found = wire.ask('prototype', value)
  return typeof found === 'object' && found !== null && wire.theirs.has(found) ? found : prototypeOf(Object)
}

/** A module of the program, with what it exports. */
function moduleOf(path: string): string {
  const exported = (wire.ask('import', path) as string[])
    .map(String)
    .filter(name => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name))
  const lines = exported.map(name =>
    name === 'default'
      ? `export default of('default')`
      : `const x_${name} = of('${name}'); export { x_${name} as ${name} }`,
  )
  return `const of = globalThis[Symbol.for('azora')].bind(null, ${JSON.stringify(path)})\n${lines.join('\n')}`
}
Object.defineProperty(globalThis, Symbol.for('azora'), {
  value(path: string, name: string) {
    const found = wire.ask('export', path, name)
    if (wire.theirs.has(Object(found))) names.set(found as object, name)
    return found
  },
})

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === here) return { url: here, format: 'module', shortCircuit: true }
    if (context.parentURL !== here) return next(specifier, context)
    if (specifier === 'node:test' || specifier === 'test')
      return { url: new URL('./javascript-suite.ts', import.meta.url).href, shortCircuit: true }
    const path = specifier.replace(/^\.\//, '')
    return task.paths.includes(path)
      ? { url: `azora:program/${path}`, format: 'module', shortCircuit: true }
      : next(specifier, { ...context, parentURL: import.meta.url })
  },
  load(url, context, next) {
    if (url === here) {
      const source = task.language === 'typescript' ? stripTypeScriptTypes(task.source) : task.source
      return { format: 'module', source, shortCircuit: true }
    }
    if (!url.startsWith('azora:program/')) return next(url, context)
    calls(`import ${url.slice('azora:program/'.length)}`)
    return { format: 'module', source: moduleOf(url.slice('azora:program/'.length)), shortCircuit: true }
  },
})
const calls = (text: string) => {
  call = text
}

function report(outcome: string, more: Record<string, unknown> = {}): never {
  const said = { outcome, message: null, call, given: null, expected: null, stdout: printed, ...more }
  writeSync(1, JSON.stringify(said))
  process.exit(0)
}

function tell(failure: unknown): never {
  // A program that ends has failed, whatever the tests made of it.
  if (wire.broken) report('ended')
  if (failure instanceof AssertionError) {
    const { actual, expected, generatedMessage, message, operator } = failure
    const compared = /equal|^==/i.test(String(operator))
    report('failed', {
      ...(compared ? { given: shown(actual), expected: shown(expected) } : {}),
      // Node writes the values below the words of the author.
      message:
        compared && generatedMessage ? null : brief(compared ? (message.split('\n\n')[0] ?? '') : message),
    })
  }
  const trace = traces.get(Object(failure))
  if (trace !== undefined) writeSync(2, `${brief(trace)}\n`)
  const said = wire.theirs.has(Object(failure)) ? shown(failure) : String(failure)
  report('error', { message: brief(said.split('\n')[0] ?? '') })
}

process.on('uncaughtException', tell)
process.on('unhandledRejection', tell)
try {
  await import(here)
  const found = testsNamed(task.name)
  call = null
  if (!found) report('missing')
  await found()
  report(wire.broken ? 'ended' : 'passed')
} catch (failure) {
  tell(failure)
}
