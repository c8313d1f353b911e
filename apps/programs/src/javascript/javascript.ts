import type { DeviceEnd, DeviceRun } from '@azora/web/programs/protocol.ts'
import variant from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
} from 'quickjs-emscripten-core'
import { serve, type Write } from '../worker.ts'
import { isModule, tellOfError } from './node-ways.ts'

/** JavaScript: QuickJS as WebAssembly, with what Node adds to the language for first exercises. A new one for each run. */

/** Scripts of ours that run within it, written in by the build. */
declare const PRELUDE: string
declare const INSPECTOR: string

// Deeper calls end as those of Node do, and before the stack of the browser is at its end.
const stackBytes = 240_000
const pageBytes = 65_536

serve(async wasm => async (run, write) => {
  const maximum = Math.ceil(((run.memoryMiB + 48) * 2 ** 20) / pageBytes)
  const quickjs = await newQuickJSWASMModuleFromVariant(
    newVariant(variant, {
      wasmModule: wasm,
      wasmMemory: new WebAssembly.Memory({ initial: 256, maximum }),
      // Nothing is fetched: the module is given.
      locateFile: name => name,
    }),
  )
  const runtime = quickjs.newRuntime()
  runtime.setMemoryLimit((run.memoryMiB + 16) * 2 ** 20)
  runtime.setMaxStackSize(stackBytes)
  return runIn(runtime.newContext(), run, write)
})

async function runIn(vm: QuickJSContext, run: DeviceRun, write: Write): Promise<DeviceEnd> {
  const files: Record<string, string> = Object.fromEntries(
    run.files.map(({ path, content }) => [path, content]),
  )
  let stopped: { code: number } | { needs: string } | null = null
  vm.runtime.setInterruptHandler(() => stopped !== null)
  /** What the program asked for ends it, also where it would catch an error. */
  const stop = (why: NonNullable<typeof stopped>) => {
    stopped ??= why
    return { error: vm.newError('stopped') }
  }
  const host = vm.newObject()
  const give = (name: string, call: Parameters<QuickJSContext['newFunction']>[1]) =>
    vm.setProp(host, name, vm.newFunction(name, call))
  give('write', (to, text) => {
    if (stopped === null) write(vm.getNumber(to) === 2 ? 2 : 1, vm.getString(text))
  })
  give('exit', code => stop({ code: vm.getNumber(code) }))
  give('needs', name => stop({ needs: vm.getString(name) }))
  const given = JSON.stringify({
    stdin: run.stdin,
    arguments: [`/program/${run.files[0]?.path}`, ...run.arguments],
    files,
  })
  const main = run.files[0]?.path ?? ''
  try {
    const node = vm.unwrapResult(vm.evalCode(`(${PRELUDE})`, 'node:prelude'))
    const inspector = vm.unwrapResult(vm.evalCode(`(${INSPECTOR})`, 'node:inspector'))
    vm.setProp(host, 'inspector', inspector)
    const fill = vm.unwrapResult(vm.evalCode('(host, given) => Object.assign(host, JSON.parse(given))'))
    vm.unwrapResult(vm.callFunction(fill, vm.undefined, host, vm.newString(given)))
    const kept = vm.unwrapResult(vm.callFunction(node, vm.undefined, host))
    const call = (name: string) => vm.callFunction(vm.getProp(kept, name), kept)

    vm.runtime.setModuleLoader(
      name => {
        if (name.startsWith('/program/')) {
          const path = name.slice('/program/'.length)
          const content = files[path]
          if (content === undefined) return { error: new Error(`Cannot find module '${name}'`) }
          // Which names such a file gives is known to Node alone.
          if (!isModule(path, content)) stopped ??= { needs: `import ${path}` }
          return content
        }
        const names = vm.callFunction(vm.getProp(kept, 'namesOf'), kept, vm.newString(name))
        if (names.error) return { error: new Error(`Cannot find module '${name}'`) }
        const own = (vm.dump(names.value) as string[]).map(key => `export const ${key} = m.${key}`)
        return [
          `const m = globalThis[Symbol.for('node')](${JSON.stringify(name)})`,
          'export default m',
          ...own,
        ].join('\n')
      },
      (base, name) => (/^\.{0,2}\//.test(name) ? new URL(name, `file://${base}`).pathname : name),
    )
    vm.setProp(vm.global, 'moduleNamed', vm.getProp(kept, 'moduleNamed'))
    vm.setProp(vm.global, 'programFiles', vm.getProp(host, 'files'))
    const compile = vm.newFunction('compile', (source, path) =>
      // On one line, so that the lines of the program keep their numbers.
      vm.evalCode(
        `(function (exports, require, module, __filename, __dirname) {${vm.getString(source)}\n})`,
        vm.getString(path),
      ),
    )
    vm.setProp(vm.global, 'compileProgram', compile)
    vm.unwrapResult(vm.evalCode(requireSource, 'node:require')).dispose()

    const source = files[main] ?? ''
    let result: QuickJSHandle
    if (isModule(main, source)) {
      const evaluated = vm.evalCode(source, `/program/${main}`, { type: 'module' })
      if (evaluated.error) return failed(evaluated.error)
      result = evaluated.value
    } else {
      const evaluated = vm.callFunction(
        vm.unwrapResult(vm.evalCode(`path => globalThis[Symbol.for('require')]('/program/', './' + path)`)),
        vm.undefined,
        vm.newString(main),
      )
      if (evaluated.error) return failed(evaluated.error)
      result = vm.undefined
    }
    for (;;) {
      const jobs = vm.runtime.executePendingJobs()
      if (jobs.error) return failed(jobs.error as QuickJSHandle)
      if (stopped) return endOf()
      const state = vm.typeof(result) === 'object' ? vm.getPromiseState(result) : null
      if (state?.type === 'rejected') return failed(state.error)
      const wait = vm.getNumber(vm.unwrapResult(call('nextIn')))
      if (wait < 0) {
        // A module that still waits at its outermost level, for what never comes.
        if (state?.type === 'pending') return { outcome: 'failed' }
        return codeOf(vm.getNumber(vm.unwrapResult(call('exitCode'))))
      }
      if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait))
      const next = call('next')
      if (next.error) return failed(next.error)
    }
  } catch (failure) {
    if (stopped) return endOf()
    // Nothing of the interpreter can be trusted to go on.
    if (failure instanceof WebAssembly.RuntimeError || /memory/.test(String(failure)))
      return { outcome: 'memory_exceeded' }
    if (failure instanceof RangeError) return { needs: 'deep recursion' }
    throw failure
  }

  function endOf(): DeviceEnd {
    if (stopped && 'needs' in stopped) return { needs: stopped.needs }
    return codeOf(stopped?.code ?? 0)
  }

  function failed(error: QuickJSHandle): DeviceEnd {
    if (stopped) return endOf()
    const read = (name: string) => {
      const handle = vm.getProp(error, name)
      return vm.typeof(handle) === 'string' ? vm.getString(handle) : ''
    }
    // With no memory left there is none for an error either.
    if (vm.eq(error, vm.null)) return { outcome: 'memory_exceeded' }
    const isError = vm.typeof(error) === 'object' && read('stack') !== ''
    const told = isError
      ? { name: read('name'), message: read('message'), stack: read('stack') }
      : { name: '', message: `Uncaught ${String(vm.dump(error))}`, stack: '' }
    if (told.message === 'out of memory') return { outcome: 'memory_exceeded' }
    // Node lets calls go deeper.
    if (/stack (?:size exceeded|overflow)/i.test(told.message)) return { needs: 'deep recursion' }
    write(2, tellOfError(told, files))
    return { outcome: 'failed' }
  }
}

const codeOf = (code: number): DeviceEnd => ({ outcome: code === 0 ? 'finished' : 'failed' })

/** `require`, for modules of Node and the files of the program. */
const requireSource = `{
  const { moduleNamed, programFiles, compileProgram } = globalThis
  for (const name of ['moduleNamed', 'programFiles', 'compileProgram']) delete globalThis[name]
  const known = new Map()
  const find = (folder, name) => {
    const parts = []
    for (const part of (folder + name).split('/').slice(2))
      if (part === '..') parts.pop()
      else if (part !== '.' && part !== '') parts.push(part)
    const path = parts.join('/')
    return [path, path + '.js', path + '.json', path + '/index.js'].find(one => one in programFiles)
  }
  const require = (folder, name) => {
    if (!/^\\.{0,2}\\//.test(name)) return moduleNamed(name)
    const path = find(folder, name)
    if (path === undefined)
      throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: 'MODULE_NOT_FOUND' })
    if (known.has(path)) return known.get(path).exports
    const source = programFiles[path]
    const module = { exports: {}, id: path }
    known.set(path, module)
    if (path.endsWith('.json')) return (module.exports = JSON.parse(source))
    const inside = '/program/' + path.replace(/[^/]*$/, '')
    const call = compileProgram(source, '/program/' + path)
    const own = name => require(inside, name)
    own.main = known.values().next().value
    call.call(module.exports, module.exports, own, module, '/program/' + path, inside.slice(0, -1))
    return module.exports
  }
  globalThis[Symbol.for('node')] = moduleNamed
  globalThis[Symbol.for('require')] = require
}`
