import { mock } from 'node:test'

/** What an author's tests import as `node:test`: the same names, of which one test is run and its failure thrown. */

type Context = {
  name: string
  mock: typeof mock
  test: typeof test
  diagnostic(): void
  skip(): void
  todo(): void
}
type Work = (context: Context, done?: (failure?: unknown) => void) => unknown
type Options = { skip?: unknown; todo?: unknown; timeout?: number }
type Suite = {
  names: string[]
  outer: Suite | null
  hooks: Record<'before' | 'beforeEach' | 'afterEach' | 'after', Work[]>
}

const tests = new Map<string, () => Promise<void>>()
const newSuite = (names: string[], outer: Suite | null): Suite => ({
  names,
  outer,
  hooks: { before: [], beforeEach: [], afterEach: [], after: [] },
})
let suite = newSuite([], null)
let running = false

const run = (work: Work, name: string) =>
  new Promise<void>((resolve, reject) => {
    const context = { name, mock, test, diagnostic() {}, skip() {}, todo() {} }
    const done = (failure?: unknown) => (failure ? reject(failure) : resolve())
    const result = new Promise(given => given(work.length > 1 ? work(context, done) : work(context)))
    result.then(() => work.length > 1 || resolve(), reject)
  })

const suitesOf = (inner: Suite | null): Suite[] => (inner ? [...suitesOf(inner.outer), inner] : [])

function given(parts: [name?: string | Options | Work, options?: Options | Work, work?: Work]) {
  const work = parts.find(part => typeof part === 'function') ?? (() => {})
  const options = parts.find(part => typeof part === 'object') ?? {}
  const name = typeof parts[0] === 'string' ? parts[0] : work.name || '<anonymous>'
  return { name, options: options as Options, work: work as Work }
}

export function test(...parts: Parameters<typeof given>[0]): Promise<void> {
  const { name, options, work } = given(parts)
  // Within a test it is a part of that test.
  if (running) return options.skip ? Promise.resolve() : run(work, name)
  const its = suite
  tests.set([...its.names, name].join(' > '), async () => {
    if (options.skip || options.todo) return
    const suites = suitesOf(its)
    const inward = (kind: 'before' | 'beforeEach') => suites.flatMap(({ hooks }) => hooks[kind])
    const outward = (kind: 'after' | 'afterEach') => suites.toReversed().flatMap(({ hooks }) => hooks[kind])
    running = true
    try {
      for (const hook of [...inward('before'), ...inward('beforeEach')]) await run(hook, name)
      await run(work, name)
    } finally {
      for (const hook of [...outward('afterEach'), ...outward('after')]) await run(hook, name)
    }
  })
  return Promise.resolve()
}

export function describe(...parts: Parameters<typeof given>[0]): void {
  const { name, options, work } = given(parts)
  if (options.skip) return
  const outer = suite
  suite = newSuite([...outer.names, name], outer)
  try {
    work({} as Context)
  } finally {
    suite = outer
  }
}

type Variant = (...parts: Parameters<typeof given>[0]) => void
const skipped: Variant = (...parts) => {
  const { name } = given(parts)
  test(name, { skip: true })
}
export const it = Object.assign(test, { skip: skipped, todo: skipped, only: test })
const suites = Object.assign(describe, { skip: skipped, todo: skipped, only: describe })

export { mock, suites as suite }
export const before = (work: Work): number => suite.hooks.before.push(work)
export const after = (work: Work): number => suite.hooks.after.push(work)
export const beforeEach = (work: Work): number => suite.hooks.beforeEach.push(work)
export const afterEach = (work: Work): number => suite.hooks.afterEach.push(work)
export default it

export const testsNamed = (name: string) => tests.get(name)
