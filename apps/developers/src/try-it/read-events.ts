import { EventDecoderStream } from '@orpc/standard-server'

/** One event as it came over the line. */
export type StreamMessage = { name: string; id: string | null; data: string }

/** Why no more events come. `failed` is the API's own last word, `cut` is its absence. */
export type StreamEnd =
  | { kind: 'complete' | 'stopped' | 'cut' }
  | { kind: 'failed'; code: string; message: string }

// A stream that is quiet says every 15 seconds that it is there.
const silenceMs = 45_000

/** Reads a stream of events (`contracts/stream.ts`) until it ends, breaks off, falls silent, or `signal` is aborted. */
export async function readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
  onMessage: (message: StreamMessage) => void,
): Promise<StreamEnd> {
  const reader = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventDecoderStream()).getReader()
  let timer: ReturnType<typeof setTimeout> | undefined
  // Ends the reading that waits, as a stream does that has nothing more to tell.
  const leave = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener('abort', leave)
  try {
    for (;;) {
      clearTimeout(timer)
      timer = setTimeout(leave, silenceMs)
      const { done, value } = await reader.read()
      if (signal.aborted) return { kind: 'stopped' }
      if (done) return { kind: 'cut' }
      const { event: name = 'message', id = null, data } = value
      if (data === undefined) continue
      onMessage({ name, id, data })
      if (name === 'done') return { kind: 'complete' }
      if (name === 'error') return failureIn(data)
    }
  } catch {
    // The line broke. What was received is shown, and that it is not all.
    return { kind: signal.aborted ? 'stopped' : 'cut' }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', leave)
    leave()
  }
}

function failureIn(data: string): StreamEnd {
  try {
    const { code, message } = JSON.parse(data) as { code?: unknown; message?: unknown }
    return { kind: 'failed', code: String(code), message: String(message) }
  } catch {
    return { kind: 'failed', code: 'internal', message: data.slice(0, 500) }
  }
}
