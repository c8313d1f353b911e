import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

// Below the ports that systems give to outgoing connections (32768 on Linux, 49152 by RFC 6335, 6): one of those may
// be taken by any connection between its choice and its use.
const lowest = 20_000
const highest = 32_767
const mostTries = 100

/** A port of this machine that nobody listens on, chosen at random. @throws when a hundred in a row are taken. */
export async function freePort(): Promise<number> {
  for (let tries = 0; ; tries++) {
    const port = randomInt(lowest, highest + 1)
    const probe = createServer()
    try {
      await once(probe.listen(port, '127.0.0.1'), 'listening')
    } catch (failure) {
      if (tries < mostTries) continue
      throw failure
    }
    await new Promise(resolve => probe.close(resolve))
    return port
  }
}
