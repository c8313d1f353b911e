import {
  type DeviceEnd,
  type DeviceLanguage,
  type DeviceRun,
  type FromFrame,
  type FromWorker,
  programsAddress,
  type ToFrame,
} from '@azora/web/programs/protocol.ts'
import { fetchLanguage } from './language-files.ts'

/**
 * The frames in which programs run on this device, one for each language. A frame has no origin and reaches nothing of
 * ours; what comes from it is data that a program may have written, and is looked at as such.
 */

const openMs = 20_000
const loadMs = 120_000

export type Ended = {
  end: DeviceEnd | { outcome: 'timed_out' }
  stdout: string
  stderr: string
  wallMs: number
}

export type DeviceWorker = {
  /** @param wallMs after which it is ended. @throws where the language broke; the worker is gone then. */
  run(program: DeviceRun, wallMs: number): Promise<Ended>
}

type Frame = {
  /** With a worker that has run nothing, and is ended afterwards. One use waits for the other. */
  use<T>(work: (worker: DeviceWorker) => Promise<T>, signal: AbortSignal): Promise<T>
}

const frames = new Map<DeviceLanguage, Promise<Frame>>()

/** @throws where the device cannot run the language, or its files cannot be had. */
export function frameOf(language: DeviceLanguage, tell: (part: number) => void): Promise<Frame> {
  const known = frames.get(language)
  if (known) return known
  const frame = openFrame(language, tell)
  frames.set(language, frame)
  frame.catch(() => frames.delete(language))
  return frame
}

/** What the next message is, as far as `pick` knows one. */
function heard<T>(port: MessagePort, ms: number, pick: (data: FromFrame) => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The frame of programs does not answer.')), ms)
    port.onmessage = ({ data }: MessageEvent<FromFrame>) => {
      const found = pick(data)
      if (found === undefined && !('fault' in data)) return
      clearTimeout(timer)
      if (found === undefined) reject(new Error(`Programs cannot run here: ${'fault' in data && data.fault}`))
      else resolve(found)
    }
  })
}

async function openFrame(language: DeviceLanguage, tell: (part: number) => void): Promise<Frame> {
  const files = await fetchLanguage(language, tell)
  const element = document.createElement('iframe')
  element.hidden = true
  element.title = ''
  try {
    await new Promise(resolve => {
      element.onload = resolve
      // Its own policy takes its origin away. With the attribute, a service worker could not give it without a connection.
      element.src = programsAddress
      document.body.append(element)
    })
    // A document that we can look into is one that could look at us.
    if (element.contentDocument !== null) throw new Error('The frame of programs is not walled off.')
    const { port1: port, port2 } = new MessageChannel()
    const opened = heard(port, openMs, data => ('open' in data ? true : undefined))
    element.contentWindow?.postMessage(null, '*', [port2])
    await opened
    const loaded = heard(port, loadMs, data => ('loaded' in data ? true : undefined))
    const say = (message: ToFrame, transfer: Transferable[] = []) => port.postMessage(message, transfer)
    say({ load: files }, [files.wasm, ...(files.library ? [files.library] : [])])
    await loaded
    let last: Promise<unknown> = Promise.resolve()
    return {
      use(work, signal) {
        const turn = last.then(async () => {
          signal.throwIfAborted()
          const handle = workerOf(say, signal)
          try {
            return await work(handle)
          } finally {
            handle.end()
          }
        })
        last = turn.catch(() => {})
        return turn
      },
    }
  } catch (failure) {
    element.remove()
    throw failure
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const outcomes: unknown[] = ['finished', 'failed', 'memory_exceeded', 'output_exceeded']

/** What ended a program, when it is told as it should be. */
function endIn(ended: unknown): DeviceEnd | null {
  if (typeof ended !== 'object' || ended === null) return null
  if ('needs' in ended) return isText(ended.needs) ? { needs: ended.needs.slice(0, 60) } : null
  return 'outcome' in ended && outcomes.includes(ended.outcome) ? (ended as DeviceEnd) : null
}

function workerOf(say: (message: ToFrame, transfer?: Transferable[]) => void, signal: AbortSignal) {
  let port: MessagePort | null = null

  function end(): void {
    port?.close()
    if (port) say({ worker: 'end' })
    port = null
  }

  /** A worker that has started its language. */
  function begin(): Promise<MessagePort> {
    const channel = new MessageChannel()
    port = channel.port1
    const started = channel.port1
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The language does not start.')), loadMs)
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      started.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        clearTimeout(timer)
        if ('ready' in data) resolve(started)
        else reject(new Error(`The language does not start: ${'fault' in data && data.fault}`))
      }
      say({ worker: 'start' }, [channel.port2])
    })
  }

  async function run(program: DeviceRun, wallMs: number): Promise<Ended> {
    const to = port ?? (await begin())
    const began = performance.now()
    const said = { 1: '', 2: '' }
    let taken = 0
    return new Promise<Ended>((resolve, reject) => {
      const finish = (end: Ended['end']) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', stop)
        to.onmessage = null
        const wallMs = Math.round(performance.now() - began)
        resolve({ end, stdout: said[1], stderr: said[2], wallMs })
      }
      const timer = setTimeout(() => {
        end()
        finish({ outcome: 'timed_out' })
      }, wallMs)
      const stop = () => {
        clearTimeout(timer)
        end()
        reject(signal.reason)
      }
      signal.addEventListener('abort', stop, { once: true })
      to.onmessage = ({ data }: MessageEvent<FromWorker | null>) => {
        if (typeof data !== 'object' || data === null) return
        if ('written' in data && isText(data.text)) {
          taken += data.text.length
          if (taken <= program.outputBytes) said[data.written === 2 ? 2 : 1] += data.text
          else if (taken > 2 * program.outputBytes) {
            // One that counts for itself has ended by now.
            end()
            finish({ outcome: 'output_exceeded' })
          }
        } else if ('ended' in data) {
          const told = endIn(data.ended)
          // What took too much may still be running, and one that broke has nothing more to say.
          if (told && !('needs' in told) && (told.outcome === 'finished' || told.outcome === 'failed'))
            return finish(told)
          end()
          finish(told ?? { outcome: 'failed' })
        } else if ('fault' in data) {
          reject(new Error(`The language broke: ${String(data.fault).slice(0, 300)}`))
          stop()
        }
      }
      to.postMessage(program)
    })
  }
  return { run, end }
}
