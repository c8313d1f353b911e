import { spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { isMainThread, type MessagePort, receiveMessageOnPort, Worker, workerData } from 'node:worker_threads'
import type { Line, Message } from './javascript-wire.ts'

/**
 * Messages, one a line. A thread reads and writes them, so that the main one can wait for the next one in the middle of a
 * call, and is also told of one while it waits for none.
 */

const mostBytes = 4 * 2 ** 20
/** Where the program has its line: after the standard three. */
const descriptor = 3

/** A file to be started with the other end, or null for the end that this process was started with. */
type Held = { start: string | null; port: MessagePort; signal: Int32Array<SharedArrayBuffer> }

/** @param take a message that comes while nobody waits for one @param more what goes along with each that is sent */
export function openLine(
  start: string | null,
  take: (message: Message | null) => void,
  more: () => Message = () => ({}),
): Line {
  const { port1: port, port2 } = new MessageChannel() as unknown as { port1: MessagePort; port2: MessagePort }
  const signal = new Int32Array(new SharedArrayBuffer(4))
  new Worker(new URL(import.meta.url), {
    workerData: { start, port: port2, signal } satisfies Held,
    transferList: [port2],
  }).unref()
  port.on('message', text => take(parsed(text)))
  return {
    send(message) {
      const text = JSON.stringify({ ...message, ...more() })
      if (text.length > mostBytes) throw new RangeError('A value is too large to be handed over.')
      port.postMessage(`${text}\n`)
    },
    receive() {
      for (;;) {
        const before = Atomics.load(signal, 0)
        const next = receiveMessageOnPort(port)
        if (next) return parsed(next.message)
        Atomics.wait(signal, 0, before)
      }
    },
  }
}

function parsed(text: string | null): Message | null {
  try {
    const message = text === null ? null : JSON.parse(text)
    return typeof message === 'object' ? message : null
  } catch {
    return null
  }
}

function opened(start: string | null, ended: (signal: string | null) => void): Socket {
  if (start === null) return new Socket({ fd: descriptor }).on('close', () => ended(null))
  // The output of the program is shown with its errors: what counts is told by the tests alone.
  const child = spawn(process.execPath, [...process.execArgv, start], { stdio: ['ignore', 2, 2, 'pipe'] })
  // With its exit and its line closed.
  child.on('close', (_code, signal) => ended(signal))
  return child.stdio[descriptor] as Socket
}

function serve({ start, port, signal }: Held): void {
  let rest = ''
  const tell = (text: string | null) => {
    port.postMessage(text)
    Atomics.add(signal, 0, 1)
    Atomics.notify(signal, 0)
  }
  // The kernel ends the program alone at its limit of processor time, which may be before the wall sees it.
  const socket = opened(start, by => tell(by === 'SIGXCPU' ? JSON.stringify({ timedOut: true }) : null))
  port.on('message', text => socket.write(text))
  socket
    .setEncoding('utf8')
    .on('data', chunk => {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) tell(line)
      if (rest.length > mostBytes) socket.destroy()
    })
    .on('error', () => {})
}

if (!isMainThread && workerData?.signal) serve(workerData as Held)
