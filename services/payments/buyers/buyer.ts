import type { Party } from '@azora/documents/document.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { selectOptionalDetails } from './billing-details.store.ts'

/** Who buys, as a document says it: kept with the order as it was then. */
export type Buyer = {
  /** Null once the account is gone. */
  id: string | null
  name: string
  address: readonly string[]
  country: string | null
  taxNumber: string | null
}

/** As whom a person buys: by their billing details, or by their name alone. */
export async function buyerOf(
  db: Queryable,
  person: { id: string; name: string },
): Promise<Buyer & { id: string }> {
  const details = await selectOptionalDetails(db, person.id)
  return details
    ? { id: person.id, ...details }
    : { id: person.id, name: person.name, address: [], country: null, taxNumber: null }
}

/** The address ends with the country, as post abroad asks (UPU S42). */
export function partyOf({ name, address, country, taxNumber }: Omit<Buyer, 'id'>, locale: string): Party {
  const named =
    country === null ? [] : [new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country]
  return { name, address: [...address, ...named], taxNumber }
}
