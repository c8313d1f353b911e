// The runtime of the language, which `pyodide.mjs` would fetch by itself.

import { loadPyodide } from 'pyodide'
import createPyodideModule from 'pyodide/pyodide.asm.mjs'
import { serve } from '../worker.ts'
import runner from './run.py?raw'

/** Python: CPython as WebAssembly (Pyodide), with its standard library. */

// Nothing is fetched from there: the policy refuses it, and what is asked for is here already.
const nowhere = 'https://nowhere.invalid/'
/** What the runtime says of itself, written in by the build; of packages there are none. */
declare const RUNTIME_INFO: object
const pageBytes = 65_536

serve(async (wasm, library) => {
  let memory: WebAssembly.Memory | undefined
  let mostBytes = Number.POSITIVE_INFINITY
  WebAssembly.instantiateStreaming = async (_source, imports) => {
    const instance = await WebAssembly.instantiate(wasm, imports)
    memory = instance.exports.memory as WebAssembly.Memory
    const grow = memory.grow.bind(memory)
    // It is made without a limit. What cannot be had is told to the program as a MemoryError.
    memory.grow = pages => {
      if ((memory as WebAssembly.Memory).buffer.byteLength + pages * pageBytes > mostBytes)
        throw new RangeError('The program may not have more memory.')
      return grow(pages)
    }
    return { module: wasm, instance }
  }
  globalThis.fetch = async () => new Response(library)
  const python = await loadPyodide({
    createPyodideModule,
    indexURL: nowhere,
    lockFileContents: JSON.stringify({ info: RUNTIME_INFO, packages: {} }),
    env: { PYTHONHASHSEED: '0', HOME: '/home' },
  })
  python.runPython(runner)
  const run = python.globals.get('run')
  const startBytes = memory?.buffer.byteLength ?? 0

  return async ({ stdin, memoryMiB, ...program }, write) => {
    mostBytes = startBytes + (memoryMiB + 16) * 2 ** 20
    const input = new TextEncoder().encode(stdin)
    let at = 0
    python.setStdin({
      isatty: false,
      read(buffer: Uint8Array) {
        const piece = input.subarray(at, at + buffer.length)
        buffer.set(piece)
        at += piece.length
        return piece.length
      },
    })
    const writer = (to: 1 | 2) => {
      const text = new TextDecoder()
      return {
        isatty: false,
        write(bytes: Uint8Array) {
          write(to, text.decode(bytes, { stream: true }))
          return bytes.length
        },
      }
    }
    python.setStdout(writer(1))
    python.setStderr(writer(2))
    return JSON.parse(run(JSON.stringify(program)))
  }
})
