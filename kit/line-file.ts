import { appendFile, rename, stat } from 'node:fs/promises'

/**
 * A file of lines that grows at its end and is set aside when it is large: as `<file>.1`, the one before as
 * `<file>.2`, and so on. Writes are queued, so lines of one call stay together. A full disk costs the lines, never
 * the caller and never the file: each write opens it anew, so the first one after space has returned is kept, and a
 * line then says how many bytes were lost.
 */

type LineFileSettings = {
  maxBytes: number
  /** How many files that were set aside are kept. */
  keep?: number
  /** What a complaint calls the file. */
  name: string
}

// A disk that hangs must not fill the memory instead.
const mostWaitingBytes = 8_000_000
const complainEveryMs = 60_000

/** @returns writes whole lines, each with its line break. */
export function openLineFile(path: string, { maxBytes, keep = 1, name }: LineFileSettings) {
  let size = -1
  // A write that broke off may have left half a line behind.
  let torn = false
  let lostBytes = 0
  let waitingBytes = 0
  let complainedAt = Number.NEGATIVE_INFINITY
  let queue = Promise.resolve()

  async function setAside(): Promise<void> {
    for (let number = keep; number > 0; number--) {
      await rename(number === 1 ? path : `${path}.${number - 1}`, `${path}.${number}`).catch(failure => {
        if (failure.code !== 'ENOENT') throw failure
      })
    }
    size = 0
    torn = false
  }

  function lossLine(): string {
    if (lostBytes === 0) return ''
    const time = new Date().toISOString()
    return `${JSON.stringify({ level: 'error', message: 'Lines of this log were lost', time, lostBytes })}\n`
  }

  async function write(lines: string): Promise<void> {
    if (size < 0)
      size = await stat(path).then(
        found => found.size,
        () => 0,
      )
    if (size > maxBytes) await setAside()
    const whole = `${torn && size > 0 ? '\n' : ''}${lossLine()}${lines}`
    await appendFile(path, whole, { mode: 0o600 })
    size += Buffer.byteLength(whole)
    torn = false
    lostBytes = 0
  }

  function complain(failure: Error): void {
    if (performance.now() - complainedAt < complainEveryMs) return
    complainedAt = performance.now()
    process.stderr.write(`The ${name} cannot be written: ${failure.message}\n`)
  }

  return (lines: string): void => {
    const bytes = Buffer.byteLength(lines)
    if (waitingBytes + bytes > mostWaitingBytes) {
      lostBytes += bytes
      return
    }
    waitingBytes += bytes
    queue = queue
      .then(() => write(lines))
      .catch(failure => {
        torn = true
        size = -1
        lostBytes += bytes
        complain(failure as Error)
      })
      .finally(() => {
        waitingBytes -= bytes
      })
  }
}
