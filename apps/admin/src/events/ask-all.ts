import type { ServiceName as Service } from '@azora/contracts/service-names.ts'
import { ApiError, ConnectionLost } from '@azora/web/calls/failures.ts'

/**
 * Asks several services the same. Those that do not answer are named, so that the others can still be shown.
 * @throws the failure of the last when none answers.
 */
export async function askAll<T>(
  asked: readonly Service[],
  ask: (service: Service) => Promise<T[]>,
): Promise<{ items: T[]; silent: Service[] }> {
  const silent: Service[] = []
  let failed: unknown
  const lists = await Promise.all(
    asked.map(service =>
      ask(service).catch((failure: unknown) => {
        if (!(failure instanceof ConnectionLost || failure instanceof ApiError)) throw failure
        failed = failure
        silent.push(service)
        return []
      }),
    ),
  )
  if (asked.length > 0 && silent.length === asked.length) throw failed
  return { items: lists.flat(), silent }
}
