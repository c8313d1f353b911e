import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { connect as tcpConnect } from 'node:net'
import { StartupFault } from '@azora/kit/config.ts'
import type { Account } from './account.ts'

export type ServerProcess = {
  pid: number
  /** Settles when the process has ended, with a few words on how. */
  exited: Promise<string>
  running(): boolean
  /** Send the signal and wait for the end; after graceMs, send the harder one. */
  stop(soft: NodeJS.Signals, graceMs?: number, hard?: NodeJS.Signals): Promise<void>
}

export type ServerCommand = {
  command: string
  args: string[]
  /** The whole environment; servers must not pick up PG* or RABBITMQ_* settings meant for others. */
  env: Record<string, string>
  cwd: string
  logFile: string
  account?: Account | null
}

/**
 * Start a server whose output goes to a file, so that it neither stalls nor dies with us.
 * @throws the error of spawn(2), for example ENOENT.
 */
export async function startServer(server: ServerCommand): Promise<ServerProcess> {
  const output = openSync(server.logFile, 'a', 0o600)
  let child: ChildProcess
  try {
    child = spawn(server.command, server.args, {
      cwd: server.cwd,
      ...(process.platform === 'win32' ? {} : { env: server.env as NodeJS.ProcessEnv }),
      stdio: ['ignore', output, output],
      // Its own session: ctrl-C in a terminal signals the whole group, and the database must outlive the requests.
      detached: process.platform !== 'win32',
      ...(server.account ? { uid: server.account.uid, gid: server.account.gid } : {}),
    })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
  } finally {
    closeSync(output)
  }
  // A server that someone forgot to stop must not keep this process from ending; its end takes the server along.
  child.unref()
  const running = () => child.exitCode === null && child.signalCode === null
  const exited = new Promise<string>(resolve => {
    child.once('exit', (code, name) => resolve(name ? `ended by ${name}` : `ended with exit code ${code}`))
  })
  // A process that ends without stopping its servers still takes them along.
  const leaving = () => {
    if (running()) child.kill('SIGINT')
  }
  process.once('exit', leaving)
  exited.then(() => process.removeListener('exit', leaving))
  return {
    pid: child.pid!,
    exited,
    running,
    async stop(soft, graceMs = 30_000, hard = 'SIGKILL') {
      if (!running()) return
      child.kill(soft)
      const timer = setTimeout(() => child.kill(hard), graceMs)
      await exited
      clearTimeout(timer)
    },
  }
}

/**
 * Wait until the server answers.
 * @param attempt connects for real; false means "not yet", an exception is final.
 * @returns false when the process ended first.
 * @throws StartupFault after timeoutMs.
 */
export async function untilReady(
  server: ServerProcess,
  attempt: () => Promise<boolean>,
  { name, timeoutMs, everyMs }: { name: string; timeoutMs: number; everyMs: number },
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  const gone = server.exited.then(() => 'gone' as const)
  while (server.running()) {
    if ((await Promise.race([attempt(), gone])) === true) return true
    if (Date.now() > deadline) {
      throw new StartupFault([
        `${name} did not become ready within ${timeoutMs / 1000} s. Is the machine overloaded?`,
      ])
    }
    await Promise.race([new Promise(resolve => setTimeout(resolve, everyMs)), gone])
  }
  return false
}

/** Whether something accepts connections there. */
export function accepts(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = tcpConnect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** The end of a log file from a position on, without blank lines; empty when there is none. */
export function lastLines(file: string, from = 0, count = 8): string[] {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch {
    return []
  }
  try {
    const start = Math.max(from, fstatSync(handle).size - 8000)
    const buffer = Buffer.alloc(8000)
    const length = readSync(handle, buffer, 0, buffer.length, start)
    const lines = buffer.toString('utf8', 0, length).split('\n')
    return lines.filter(line => line.trim() !== '').slice(-count)
  } finally {
    closeSync(handle)
  }
}
