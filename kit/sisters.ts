import { type AzoraClient, codeOf, connect } from '@azora/contracts/client.ts'
import type { ErrorData } from '@azora/contracts/errors.ts'
import type { ServiceName } from '@azora/contracts/service-names.ts'
import { ORPCError } from '@orpc/client'
import { type Addresses, takeTurns } from './addresses.ts'
import { correlationId, leaveProcess, refuseInsideTransaction } from './context.ts'
import { AppError } from './errors.ts'
import type { CallOptions } from './http.ts'
import { type InternalKey, internalHeader } from './internal-key.ts'
import { isIterator, streamAlike, untilAnswered } from './remote-streams.ts'
import type { RequestContext } from './request-context.ts'
import type { RunningService } from './service.ts'

/** How a process reaches services: those it runs itself directly, the others at their address. */
export type Directory = {
  running: Map<ServiceName, RunningService>
  /** Where the others listen: one address, or as many as there are processes of it. */
  urls: Record<string, string[]>
  internalKey: InternalKey
}

// Long enough for a slow disk, short enough that a caller can still answer its own caller.
const callTimeoutMs = 10_000

const turns = new WeakMap<Directory, Map<string, Addresses>>()

function addressesOf(directory: Directory, service: string): Addresses {
  let known = turns.get(directory)
  if (!known) {
    known = new Map()
    turns.set(directory, known)
  }
  let addresses = known.get(service)
  if (!addresses) {
    addresses = takeTurns(directory.urls[service] ?? [])
    known.set(service, addresses)
  }
  return addresses
}

/** Typed clients of all services, whichever way each is reached. */
export function clientsOf(directory: Directory, context: RequestContext): AzoraClient {
  const remote = new Map<string, AzoraClient>()
  return new Proxy({} as AzoraClient, {
    get(_, service: string) {
      const here = directory.running.get(service as ServiceName)
      if (here) {
        return new Proxy(
          {},
          {
            get: (_target, operation: string) => async (input: unknown, options?: CallOptions) => {
              await leaveProcess(`A call to ${service}`)
              return here.host.invoke(operation, input, { ...context, internal: true }, options)
            },
          },
        )
      }
      refuseInsideTransaction(`A call to ${service}`)
      const addresses = addressesOf(directory, service)
      // The address is chosen anew for each request.
      const nowhere = `http://${service}.invalid`
      let client = remote.get(service)
      if (!client) {
        client = connect({
          url: `${nowhere}/api/v1`,
          headers: () => ({
            'x-correlation-id': correlationId(),
            [internalHeader]: directory.internalKey.sign(),
            ...(context.authorization ? { authorization: context.authorization } : {}),
          }),
          fetch: (input, init) => {
            const request = new Request(input, init)
            return askInTurn(addresses, request, {
              path: request.url.slice(nowhere.length),
              timeoutMs: callTimeoutMs,
            })
          },
        })
        remote.set(service, client)
      }
      return refusingAlike(service, client[service as keyof AzoraClient])
    },
  })
}

const mostAttempts = 3
const awayStatus = new Set([502, 503, 504])

// Failures of system calls and of undici that come before a connection stands.
const unsent = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
])

function wasNotSent(failure: unknown): boolean {
  const cause = (failure as { cause?: { code?: string } }).cause
  return unsent.has(cause?.code ?? '')
}

/**
 * Send a request to the first address, and to the next while none answers: a write only where it cannot have arrived,
 * as it might happen twice; a read also where no answer came in half of the time that is left, or `502` to `504`.
 * @param to.path the path and query at each address.
 * @param to.timeoutMs for all attempts together.
 * @throws AppError `unavailable` where there is no address; else what the last attempt failed of.
 */
export async function askInTurn(
  addresses: Addresses,
  request: Request,
  to: { path: string; timeoutMs: number },
): Promise<Response> {
  const { method, headers, signal } = request
  const isRead = method === 'GET' || method === 'HEAD'
  const body = request.body ? await request.arrayBuffer() : null
  const deadline = performance.now() + to.timeoutMs
  const candidates = addresses.inTurn().slice(0, mostAttempts)
  while (true) {
    const url = candidates.shift()
    if (!url) throw new AppError('unavailable', {}, { cause: new Error('The service has no address.') })
    const isLast = candidates.length === 0
    const left = deadline - performance.now()
    try {
      const attempt = new Request(url + to.path, { method, headers, body, signal })
      const answer = await untilAnswered(attempt, isRead && !isLast ? left / 2 : left)
      const isAway = awayStatus.has(answer.status)
      if (isAway) addresses.failed(url)
      if (!isAway || !isRead || isLast) return answer
      await answer.body?.cancel()
    } catch (failure) {
      // A caller who gave up says nothing about the other side.
      if (signal.aborted) throw failure
      addresses.failed(url)
      if (isLast || !(isRead || wasNotSent(failure))) throw failure
    }
  }
}

type Call = (input: unknown, options?: CallOptions) => Promise<unknown>

/** Operations over the network that fail as they do within the process: what a sister refuses is refused. */
export function refusingAlike<T extends object>(service: string, operations: T): T {
  return new Proxy(operations, {
    get: (_target, operation: string) => async (input: unknown, options?: CallOptions) => {
      await leaveProcess(`A call to ${service}`)
      const refusal = (failure: unknown) => (options?.signal?.aborted ? failure : asRefusal(failure))
      try {
        const answer = await (operations[operation as keyof T] as Call)(input, options)
        return isIterator(answer) ? streamAlike(answer, refusal) : answer
      } catch (failure) {
        throw refusal(failure)
      }
    },
  })
}

function asRefusal(failure: unknown): unknown {
  const cause = { cause: failure }
  if (!(failure instanceof ORPCError)) return new AppError('unavailable', {}, cause) // nobody answered in time
  const code = codeOf(failure)
  if (code !== 'internal') return new AppError(code, (failure.data ?? {}) as ErrorData, cause)
  // A sister that is starting, or whose proxy stands in for it, answers without a code of ours.
  return [502, 503, 504].includes(failure.status) ? new AppError('unavailable', {}, cause) : failure
}
