import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Servers } from './servers.ts'

/**
 * In a cluster of one machine the embedded servers belong to the process that started the parts, and the gateway lists
 * what there is. So the one tells at an address of this machine how they are, and the other asks there.
 */

type Health = Pick<Servers, 'health'>

// Longer than the one who is asked waits for a server that hangs.
const patienceMs = 3000

/** Tell how the servers are. */
export async function tellOfServers({ health }: Health): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(async (_req, res) => {
    res.setHeader('Content-Type', 'application/json')
    res.end(JSON.stringify(await health()))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** The servers of the process that tells of them there. While it is silent, those that it told of do not answer. */
export function serversToldAt(url: string): Health {
  let known: string[] = []
  return {
    async health() {
      try {
        const answer = await fetch(url, { signal: AbortSignal.timeout(patienceMs) })
        const told = (await answer.json()) as Record<string, boolean>
        known = Object.keys(told)
        return told
      } catch {
        return Object.fromEntries(known.map(name => [name, false]))
      }
    },
  }
}
