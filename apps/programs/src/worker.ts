import type { DeviceEnd, DeviceRun, FromWorker } from '@azora/web/programs/protocol.ts'

/** What is the same in the workers of all languages: they start, and run one program after another for a page. */

/** Takes what the program writes, to the descriptor 1 or 2. */
export type Write = (to: 1 | 2, text: string) => void

export type Language = (run: DeviceRun, write: Write, over: () => boolean) => Promise<DeviceEnd>

// Each is told at once, so that a program that is ended shows how far it came; one that writes very often is not told
// line by line.
const toldAtOnce = 500
const mostKept = 4_096

function outputOf(port: MessagePort, most: number) {
  const bytes = new TextEncoder()
  let taken = 0
  let pieces = 0
  let over = false
  let kept: { to: 1 | 2; text: string } | null = null
  const tell = (message: FromWorker) => port.postMessage(message)

  function flush(): void {
    if (kept) tell({ written: kept.to, text: kept.text })
    kept = null
  }

  function write(to: 1 | 2, text: string): void {
    if (over || text === '') return
    const length = bytes.encode(text).length
    const room = most - taken
    taken += length
    pieces++
    if (kept && kept.to !== to) flush()
    kept = { to, text: (kept?.text ?? '') + (length > room ? text.slice(0, room) : text) }
    if (pieces <= toldAtOnce || kept.text.length >= mostKept || length > room) flush()
    if (length <= room) return
    over = true
    tell({ ended: { outcome: 'output_exceeded' } })
  }
  return { write, flush, over: () => over }
}

/** @param start gets the compiled language and its library, and gives what runs a program. */
export function serve(start: (wasm: WebAssembly.Module, library: ArrayBuffer | null) => Promise<Language>) {
  let language: Promise<Language> | null = null

  async function attend(port: MessagePort): Promise<void> {
    const tell = (message: FromWorker) => port.postMessage(message)
    try {
      const run = await language
      port.onmessage = async ({ data }: MessageEvent<DeviceRun>) => {
        const { write, flush, over } = outputOf(port, data.outputBytes)
        try {
          const ended = (await run?.(data, write, over)) ?? { outcome: 'failed' as const }
          flush()
          if (!over()) tell({ ended })
        } catch (failure) {
          // The language itself broke: what the program would have done here, the server knows.
          tell({ fault: String(failure) })
        }
      }
      tell({ ready: true })
    } catch (failure) {
      tell({ fault: String(failure) })
    }
  }

  addEventListener('message', ({ data, ports }) => {
    if (ports[0]) void attend(ports[0])
    else if (!language) {
      language = start(data.wasm, data.library)
      // Told to the first page that asks for it.
      language.catch(() => {})
    }
  })
}
