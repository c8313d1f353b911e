import { randomUUID } from 'node:crypto'
import type { TaxSettings } from '@azora/contracts/payments/tax.ts'
import type { AskingCaller, Caller } from '@azora/kit/caller.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { createBundle, setBundleStatus } from './bundles/save-bundle.ts'
import { setPrices } from './prices/set-prices.ts'
import { readTaxSettings, saveTaxSettings } from './tax/tax-settings.ts'

/** A school that sells, on a database of its own; what Stripe, education and auth say is given. */
export async function createShop() {
  const kit: TestKit = await createTestKit({
    name: 'payments',
    migrations: new URL('./migrations/', import.meta.url),
  })
  const organizationId = randomUUID()
  const school = kit.db.in(organizationId)

  function caller(userId: string = randomUUID(), name = 'A Buyer'): AskingCaller {
    const getCourseAccess = async ({ courseId }: { courseId: string }) => ({
      courseId,
      title: 'Rivers',
      instructorId,
      status: 'published',
      author: true,
      enrolled: false,
    })
    const me = async () => ({ name, organization: { name: 'A School' } })
    return {
      actor: { userId, organizationId, sessionId: randomUUID(), roles: ['instructor'], authenticatedAt: 0 },
      ip: '127.0.0.1',
      userAgent: 'test',
      others: { education: { getCourseAccess }, auth: { me } } as never,
    }
  }
  const instructorId = randomUUID()
  const officer: Caller = caller()

  /** A course that costs so much. */
  async function sell(price: { amountMinor: number; currency: string }): Promise<string> {
    const courseId = randomUUID()
    await setPrices(kit.db, caller(instructorId), courseId, [price])
    return courseId
  }

  /** A bundle on offer, of courses that cost so much each. */
  async function bundle(price: { amountMinor: number; currency: string }, alone: readonly number[]) {
    const courseIds: string[] = []
    for (const amountMinor of alone) courseIds.push(await sell({ ...price, amountMinor }))
    const made = await createBundle(kit.db, officer, {
      ...{ title: 'All about water', description: '', prices: [price], courseIds },
    })
    await setBundleStatus(kit.db, officer, { bundleId: made.id, status: 'offered' })
    return { bundleId: made.id, version: made.version, price, courseIds }
  }

  /** The school as it is, but for what is said. */
  async function tax(changed: Partial<TaxSettings>) {
    const { savedAt: _, ...settings } = await readTaxSettings(school)
    return saveTaxSettings(kit.db, officer, { ...settings, ...changed })
  }
  /** As a South African school that is registered for VAT. */
  const registered = (changed: Partial<TaxSettings> = {}) =>
    tax({
      registered: true,
      entity: {
        name: 'Rivers Academy (Pty) Ltd',
        address: ['1 Long Street', 'Cape Town 8001'],
        country: 'ZA',
        taxNumber: '4000000000',
        registrationNumber: '2020/000001/07',
      },
      ...changed,
    })

  /** Stripe, where each session is paid in full as soon as it is asked about. */
  const paying = (session: object | null = null) => {
    const sessions = new Map<string, object>()
    const api = {
      checkout: {
        sessions: {
          create: async ({ line_items: items }: { line_items: { price_data: Item }[] }) => {
            const id = `cs_${randomUUID()}`
            const total = items.reduce((sum, one) => sum + one.price_data.unit_amount, 0)
            sessions.set(id, session ?? paid(total, items[0]?.price_data.currency ?? 'zar'))
            return { id, url: 'https://pay.example/' }
          },
          retrieve: async (id: string) => sessions.get(id),
          expire: async () => {},
        },
      },
      refunds: {
        list: async function* () {},
        create: async () => ({ id: `re_${randomUUID()}`, status: 'succeeded' }),
      },
    }
    const stripe = { sandbox: false, open: async () => api }
    return {
      db: kit.db,
      stripe,
      publicUrl: 'https://school.example',
      sealing: kit.sealing,
      onPaid() {},
    } as never
  }
  return {
    kit,
    organizationId,
    school,
    caller,
    officer,
    sell,
    bundle,
    tax,
    registered,
    paying,
    dispose: () => kit.dispose(),
  }
}
export type Shop = Awaited<ReturnType<typeof createShop>>

type Item = { unit_amount: number; currency: string }

const paid = (amount: number, currency: string) => ({
  status: 'complete',
  payment_status: 'paid',
  amount_total: amount,
  currency,
  created: Math.floor(Date.now() / 1000),
  payment_intent: { id: `pi_${randomUUID()}`, latest_charge: null },
})
