import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { type FilesOfLanguage, type ProgramFiles, programsAddress } from '@azora/web/programs/protocol.ts'
import { build } from 'vite'

/**
 * Makes what runs programs on a device: the page of the frame, and for each language a script and its runtime, named by
 * their content and compressed once.
 */

const root = import.meta.dirname
const dist = join(root, 'dist')
const nowhere = 'https://nowhere.invalid/'
const packageFile = (name: string) => fileURLToPath(import.meta.resolve(name))

/** One script of everything that `entry` leads to. */
async function bundle(
  entry: string,
  options: { format?: 'es' | 'iife'; define?: Record<string, string> } = {},
) {
  const { format = 'es', define = {} } = options
  const made = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define,
    plugins: [
      {
        name: 'azora-no-addresses',
        enforce: 'pre',
        // What lies beside a script of a package would be packed into it; it is handed over instead.
        transform: (code, id) =>
          id.includes('node_modules') ? code.replaceAll('import.meta.url', JSON.stringify(nowhere)) : null,
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      rolldownOptions: {
        // Never reached in a browser.
        external: [/^node:/, 'ws', 'module'],
        output: { codeSplitting: false },
        checks: { eval: false, commonJsVariableInEsm: false },
      },
      lib: { entry: join(root, 'src', entry), formats: [format], name: 'made', fileName: 'made' },
    },
  })
  const [output] = [made].flat()
  if (!output || !('output' in output) || output.output.length !== 1)
    throw new Error(
      `${entry} does not come to one script: ${JSON.stringify([made].flat().map(one => 'output' in one && one.output.map(({ fileName }) => fileName)))}`,
    )
  return output.output[0].code
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** @returns its address, its length, and its length as it is sent. */
async function put(name: string, content: string | Buffer) {
  const bytes = Buffer.from(content)
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 10).replaceAll('-', '_')
  const at = name.lastIndexOf('.')
  const path = `/assets/${name.slice(0, at)}-${hash}${name.slice(at)}`
  await writeFile(join(dist, path), bytes)
  let sentBytes = bytes.length
  if (!name.endsWith('.zip')) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
    const small = await brotli(bytes, { params })
    await writeFile(join(dist, `${path}.br`), small)
    await writeFile(join(dist, `${path}.gz`), await zip(bytes, { level: 9 }))
    sentBytes = small.length
  }
  return { file: { path: programsAddress + path, bytes: bytes.length }, sentBytes }
}

type Parts = { script: string; wasm: Buffer; library?: Buffer }

async function language(name: string, { script, wasm, library }: Parts): Promise<FilesOfLanguage> {
  const parts = [await put(`${name}.js`, script), await put(`${name}.wasm`, wasm)]
  if (library) parts.push(await put(`${name}.zip`, library))
  const [code, runtime, rest] = parts.map(({ file }) => file)
  return {
    script: code as FilesOfLanguage['script'],
    wasm: runtime as FilesOfLanguage['wasm'],
    library: rest ?? null,
    transferBytes: parts.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
  }
}

/** Names that its scripts look for when they are read, and that the interpreter does not have. */
const inspector = (code: string) => `(() => {
  let made
  return () => {
    if (made) return made
    const names = ['Atomics', 'SharedArrayBuffer']
    const before = names.map(name => Object.getOwnPropertyDescriptor(globalThis, name))
    for (const name of names) Object.defineProperty(globalThis, name, { value: class {}, configurable: true, writable: true })
    made = ((URL, TextEncoder, TextDecoder, Intl) => {
      ${code}
      return made
    })(class {}, class {}, class {}, undefined)
    names.forEach((name, at) => {
      delete globalThis[name]
      if (before[at]) Object.defineProperty(globalThis, name, before[at])
    })
    return made
  }
})()`

await rm(dist, { recursive: true, force: true })
await mkdir(join(dist, 'assets'), { recursive: true })

const prelude = await bundle('javascript/prelude.ts', { format: 'iife' })
const define = {
  PRELUDE: JSON.stringify(`(() => { ${prelude}; return made })()`),
  INSPECTOR: JSON.stringify(inspector(await bundle('javascript/inspector.ts', { format: 'iife' }))),
}
const pyodide = dirname(packageFile('pyodide/pyodide.asm.wasm'))
const lock = JSON.parse(await readFile(join(pyodide, 'pyodide-lock.json'), 'utf8')) as { info: object }
const quickjs = dirname(packageFile('@jitl/quickjs-wasmfile-release-sync'))
const files: ProgramFiles = {
  python: await language('python', {
    script: await bundle('python/python.ts', {
      format: 'iife',
      define: { RUNTIME_INFO: JSON.stringify(lock.info) },
    }),
    wasm: await readFile(join(pyodide, 'pyodide.asm.wasm')),
    library: await readFile(join(pyodide, 'python_stdlib.zip')),
  }),
  javascript: await language('javascript', {
    script: await bundle('javascript/javascript.ts', { format: 'iife', define }),
    wasm: await readFile(join(quickjs, 'emscripten-module.wasm')),
  }),
}
await writeFile(join(dist, 'files.json'), JSON.stringify(files))
const frame = (await bundle('frame.ts')).trim()
await writeFile(
  join(dist, 'index.html'),
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Programs</title><script type="module">${frame}</script></html>\n`,
)
