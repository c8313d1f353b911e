import { startTemporaryPostgres } from '../apps/azora/embedded/postgres.ts'

/**
 * Runs what creates databases of its own: on the server in AZORA_TEST_DATABASE_URL, or on one that is started for it and
 * removed afterwards. That one is in memory where there is enough, and syncs nothing to disk.
 */
export async function withDatabase(work: () => Promise<void>): Promise<void> {
  if (process.env.AZORA_TEST_DATABASE_URL) return work()
  const log = { debug() {}, info() {}, warn: console.warn, error: console.error }
  const postgres = await startTemporaryPostgres({ log })
  const stop = () => {
    void postgres.stop().finally(() => process.exit(130))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  process.env.AZORA_TEST_DATABASE_URL = postgres.adminUrl
  try {
    await work()
  } finally {
    await postgres.stop()
  }
}
