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
  runner?: { path: string; file: string }
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

const runnerOfSql = fileURLToPath(new URL('./run-sql.ts', import.meta.url))

export const languages: Record<string, Language> = {
  python: {
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
  },
  javascript: node,
  /** Node takes the types off and does not check them. */
  typescript: node,
  /** Each run has a database of its own in memory: SQLite, which the Node that runs us brings along. */
  sql: {
    ...node,
    run: (files, memoryMiB) => [...callOfNode(memoryMiB), '.runner/run-sql.ts', ...files, '--'],
    memoryRanOut: ['out of memory'],
    runner: { path: '.runner/run-sql.ts', file: runnerOfSql },
  },
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
