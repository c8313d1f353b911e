import { ApiError, ConnectionLost } from '@azora/web/calls/failures.ts'
import { type Service, services } from './event-list.ts'

/**
 * Asks every service the same. Those that do not answer are named, so that the others can still be shown.
 * @throws the failure of the last when none answers.
 */
export async function askAll<T>(
  ask: (service: Service) => Promise<T[]>,
): Promise<{ items: T[]; silent: Service[] }> {
  const silent: Service[] = []
  let failed: unknown
  const lists = await Promise.all(
    services.map(service =>
      ask(service).catch((failure: unknown) => {
        if (!(failure instanceof ConnectionLost || failure instanceof ApiError)) throw failure
        failed = failure
        silent.push(service)
        return []
      }),
    ),
  )
  if (silent.length === services.length) throw failed
  return { items: lists.flat(), silent }
}
