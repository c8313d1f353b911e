import { randomUUID } from 'node:crypto'
import { admins, members, membersAs, nothing, type Row } from '../callers.ts'

const refused = [401, 403, 403, 403, 403, 403, 403, 403, 403]
const price = { amountMinor: 10_000, currency: 'ZAR' }
const unknown = () => ({ bundleId: randomUUID() })
const terms = () => ({ title: 'Water', prices: [price], courseIds: [randomUUID(), randomUUID()] })

/** No school has a bundle here, nor the courses of one. */
export const bundleRows: Record<string, Row> = {
  'payments.listBundles': { expect: members, input: nothing },
  'payments.getBundle': { expect: membersAs(404), input: unknown },
  'payments.listSchoolBundles': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.createBundle': { expect: refused, finance: 400, input: terms },
  'payments.saveBundle': {
    expect: refused,
    finance: 404,
    input: () => ({ ...unknown(), version: 1, ...terms() }),
  },
  'payments.setBundleStatus': {
    expect: refused,
    finance: 404,
    input: () => ({ ...unknown(), status: 'offered' }),
  },
  'payments.getBundleQuote': {
    expect: membersAs(404),
    input: () => ({ ...unknown(), currency: 'ZAR' }),
  },
  'payments.startBundleCheckout': {
    expect: membersAs(404),
    input: () => ({ ...unknown(), version: 1, price }),
  },
}
