import { randomUUID } from 'node:crypto'
import type { Price } from '@azora/contracts/money.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { InstitutionTerms } from '../institutions/institutions.store.ts'
import { addManager, createInstitution } from '../institutions/save-institution.ts'
import type { Shop } from '../testing.ts'
import { orderSeats, quoteSeats } from './order-seats.ts'

/** A company in South Africa that pays within 30 days. */
export const company: InstitutionTerms = {
  name: 'Vaal Dairies',
  legalName: 'Vaal Dairies (Pty) Ltd',
  address: ['7 Mill Road', 'Parys 9585'],
  country: 'ZA',
  taxNumber: '4111111111',
  billingEmail: 'accounts@vaal.example',
  termsDays: 30,
  creditLimits: [],
  status: 'active',
}

/** Who sells on account in a shop: its finance officer, institutions and their managers. */
export function selling(shop: Shop) {
  const tools = shop.paying()
  function financeOfficer(): AskingCaller {
    const by = shop.caller(randomUUID(), 'Palesa Finance')
    return { ...by, actor: { ...by.actor, offices: ['finance'] } }
  }
  const officer = financeOfficer()

  const institution = (terms: Partial<InstitutionTerms> = {}): Promise<string> =>
    createInstitution(shop.kit.db, officer, { ...company, ...terms })

  /** A member of the school who orders for the institution. */
  async function managerOf(institutionId: string): Promise<AskingCaller> {
    const by = shop.caller(randomUUID(), 'Sizwe Manager')
    const person = { id: by.actor.userId, name: 'Sizwe Manager' }
    const asking = { ...officer, others: { auth: { findMember: async () => ({ person }) } } as never }
    await addManager(shop.kit.db, asking, { institutionId, email: 'sizwe@vaal.example' })
    return by
  }

  /** Seats at so much each, at the total that is quoted. */
  async function order(
    wanted: { institutionId: string; courseId: string; seats?: number; currency?: string },
    by: AskingCaller = officer,
  ) {
    const { seats = 10, currency = 'ZAR', ...which } = wanted
    const { total } = await quoteSeats(tools, by, { ...which, seats, currency })
    return orderSeats(tools, by, { ...which, seats, total })
  }

  /** An order of a new institution, of ten seats at a price of 115.00 each unless it is said otherwise. */
  async function ordered({ price = { amountMinor: 115_00, currency: 'ZAR' } as Price, seats = 10 } = {}) {
    const institutionId = await institution()
    const courseId = await shop.sell(price)
    return order({ institutionId, courseId, seats, currency: price.currency })
  }
  return { tools, officer, institution, managerOf, order, ordered }
}
