import type { LineInput } from '@azora/billing/invoices/invoice.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { taxSettingsOf } from '../tax/tax-settings.ts'
import { termsFor } from '../tax/tax-terms.ts'
import { selectOptionalBilledLine } from './bills.store.ts'

/**
 * The lines, of which those that give days back say how the same days were taxed when they were billed. So what comes
 * back is what was paid, and no tax but that, even where its owner has moved or the school has set another since.
 */
export async function asBilled(
  db: Queryable,
  subscriptionId: string,
  lines: readonly LineInput[],
): Promise<LineInput[]> {
  const taxed: LineInput[] = []
  for (const line of lines) {
    const { because } = line
    const billed =
      because.code === 'unused_time' ? await selectOptionalBilledLine(db, subscriptionId, because.from) : null
    if (!billed) {
      taxed.push(line)
      continue
    }
    const { settings } = await taxSettingsOf(db, billed.taxVersion)
    const { prices } = termsFor(settings, { country: null, taxNumber: null })
    taxed.push({ ...line, category: billed.category, billedAt: { rate: billed.rate, prices } })
  }
  return taxed
}
