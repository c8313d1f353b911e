import { appendFile, rename, stat } from 'node:fs/promises'

/**
 * A file of lines that grows at its end and is set aside as `<file>.1` when it is large. Writes are queued, so
 * lines of one call stay together; a full disk costs the lines, never the caller.
 */
export function openLineFile(path: string, maxBytes: number): (lines: string) => void {
  let size = -1
  let queue = Promise.resolve()
  async function write(lines: string): Promise<void> {
    if (size < 0)
      size = await stat(path).then(
        found => found.size,
        () => 0,
      )
    if (size > maxBytes) {
      await rename(path, `${path}.1`)
      size = 0
    }
    await appendFile(path, lines, { mode: 0o600 })
    size += lines.length
  }
  return lines => {
    queue = queue
      .then(() => write(lines))
      .catch(failure => {
        process.stderr.write(`The access log cannot be written: ${(failure as Error).message}\n`)
      })
  }
}
