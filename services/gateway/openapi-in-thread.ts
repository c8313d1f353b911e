import type { Version } from '@azora/contracts/contract.ts'
import { createWorkers } from '@azora/kit/worker.ts'
import type { Limits } from './limits.ts'

/**
 * Describing every operation takes a quarter of a second of processor, in which nobody else would be answered. It is
 * done once for each version, in a thread, when someone first asks.
 */

export type ReferenceOrder = { serverUrl: string; version: Version; limits: Limits | undefined }

const workers = createWorkers<ReferenceOrder, string>({
  module: new URL('./openapi-worker.ts', import.meta.url),
  timeLimitMs: 60_000,
  memoryMiB: 512,
  threads: 1,
  waiting: 10,
  idleMs: 0,
})

export function createReferenceInThread(order: ReferenceOrder): () => Promise<string> {
  let described: Promise<string> | null = null
  return async () => {
    described ??= workers.run(order)
    try {
      return await described
    } catch (failure) {
      // The next who asks gets a new try.
      described = null
      throw failure
    }
  }
}
