import { writeSync } from 'node:fs'
import { inspect } from 'node:util'
import { openLine } from './javascript-line.ts'
import { type Kind, type Operations, Wire } from './javascript-wire.ts'

/** The program that is tested: its modules, in a process of their own, called by the author's unit tests. */

// What is printed goes along with the next message; what is too much goes where the sandbox counts it.
const mostPrinted = 60_000
let printed = ''
let length = 0
process.stdout.write = ((chunk: string | Uint8Array) => {
  const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
  length += text.length
  if (length > mostPrinted) writeSync(2, text)
  else printed += text
  return true
}) as typeof process.stdout.write

const modules = new Map<string, Record<string, unknown>>()

async function load(path: string): Promise<string[]> {
  try {
    const found = await import(`/program/${path}`)
    modules.set(path, found)
    return Object.keys(found)
  } catch (failure) {
    // Only of what nobody catches Node tells the line on which a file cannot be read.
    setImmediate(() => {
      throw failure
    })
    return await new Promise(() => {})
  }
}

type Target = Record<PropertyKey, unknown>
const operations: Operations = {
  import: load,
  export: (path: string, name: string) => modules.get(path)?.[name],
  get: (value: Target, key: PropertyKey) => value[key],
  set: (value: Target, key: PropertyKey, next: unknown) => Reflect.set(value, key, next),
  has: (value: Target, key: PropertyKey) => key in value,
  delete: (value: Target, key: PropertyKey) => Reflect.deleteProperty(value, key),
  keys: (value: Target) => Reflect.ownKeys(value).filter(key => typeof key === 'string'),
  own: (value: Target, key: PropertyKey) => Object.getOwnPropertyDescriptor(value, key)?.enumerable ?? null,
  call: (value: (...given: unknown[]) => unknown, self: unknown, given: unknown[]) =>
    Reflect.apply(value, self, given),
  construct: (value: new (...given: unknown[]) => unknown, given: unknown[]) =>
    Reflect.construct(value, given),
  prototype: (value: Target) => Object.getPrototypeOf(value),
  instanceof: (value: unknown, kind: never) => value instanceof (kind as () => void),
  inspect: (value: unknown) => inspect(value).slice(0, 2_000),
}

const wire = new Wire(
  openLine(
    null,
    message => {
      if (message === null) process.exit(0)
      wire.take(message)
    },
    () => {
      const text = printed
      printed = ''
      return text ? { printed: text } : {}
    },
  ),
  operations,
  (number: number, kind: Kind) => {
    const self = () => made
    const made: object = new Proxy(kind === 'function' ? () => {} : {}, {
      apply: (_target, its, given) => wire.ask('call', self(), its, given),
      construct: (_target, given) => wire.ask('construct', self(), given) as object,
      get: (_target, key) => wire.ask('get', self(), key),
      set: (_target, key, next) => wire.ask('set', self(), key, next) as boolean,
      has: (_target, key) => wire.ask('has', self(), key) as boolean,
    })
    wire.theirs.set(made, number)
    return made
  },
)
