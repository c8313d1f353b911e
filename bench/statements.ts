import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import type pg from 'pg'

/** Until every backend has heard of a changed setting. */
const settleMs = 1000

/**
 * What is asked of the database while `work` is done, by its text, with how often. PostgreSQL writes each statement into
 * its log meanwhile, which takes processor time: measure that apart.
 */
export async function countStatements(
  client: pg.Client,
  logFile: string,
  work: () => Promise<unknown>,
): Promise<Map<string, number>> {
  await client.query("alter system set log_statement = 'all'")
  await client.query('select pg_reload_conf()')
  await setTimeout(settleMs)
  const from = (await readFile(logFile)).length
  await work()
  const text = (await readFile(logFile)).subarray(from).toString('utf8')
  await client.query('alter system reset log_statement')
  await client.query('select pg_reload_conf()')
  const counts = new Map<string, number>()
  for (const [, asked = ''] of text.matchAll(
    /LOG: {2}(?:statement|execute [^:]*): ([^\n]*(?:\n\t[^\n]*)*)/g,
  )) {
    const short = asked.replace(/\s+/g, ' ').trim().slice(0, 110)
    counts.set(short, (counts.get(short) ?? 0) + 1)
  }
  return counts
}
