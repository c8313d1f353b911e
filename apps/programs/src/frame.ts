import type { FromFrame, ToFrame } from '@azora/web/programs/protocol.ts'

/**
 * The document in which programs run: of no origin, and with a policy that lets nothing be fetched (decision 0058). It
 * starts workers and ends them, and hands no message on: a worker answers at a port that the page made for it.
 */

function attend(port: MessagePort): void {
  const tell = (message: FromFrame) => port.postMessage(message)
  let made: (() => Worker) | null = null
  let worker: Worker | null = null
  // One that has started, and has run nothing yet: the next program does not wait for its language.
  let spare: Worker | null = null

  async function load({
    script,
    wasm,
    library,
  }: {
    script: string
    wasm: ArrayBuffer
    library: ArrayBuffer | null
  }) {
    try {
      const compiled = await WebAssembly.compile(wasm)
      const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
      made = () => {
        const worker = new Worker(address)
        worker.onerror = ({ message }) => tell({ fault: message || 'The worker did not start.' })
        worker.postMessage({ wasm: compiled, library })
        return worker
      }
      spare = made()
      tell({ loaded: true })
    } catch (failure) {
      tell({ fault: String(failure) })
    }
  }

  port.onmessage = ({ data, ports }: MessageEvent<ToFrame>) => {
    if ('load' in data) void load(data.load)
    else if (data.worker === 'end') {
      worker?.terminate()
      worker = null
    } else if (ports[0] && made) {
      worker?.terminate()
      worker = spare ?? made()
      spare = null
      worker.postMessage(null, [ports[0]])
    }
    if ('worker' in data && data.worker === 'end' && made) spare ??= made()
  }
  tell({ open: true })
}

addEventListener('message', ({ source, ports }) => {
  // Where the policy of this document did not take hold, nothing may run in it.
  if (source === parent && ports[0] && self.origin === 'null') attend(ports[0])
})
