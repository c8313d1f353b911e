import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * How programs of each language are run. Another one that the machine has is a line here: which of its programs and
 * folders the sandbox shows, and what is called. Everything else of the machine stays out of sight.
 */

export type Language = {
  /** What the machine has to have; the sandbox shows these and the libraries of the system, and nothing else. */
  needs: string[]
  /** Shown where the machine has it. */
  alsoShown?: string[]
  /** Run in a sandbox of its own; what it prints is the file that `run` calls. */
  compile?: (files: string[]) => string[]
  run: (files: string[], memoryMiB: number) => string[]
  /** What an empty program takes, which a limit of memory does not mean. */
  ownMemoryBytes: number
  /** What it sets aside as data without using it, which only the limit of data counts. */
  reservedDataBytes: number
  /** Processes and threads, those of the language among them. */
  processes: number
  /** The space of addresses, beyond the limit of memory; null where a language reserves far more than it uses. */
  ownAddressBytes: number | null
  /** How it says that memory ran out. Words, as a pattern may take long for what a program can print. */
  memoryRanOut: string[]
  environment?: Record<string, string>
  /** Of ours, put beside the files of the program. */
  runners?: { path: string; file: string }[]
}

const mebibyte = 2 ** 20
/** Where the Node that runs us is for a program. */
export const nodeInside = '/usr/bin/node'
/** Where a compiled program is. No file of a learner has such a name. */
export const compiledFile = '.program'

const node: Language = {
  needs: [process.execPath],
  run: (files, memoryMiB) => [...callOfNode(memoryMiB), files[0] as string],
  ownMemoryBytes: 96 * mebibyte,
  // V8 sets 512 MiB aside for machine code.
  reservedDataBytes: 544 * mebibyte,
  processes: 32,
  ownAddressBytes: null,
  memoryRanOut: ['heap out of memory', 'Array buffer allocation failed', 'could not allocate memory'],
  environment: { UV_THREADPOOL_SIZE: '1', NO_COLOR: '1' },
}

function callOfNode(memoryMiB: number): string[] {
  return [
    nodeInside,
    // Fewer threads and pages for what lives a moment.
    '--v8-pool-size=1',
    `--max-old-space-size=${memoryMiB}`,
    '--max-semi-space-size=8',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  ]
}

/** A file below this one, as `.runner/<its name>` in the folder of the program, without types. */
function runnerOf(url: URL) {
  const file = fileURLToPath(url)
  return { path: `.runner/${basename(file).replace(/\.ts$/, '.mjs')}`, file }
}

const unitTestsOfNode: Language = {
  ...node,
  run: (_files, memoryMiB) => [...callOfNode(memoryMiB), '.runner/javascript-tests.mjs'],
  // Two processes, each with a thread beside it that has machine code of its own.
  reservedDataBytes: 2 * node.reservedDataBytes,
  ownMemoryBytes: 2 * node.ownMemoryBytes + 64 * mebibyte,
  processes: 64,
  environment: { ...node.environment, UV_THREADPOOL_SIZE: '2' },
  runners: [
    new URL('./unit/javascript-tests.ts', import.meta.url),
    new URL('./unit/javascript-suite.ts', import.meta.url),
    new URL('./unit/javascript-program.ts', import.meta.url),
    new URL('./unit/javascript-line.ts', import.meta.url),
    new URL('./unit/javascript-wire.ts', import.meta.url),
  ].map(runnerOf),
}

const styleOfNode: Language = {
  ...node,
  run: (_files, memoryMiB) => [...callOfNode(memoryMiB), '.runner/check-javascript.mjs'],
  runners: [
    runnerOf(new URL('./style/check-javascript.ts', import.meta.url)),
    { path: '.runner/acorn.mjs', file: fileURLToPath(import.meta.resolve('acorn')) },
  ],
}

const python: Language = {
  needs: ['/usr/bin/python3'],
  alsoShown: ['/usr/share/zoneinfo'],
  // Isolated from what is installed for users of the machine; lines are told as they are written, so that a program
  // that is ended shows how far it came.
  run: files => ['/usr/bin/python3', '-u', '-s', '-B', files[0] as string],
  ownMemoryBytes: 32 * mebibyte,
  reservedDataBytes: 0,
  processes: 16,
  ownAddressBytes: 256 * mebibyte,
  memoryRanOut: ['\nMemoryError'],
  environment: { PYTHONHASHSEED: '0', PYTHONIOENCODING: 'utf-8' },
}

export const languages: Record<string, Language> = {
  python,
  javascript: node,
  /** Node takes the types off and does not check them. */
  typescript: node,
  /** Each run has a database of its own in memory: SQLite, which the Node that runs us brings along. */
  sql: {
    ...node,
    run: (files, memoryMiB) => [...callOfNode(memoryMiB), '.runner/run-sql.mjs', ...files, '--'],
    memoryRanOut: ['out of memory'],
    runners: [runnerOf(new URL('./run-sql.ts', import.meta.url))],
  },
  /** The author's unit tests in a process of their own, which the program cannot reach (decision 0057). */
  'python:unit': {
    ...python,
    run: () => ['/usr/bin/python3', '-I', '-B', '.runner/tests.py'],
    ownMemoryBytes: 2 * python.ownMemoryBytes + 16 * mebibyte,
    runners: [
      new URL('./unit/tests.py', import.meta.url),
      new URL('./unit/program.py', import.meta.url),
      new URL('./unit/wire.py', import.meta.url),
    ].map(runnerOf),
  },
  'javascript:unit': unitTestsOfNode,
  'typescript:unit': unitTestsOfNode,
  /** Rules of style, on files that are read and not run. */
  'python:style': {
    ...python,
    run: () => ['/usr/bin/python3', '-I', '-B', '.runner/check.py'],
    runners: [runnerOf(new URL('./style/check.py', import.meta.url))],
  },
  'javascript:style': styleOfNode,
  'typescript:style': styleOfNode,
  c: {
    needs: ['/usr/bin/gcc'],
    alsoShown: ['/usr/bin', '/usr/include', '/usr/libexec'],
    compile: files => [
      '/bin/sh',
      '-c',
      `gcc -std=c17 -O1 -Wall -fdiagnostics-color=never -o ${compiledFile} ${files
        .filter(path => path.endsWith('.c'))
        .map(quoted)
        .join(' ')} -lm >&2 && cat ${compiledFile}`,
    ],
    run: () => [`./${compiledFile}`],
    ownMemoryBytes: 4 * mebibyte,
    reservedDataBytes: 0,
    processes: 16,
    ownAddressBytes: 64 * mebibyte,
    memoryRanOut: ['out of memory', 'Out of memory'],
  },
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
