import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** Files of ours that are put beside those of a program, read once. */

const read = new Map<string, Promise<string>>()

export async function runnerOf({ path, file }: { path: string; file: string }) {
  const content = read.get(file) ?? (file.endsWith('.ts') ? withoutTypes(file) : readFile(file, 'utf8'))
  read.set(file, content)
  return { path, content: await content, executable: false }
}

const strip = `const { readFileSync, writeSync } = require('node:fs')
writeSync(1, require('node:module').stripTypeScriptTypes(readFileSync(process.argv[1], 'utf8')))`

/**
 * To take the types off in each run would take longer than most programs do. In a process of its own, since Node warns of
 * what does it.
 */
async function withoutTypes(file: string): Promise<string> {
  const options = ['--disable-warning=ExperimentalWarning', '-e', strip, file]
  const { stdout } = await promisify(execFile)(process.execPath, options, { env: {} })
  return stdout.replace(/('\.\/[\w-]+)\.ts'/g, "$1.mjs'").replace("from 'acorn'", "from './acorn.mjs'")
}
