import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { cpuBetween, cpuOf } from './processes.ts'

/**
 * What the gateway adds to a request, and how exactly its limits count. The gateway and the service behind it are
 * processes of their own (`gateway-process.ts`), so that each can be asked what it used; the service does nothing but
 * answer, which makes the ratio a worst case.
 */

const processFile = fileURLToPath(new URL('./gateway-process.ts', import.meta.url))
const loadSeconds = 5
const connections = 16

async function start(...args: string[]) {
  const child = spawn(process.execPath, [processFile, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  const { url, token } = JSON.parse(String(line)) as { url: string; token?: string }
  return { url, token, pid: child.pid ?? 0, stop: () => child.kill() }
}

async function load(url: string, headers: Record<string, string>, pids: number[]) {
  await autocannon({ url, headers, connections, duration: 2 })
  const before = pids.map(pid => cpuOf(pid))
  const result = await autocannon({ url, headers, connections, duration: loadSeconds })
  const used = pids.reduce((sum, pid, at) => sum + cpuBetween(before[at] ?? new Map(), cpuOf(pid)), 0)
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} refusals.`)
  return {
    perSecond: result.requests.total / result.duration,
    meanMs: result.latency.average,
    p99Ms: result.latency.p99,
    cpuMs: (used * 1000) / result.requests.total,
  }
}

/** Print the cost of a request through the gateway against the same request to the service. */
export async function benchGatewayCost(say: (line: string) => void): Promise<void> {
  const service = await start('service')
  const gateway = await start('gateway', service.url)
  try {
    const path = '/api/v1/auth/me'
    const headers = { authorization: `Bearer ${gateway.token}` }
    const direct = await load(`${service.url}${path}`, headers, [service.pid])
    const through = await load(`${gateway.url}${path}`, headers, [service.pid, gateway.pid])
    const shown = ({ perSecond, meanMs, p99Ms, cpuMs }: typeof direct) =>
      `${perSecond.toFixed(0).padStart(6)} requests/s   mean ${meanMs.toFixed(2)} ms   p99 ${p99Ms} ms   ${cpuMs.toFixed(3)} ms of processor time each`
    say(
      '\nWhat the gateway adds to a request, forwarding to another process (token verified, limits counted)',
    )
    say(`  the service alone    ${shown(direct)}`)
    say(`  through the gateway  ${shown(through)}`)
    say(
      `  ratio                ${(through.cpuMs / direct.cpuMs).toFixed(2)} times the processor time, ${(through.meanMs / direct.meanMs).toFixed(2)} times the mean latency; ${(through.cpuMs - direct.cpuMs).toFixed(3)} ms added`,
    )
  } finally {
    gateway.stop()
    service.stop()
  }
}

/** Print how many of fifty clients' requests pass against how many may. */
export async function benchLimiter(say: (line: string) => void): Promise<void> {
  const service = await start('service')
  const gateway = await start('gateway', service.url, 'limited')
  try {
    const allowed = 600
    const clients = Array.from({ length: 50 }, async () => {
      let passed = 0
      for (let count = 0; count < 20; count++) {
        const answer = await fetch(`${gateway.url}/api/v1/auth/me`, {
          headers: { authorization: `Bearer ${gateway.token}` },
        })
        await answer.text()
        if (answer.status === 200) passed += 1
      }
      return passed
    })
    const passed = (await Promise.all(clients)).reduce((sum, count) => sum + count, 0)
    say('\nLimits under fifty clients at once, all of one person')
    say(`  ${passed} of 1000 requests passed; ${allowed} may in a minute (error ${passed - allowed})`)
  } finally {
    gateway.stop()
    service.stop()
  }
}
