import { createLedger } from '@azora/service-mint/testing.ts'
import { checkHistories } from '@azora/service-mint/transfers/testing-properties.ts'

/**
 * `npm run ledger-properties [requests]`: the properties of the ledger over a million requests instead of ten thousand.
 */
export async function checkLedgerProperties(say: (line: string) => void, args: string[]): Promise<void> {
  const wanted = Number(args[0] ?? 1_000_000)
  const ledger = await createLedger()
  const began = performance.now()
  try {
    let asked = 0
    while (asked < wanted) {
      asked += await checkHistories(ledger, 20)
      const seconds = (performance.now() - began) / 1000
      say(`${asked} requests came to what the model says, ${Math.round(asked / seconds)} a second`)
    }
  } finally {
    await ledger.dispose()
  }
}
