/**
 * Calls between the author's unit tests and the program that they test, which are two processes (wire.py is the same for
 * Python). Plain values are copied; functions, promises and objects of classes stay where they were made. An array, an
 * object, a map or a set that is given to a call is brought to the state that the call left it in.
 */

export type Message = Record<string, unknown>
export type Line = {
  send(message: Message): void
  /** The next message, waited for; null once the other side is gone. */
  receive(): Message | null
}
type Collection = unknown[] | Map<unknown, unknown> | Set<unknown> | Record<string, unknown>
type Packed = null | boolean | number | string | unknown[]
export type Kind = 'function' | 'object'
/** Operations of this side, for the other one. */
export type Operations = Record<string, (...operands: never[]) => unknown>

const errors = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }
const builtIns: Record<string, unknown> = {
  ...errors,
  ...{ Array, Object, Map, Set, Date, RegExp, Promise, String, Number, Boolean, BigInt, Symbol, Function },
  ...{ parseInt, parseFloat, isNaN, isFinite, Math, JSON },
}
const symbols: Record<string, symbol> = {
  iterator: Symbol.iterator,
  asyncIterator: Symbol.asyncIterator,
  toPrimitive: Symbol.toPrimitive,
  hasInstance: Symbol.hasInstance,
  toStringTag: Symbol.toStringTag,
}
const nameOf = (table: Record<string, unknown>, value: unknown) =>
  Object.keys(table).find(name => table[name] === value)

/** The other side is gone, or says what is no message. */
export class Ended extends Error {}

export class Wire {
  broken = false
  /** Of the other side, by what stands for them here. */
  readonly theirs = new WeakMap<object, number>()
  private readonly line: Line
  private readonly operations: Operations
  private readonly remote: (number: number, kind: Kind, name: string) => object
  private readonly mine: object[] = []
  private readonly numbers = new Map<object, number>()
  private readonly byNumber = new Map<number, object>()
  private readonly waiting = new Map<number, PromiseWithResolvers<unknown> & { given: Collection[] }>()
  private asked = 0

  constructor(line: Line, operations: Operations, remote: Wire['remote']) {
    this.line = line
    this.operations = operations
    this.remote = remote
  }

  private pack(value: unknown, found: Collection[], places: Map<unknown, number>): Packed {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
    if (value === undefined) return ['u']
    if (typeof value === 'number')
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : ['n', Object.is(value, -0) ? '-0' : String(value)]
    if (typeof value === 'bigint') return ['i', String(value)]
    if (typeof value === 'symbol') return ['y', nameOf(symbols, value) ?? 'toStringTag']
    const number = this.theirs.get(value as object)
    if (number !== undefined) return ['h', number]
    const known = nameOf(builtIns, value)
    if (known !== undefined) return ['k', known]
    if (value instanceof Date && Object.getPrototypeOf(value) === Date.prototype)
      return ['d', value.getTime()]
    if (value instanceof RegExp) return ['r', value.source, value.flags]
    if (isCollection(value)) {
      const place = places.get(value) ?? found.push(value) - 1
      places.set(value, place)
      return ['c', place]
    }
    const prototype = Object.getPrototypeOf(value)
    const error =
      value instanceof Error
        ? Object.keys(errors).find(name => builtInPrototype(name) === prototype)
        : undefined
    if (error) {
      const { message, stack, ...more } = value as Error
      const plain = Object.entries(more).filter(([, one]) => Object(one) !== one)
      const parts = plain.map(([name, one]) => [name, this.pack(one, found, places)])
      return ['e', error, String(message), String(stack), parts]
    }
    return this.reference(value as object)
  }

  private reference(value: object): Packed {
    const number = this.numbers.get(value) ?? this.mine.push(value) - 1
    this.numbers.set(value, number)
    if (value instanceof Promise) return ['p', number]
    const name = typeof value === 'function' ? value.name : value.constructor?.name
    return ['o', number, typeof value === 'function' ? 'function' : 'object', String(name ?? '')]
  }

  private unpack(packed: Packed, found: Collection[]): unknown {
    if (!Array.isArray(packed)) return packed
    const [tag, first, second, third, fourth] = packed
    const number = Number(first)
    switch (tag) {
      case 'u':
        return undefined
      case 'n':
        return number
      case 'i':
        return BigInt(String(first))
      case 'y':
        return symbols[String(first)]
      case 'h':
        if (!this.mine[number]) throw new Ended('no such value')
        return this.mine[number]
      case 'k':
        if (!Object.hasOwn(builtIns, String(first))) throw new Ended('no such name')
        return builtIns[String(first)]
      case 'd':
        return new Date(number)
      case 'r':
        return new RegExp(String(first), String(second))
      case 'c':
        if (!found[number]) throw new Ended('no such collection')
        return found[number]
      case 'e': {
        const kind = errors[String(first) as keyof typeof errors] ?? Error
        const failure = new kind(String(second))
        for (const [name, one] of fourth as [string, Packed][])
          Object.defineProperty(failure, name, {
            value: this.unpack(one, found),
            enumerable: true,
            configurable: true,
          })
        traces.set(failure, String(third))
        return failure
      }
      case 'p':
      case 'o': {
        const known = this.byNumber.get(number)
        if (known) return known
        const made =
          tag === 'p'
            ? this.askLater('settle', number)
            : this.remote(number, second === 'function' ? 'function' : 'object', String(third))
        this.byNumber.set(number, made)
        this.theirs.set(made, number)
        return made
      }
      default:
        throw new Ended('no such tag')
    }
  }

  private packed(value: unknown, known: Collection[]) {
    const found = [...known]
    const places = new Map<unknown, number>(known.map((one, at) => [one, at]))
    const packed = this.pack(value, found, places)
    const contents: unknown[] = []
    const pack = (one: unknown) => this.pack(one, found, places)
    // More are found while the contents of those before are packed.
    for (let at = 0; at < found.length; at++) {
      const one = found[at] as Collection
      if (Array.isArray(one)) contents.push(['a', Array.from(one, pack)])
      else if (one instanceof Map)
        contents.push(['m', Array.from(one, ([key, held]) => [pack(key), pack(held)])])
      else if (one instanceof Set) contents.push(['s', Array.from(one, pack)])
      else contents.push(['o', Object.entries(one).map(([key, held]) => [key, pack(held)])])
    }
    return { message: { v: packed, g: contents }, found }
  }

  private unpacked(message: Message, known: Collection[]) {
    const contents = message.g as [string, never[]][]
    const found = [...known]
    for (const [kind] of contents.slice(known.length))
      found.push(kind === 'a' ? [] : kind === 'm' ? new Map() : kind === 's' ? new Set() : {})
    const unpack = (one: Packed) => this.unpack(one, found)
    for (const [at, [, items]] of contents.entries()) {
      const one = found[at] as Collection
      if (Array.isArray(one)) one.splice(0, one.length, ...items.map(unpack))
      else if (one instanceof Map) {
        const pairs = items.map(([key, held]: [Packed, Packed]) => [unpack(key), unpack(held)] as const)
        one.clear()
        for (const [key, held] of pairs) one.set(key, held)
      } else if (one instanceof Set) {
        const held = items.map(unpack)
        one.clear()
        for (const item of held) one.add(item)
      } else {
        const pairs = items.map(([key, held]: [string, Packed]) => [String(key), unpack(held)] as const)
        for (const key of Object.keys(one)) delete one[key]
        for (const [key, value] of pairs)
          Object.defineProperty(one, key, { value, enumerable: true, writable: true, configurable: true })
      }
    }
    return { value: this.unpack(message.v as Packed, found), found }
  }

  /** Ask the other side, wait, and answer what it asks meanwhile. */
  ask(operation: string, ...operands: unknown[]): unknown {
    const { id, given } = this.request(operation, operands)
    for (;;) {
      const message = this.line.receive()
      if (message === null) throw this.end()
      if (message.to !== id) this.take(message)
      else {
        const { value, failed } = this.result(message, given)
        if (failed) throw value
        return value
      }
    }
  }

  private askLater(operation: string, ...operands: unknown[]): Promise<unknown> {
    const { id, given } = this.request(operation, operands)
    const later = Promise.withResolvers<unknown>()
    // Whether anyone waits for it is the affair of the tests or of the program.
    later.promise.catch(() => {})
    this.waiting.set(id, { ...later, given })
    return later.promise
  }

  private request(operation: string, operands: unknown[]) {
    if (this.broken) throw this.end()
    const { message, found } = this.packed(operands, [])
    this.asked += 1
    this.line.send({ id: this.asked, ask: operation, ...message })
    return { id: this.asked, given: found }
  }

  private result(message: Message, given: Collection[]) {
    try {
      return { value: this.unpacked(message, given).value, failed: message.failed === true }
    } catch {
      throw this.end()
    }
  }

  private end(): Ended {
    this.broken = true
    return new Ended('The program has ended.')
  }

  /** A message that nobody waits for at this moment. */
  take(message: Message | null): void {
    if (message === null) {
      const failure = this.end()
      for (const { reject } of this.waiting.values()) reject(failure)
    } else if (typeof message.ask === 'string') this.answer(message)
    else {
      const asked = this.waiting.get(Number(message.to))
      if (!asked) throw this.end()
      this.waiting.delete(Number(message.to))
      const { value, failed } = this.result(message, asked.given)
      if (failed) asked.reject(value)
      else asked.resolve(value)
    }
  }

  private answer(message: Message): void {
    let given: Collection[] = []
    const tell = (value: unknown, failed: boolean) => {
      try {
        this.line.send({ to: message.id, failed, ...this.packed(value, given).message })
      } catch (failure) {
        this.line.send({
          to: message.id,
          failed: true,
          ...this.packed(new TypeError(String(failure)), given).message,
        })
      }
    }
    try {
      const { value, found } = this.unpacked(message, [])
      given = found
      const operands = value as never[]
      if (message.ask === 'settle') {
        Promise.resolve(this.mine[operands[0] as unknown as number]).then(
          result => tell(result, false),
          failure => tell(failure, true),
        )
        return
      }
      const name = message.ask as string
      const operation = Object.hasOwn(this.operations, name) ? this.operations[name] : undefined
      if (!operation) throw new TypeError('There is no such operation.')
      const result = operation(...operands)
      if (message.ask === 'import') (result as Promise<unknown>).then(names => tell(names, false))
      else tell(result, false)
    } catch (failure) {
      tell(failure, true)
    }
  }
}

/** What the program says of where a failure happened. */
export const traces = new WeakMap<object, string>()

const builtInPrototype = (name: string) => errors[name as keyof typeof errors].prototype

function isCollection(value: unknown): value is Collection {
  if (Array.isArray(value)) return true
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return [Object.prototype, null, Map.prototype, Set.prototype].includes(prototype)
}
