import { readFileSync, writeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/**
 * Runs inside the sandbox: the statements of the files that it is called with, in a database of their own, and prints
 * the rows of each as a table with tabs. The first file is run last, so that the others can make its tables.
 */

const database = new DatabaseSync(':memory:')

// Written in large parts: a call for each row would take most of the time.
let waiting = ''

function print(line: string): void {
  waiting += `${line}\n`
  if (waiting.length > 16_384) flush()
}

function flush(): void {
  writeSync(1, waiting)
  waiting = ''
}

/** One statement and where the next one begins: the shortest text to a semicolon that SQLite takes as whole. */
function nextStatement(text: string, from: number) {
  let end = from
  for (;;) {
    const semicolon = text.indexOf(';', end)
    end = semicolon < 0 ? text.length : semicolon + 1
    try {
      return { statement: database.prepare(text.slice(from, end)), end }
    } catch (failure) {
      // A semicolon within a text or a trigger.
      const cut = /incomplete input|unrecognized token/.test((failure as Error).message)
      if (!cut || end === text.length) throw failure
    }
  }
}

const cell = (value: unknown) =>
  value === null
    ? 'NULL'
    : value instanceof Uint8Array
      ? `x'${Buffer.from(value).toString('hex')}'`
      : String(value)

function runFile(path: string): void {
  const text = readFileSync(path, 'utf8')
  let from = 0
  const skip = /(?:\s|;|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/y
  for (;;) {
    skip.lastIndex = from
    from += skip.exec(text)?.[0].length ?? 0
    if (from >= text.length) return
    try {
      const { statement, end } = nextStatement(text, from)
      const columns = statement.columns().map(({ name }) => name)
      statement.setReturnArrays(true)
      if (columns.length === 0) statement.run()
      else {
        print(columns.join('\t'))
        for (const row of statement.iterate()) print((row as unknown as unknown[]).map(cell).join('\t'))
      }
      from = end
    } catch (failure) {
      flush()
      const line = text.slice(0, from).split('\n').length
      writeSync(2, `${path}, line ${line}: ${(failure as Error).message}\n`)
      process.exit(1)
    }
  }
}

// Arguments of the program come after a `--`, and mean nothing to SQL.
const [main = '', ...others] = process.argv.slice(2, process.argv.indexOf('--'))
for (const path of [...others, main]) runFile(path)
flush()
