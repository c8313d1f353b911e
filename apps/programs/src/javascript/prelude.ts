import type { Host } from './host.ts'
import { createConsole } from './prelude-console.ts'
import { createInput } from './prelude-input.ts'

/**
 * What Node gives a program, as much of it as first exercises use. It runs within the interpreter, before the program.
 * What is not here is told by its name, and the program is ended: the server has it.
 */

type Timer = { at: number; order: number; every: number | null; call: () => void }

/** Of Node or browsers, and not of the language that runs here. */
const notHere = [
  ...['Buffer', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'Intl', 'fetch', 'structuredClone'],
  ...['crypto', 'AbortController', 'EventTarget', 'Event', 'Worker', 'WebSocket', 'Blob', 'MessageChannel'],
  ...['BroadcastChannel', 'WebAssembly', 'Atomics', 'atob', 'btoa'],
]
/** Sorted and written by the customs of a place, which the interpreter does not know. */
const byPlace: [object, string[]][] = [
  [String.prototype, ['localeCompare', 'toLocaleUpperCase', 'toLocaleLowerCase']],
  [Number.prototype, ['toLocaleString']],
  [BigInt.prototype, ['toLocaleString']],
  [Date.prototype, ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']],
]

export default function prelude(host: Host) {
  const scope = globalThis as Record<string, unknown>
  const define = (name: string, value: unknown) =>
    Object.defineProperty(scope, name, { value, writable: true, configurable: true, enumerable: false })

  for (const name of notHere)
    if (!(name in scope))
      Object.defineProperty(scope, name, {
        configurable: true,
        get: () => host.needs(name),
        set: value => define(name, value),
      })
  for (const [prototype, names] of byPlace)
    for (const name of names)
      Object.defineProperty(prototype, name, {
        value: () => host.needs(name),
        writable: true,
        configurable: true,
      })

  const timers = new Map<number, Timer>()
  let latest = 0
  const began = Date.now()
  const after = (call: (...given: unknown[]) => void, delay: unknown, every: boolean, given: unknown[]) => {
    const ms = Math.max(1, Number(delay) || 1)
    const id = ++latest
    timers.set(id, {
      at: Date.now() - began + ms,
      order: id,
      every: every ? ms : null,
      call: () => call(...given),
    })
    return id
  }
  const soon = (call: () => void) => after(call, 0, false, [])
  define('setTimeout', (call: () => void, ms: unknown, ...given: unknown[]) => after(call, ms, false, given))
  define('setInterval', (call: () => void, ms: unknown, ...given: unknown[]) => after(call, ms, true, given))
  define('setImmediate', (call: () => void, ...given: unknown[]) => after(call, 0, false, given))
  for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate'])
    define(name, (id: number) => void timers.delete(id))
  define('queueMicrotask', (call: () => void) => void Promise.resolve().then(call))
  define('performance', { now: () => Date.now() - began })
  define('global', globalThis)

  const input = createInput(host, soon)
  define('console', createConsole(host))
  const process: Record<string, unknown> = strict(host, 'process', {
    argv: ['/usr/bin/node', ...host.arguments],
    env: {},
    platform: 'linux',
    version: 'v24.0.0',
    exitCode: undefined,
    exit: (code?: number) => host.exit(Number(code ?? process.exitCode ?? 0)),
    cwd: () => '/program',
    uptime: () => (Date.now() - began) / 1000,
    nextTick: (call: (...given: unknown[]) => void, ...given: unknown[]) =>
      void Promise.resolve().then(() => call(...given)),
    stdin: input.stdin,
    stdout: strict(host, 'process.stdout', output(1)),
    stderr: strict(host, 'process.stderr', output(2)),
  })
  define('process', process)

  function output(to: 1 | 2) {
    return {
      isTTY: false,
      write(text: unknown) {
        host.write(to, String(text))
        return true
      },
    }
  }

  const modules: Record<string, object> = {
    fs: strict(host, 'fs', files(host)),
    readline: strict(host, 'readline', { createInterface: input.createInterface }),
    process,
    util: strict(host, 'util', {
      inspect: (value: unknown) => host.inspector().inspect(value),
      format: (...values: unknown[]) => host.inspector().format(...values),
    }),
  }
  /** A module of Node. */
  const moduleNamed = (name: string) => modules[name.replace(/^node:/, '')] ?? host.needs(name)

  return {
    moduleNamed,
    namesOf: (name: string) => Object.keys(moduleNamed(name)),
    exitCode: () => Number(process.exitCode ?? 0),
    /** Milliseconds until something is to be done; -1 for nothing more. */
    nextIn() {
      const first = firstTimer()
      return first ? Math.max(0, first[1].at - (Date.now() - began)) : -1
    },
    next() {
      const first = firstTimer()
      if (!first) return
      const [id, timer] = first
      if (timer.every === null) timers.delete(id)
      else timer.at += timer.every
      timer.call()
    },
  }

  function firstTimer() {
    let first: [number, Timer] | undefined
    for (const entry of timers)
      if (
        !first ||
        entry[1].at < first[1].at ||
        (entry[1].at === first[1].at && entry[1].order < first[1].order)
      )
        first = entry
    return first
  }
}

/** An object that tells what it lacks, unless it is something that is looked for and may be missing. */
function strict<T extends object>(host: Host, name: string, of: T): T {
  return new Proxy(of, {
    get(target, key, receiver) {
      const isKnown = key in target || typeof key === 'symbol' || key === 'then' || key === 'default'
      return isKnown ? Reflect.get(target, key, receiver) : host.needs(`${name}.${key}`)
    },
  })
}

function files(host: Host) {
  const { files, stdin } = host
  const plain = (path: unknown) =>
    String(path)
      .replace(/^\/program\//, '')
      .replace(/^\.\//, '')
  const read = (path: unknown): string => {
    if (path === 0 || path === '/dev/stdin') return stdin
    const content = files[plain(path)]
    if (content !== undefined) return content
    const failure = new Error(`ENOENT: no such file or directory, open '${path}'`)
    throw Object.assign(failure, { errno: -2, code: 'ENOENT', syscall: 'open', path })
  }
  return {
    readFileSync(path: unknown, options?: string | { encoding?: string }) {
      const text = read(path)
      const encoding = typeof options === 'string' ? options : options?.encoding
      // In place of a Buffer, what nearly all do with it.
      return encoding ? text : strict(host, 'Buffer', { toString: () => text })
    },
    writeFileSync(path: unknown, text: unknown) {
      files[plain(path)] = String(text)
    },
    appendFileSync(path: unknown, text: unknown) {
      files[plain(path)] = (files[plain(path)] ?? '') + String(text)
    },
    existsSync: (path: unknown) => plain(path) in files,
  }
}
