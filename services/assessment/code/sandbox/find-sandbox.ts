import { randomInt } from 'node:crypto'
import { accessSync, constants, readFileSync } from 'node:fs'
import { bubblewrapCommand, tools } from './bubblewrap.ts'
import { languages } from './languages.ts'
import type { Program, ProgramResult } from './program.ts'
import { runProgram, type Wall } from './run-program.ts'
import { systemCallFilter } from './system-calls.ts'

/**
 * Which wall stands on this machine, found by running something behind it: that a program is installed says little, as
 * containers and some distributions do not let it make namespaces. Without a wall no program of a learner is run.
 */

export type Sandbox = {
  run(program: Program): Promise<ProgramResult>
  /** Of those that this can run, the ones whose tools the machine has. */
  languages: string[]
}

export type Found = { sandbox: Sandbox } | { sandbox: null; reason: string }

const isThere = (path: string) => {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

/** Numbers of users that own nothing, where those that we may take are many enough; null where they are not. */
function firstUser(): number | null {
  const mapped = readFileSync('/proc/self/uid_map', 'utf8').trim().split('\n')
  const most = Math.max(...mapped.map(line => sumOf(line)))
  // Far from what systems and containers give out; within one that has few, the last that it has.
  // At random, since the servers of several containers may have the same process number.
  if (most >= 2_100_000_000) return 2_000_000_000 + randomInt(1_000_000) * 100
  return most >= 65_534 ? 60_000 + randomInt(50) * 100 : null
}

function sumOf(line: string): number {
  const [from = 0, , count = 0] = line.trim().split(/\s+/).map(Number)
  return from + count
}

export function bubblewrapWall(): Wall | null {
  const root = process.getuid?.() === 0
  const first = root ? firstUser() : null
  if (root && first === null) return null
  const filter = systemCallFilter(process.arch)
  if (!filter) return null
  const taken = new Set<number>()
  return {
    takeUser() {
      let at = 0
      while (taken.has(at)) at += 1
      taken.add(at)
      return { userId: first === null ? null : first + at, release: () => taken.delete(at) }
    },
    command: bubblewrapCommand,
    filter,
  }
}

// Only the filter of system calls refuses this: that a program runs would say nothing of it.
const refusedWhereTheWallStands = `
const { writeSync } = require('node:fs')
require('node:net').createServer().on('error', fault => writeSync(1, String(fault.code)))
  .listen('door', () => { writeSync(1, 'A program can make sockets.'); process.exit(1) })
`

export async function findSandbox(): Promise<Found> {
  if (process.platform !== 'linux')
    return { sandbox: null, reason: 'Programs are run on Linux alone, in a sandbox made with bubblewrap.' }
  if (!systemCallFilter(process.arch))
    return { sandbox: null, reason: `The system calls of ${process.arch} are not known here.` }
  const missing = tools.filter(path => !isThere(path))
  if (missing.length > 0)
    return {
      sandbox: null,
      reason: `Not found: ${missing.join(', ')}. On Debian or Ubuntu, run: apt-get install bubblewrap`,
    }
  const wall = bubblewrapWall()
  if (!wall)
    return {
      sandbox: null,
      reason: 'The container gives root too few user numbers to run programs as others.',
    }
  try {
    const tried = await runProgram(
      {
        language: 'javascript',
        files: [{ path: 'main.js', content: refusedWhereTheWallStands }],
      },
      wall,
    )
    if (tried.stdout !== 'EPERM') throw new Error(tried.stderr || tried.stdout || tried.outcome)
  } catch (failure) {
    return {
      sandbox: null,
      reason: `Bubblewrap cannot make a sandbox here, often because user namespaces are off or this is a container without the right to make them. It says: ${(failure as Error).message.slice(0, 500)}`,
    }
  }
  return {
    sandbox: {
      run: program => runProgram(program, wall),
      languages: Object.entries(languages)
        .filter(([, { needs }]) => needs.every(isThere))
        .map(([name]) => name),
    },
  }
}
