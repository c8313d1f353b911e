import { startTemporaryPostgres } from '../apps/azora/embedded/postgres.ts'

/**
 * Runs what creates databases of its own: on the server in AZORA_TEST_DATABASE_URL, or on one that is started for it and
 * removed afterwards. That one is in memory where there is enough, and syncs nothing to disk.
 */
export async function withDatabase(work: () => Promise<void>): Promise<void> {
  if (process.env.AZORA_TEST_DATABASE_URL) return work()
  const log = { debug() {}, info() {}, warn: console.warn, error: console.error }
  const postgres = await startTemporaryPostgres({ log })
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    void postgres.stop().finally(() => process.exit(130))
  }
  // Not once: what started this passes on a signal that it may have had already.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  process.env.AZORA_TEST_DATABASE_URL = postgres.adminUrl
  try {
    await work()
  } finally {
    await postgres.stop()
  }
}
