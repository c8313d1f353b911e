import { sealSchool } from '@azora/service-mint/chain/seal-journal.ts'
import { verifySchool } from '@azora/service-mint/chain/verify-ledger.ts'
import { fillJournal, settleJournal } from '@azora/service-mint/testing.store.ts'
import { createLedger } from '@azora/service-mint/testing.ts'

/**
 * `npm run bench -- ledger-verify [transfers]`: how fast a long journal is sealed and verified, and how much memory of this
 * process that takes, whatever the length.
 */
export async function benchVerification(say: (line: string) => void, args: string[]): Promise<void> {
  const wanted = Number(args[0] ?? 10_000_000)
  const ledger = await createLedger()
  try {
    const accountIds: string[] = []
    while (accountIds.length < 200) accountIds.push(await ledger.open({ kind: 'instructor_payable' }))
    const atOnce = 100_000
    for (let made = 0; made < wanted; made += atOnce)
      await fillJournal(ledger.school, accountIds, Math.min(atOnce, wanted - made))
    await settleJournal(ledger.school)
    say(`${wanted} transfers in the journal`)
    const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      let most = process.memoryUsage.rss()
      const before = most
      const watch = setInterval(() => {
        most = Math.max(most, process.memoryUsage.rss())
      }, 50)
      const began = performance.now()
      const made = await work()
      const seconds = (performance.now() - began) / 1000
      clearInterval(watch)
      const mebibytes = Math.round((most - before) / 2 ** 20)
      say(`${name}: ${Math.round(wanted / seconds)} transfers a second, ${mebibytes} MiB more at most`)
      return made
    }
    await timed('sealed', () => sealSchool(ledger.school))
    const { transfers, difference } = await timed('verified', () => verifySchool(ledger.school))
    say(`${transfers} transfers, ${difference ?? 'zero difference'}`)
    if (transfers !== wanted || difference) process.exitCode = 1
  } finally {
    await ledger.dispose()
  }
}
