import type { account } from '@azora/contracts/mint/accounts.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { z } from 'zod'
import {
  type AccountFilter,
  type StoredAccount,
  selectAccounts,
  selectOptionalAccount,
  selectTotalsAsOf,
  stateOf,
} from './accounts.store.ts'
import { availableOf, balanceOf } from './balance.ts'
import { selectManyTotalsAsOf } from './trial-balance.store.ts'

type Account = z.input<typeof account>

/** As the API shows it: sums are decimal strings of minor units. */
export function shownAccount(stored: StoredAccount): Account {
  const state = stateOf(stored)
  return {
    id: stored.id,
    kind: stored.kind,
    owner: { type: stored.ownerType, id: stored.ownerId || null },
    currency: stored.currency,
    side: stored.side,
    balance: String(balanceOf(state)),
    available: String(availableOf(state)),
    posted: { debits: stored.debitsPosted, credits: stored.creditsPosted },
    pending: { debits: stored.debitsPending, credits: stored.creditsPending },
    mayOverdraw: stored.mayOverdraw,
    balanceLimit: stored.limitMinor,
    openedAt: stored.openedAt,
  }
}

export async function listAccounts(
  db: Queryable,
  {
    cursor,
    limit,
    asOf,
    ...filter
  }: AccountFilter & {
    cursor?: string | undefined
    limit: number
    asOf?: string | undefined
  },
): Promise<{ items: Account[]; nextCursor: string | null }> {
  const found = await selectAccounts(db, { ...filter, after: idCursor(cursor), limit: limit + 1 })
  const items = found.slice(0, limit)
  return {
    items: (asOf === undefined ? items : await asOfThen(db, items, asOf)).map(shownAccount),
    nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
  }
}

const nothing = { debitsPosted: '0', creditsPosted: '0', debitsPending: '0', creditsPending: '0' }

/** The accounts with what was booked until a time. */
async function asOfThen(
  db: Queryable,
  accounts: readonly StoredAccount[],
  asOf: string,
): Promise<StoredAccount[]> {
  const totals = await selectManyTotalsAsOf(
    db,
    accounts.map(({ id }) => id),
    asOf,
  )
  const byId = new Map(totals.map(one => [one.id, one]))
  return accounts.map(account => ({ ...account, ...(byId.get(account.id) ?? nothing) }))
}

/** @throws AppError `not_found` */
export async function accountNamed(db: Queryable, accountId: string): Promise<StoredAccount> {
  const stored = await selectOptionalAccount(db, accountId)
  if (!stored) throw new AppError('not_found')
  return stored
}

/** @param asOf with what was booked then and before; now, if undefined. @throws AppError `not_found` */
export async function getAccount(
  db: Queryable,
  { accountId, asOf }: { accountId: string; asOf?: string | undefined },
): Promise<Account> {
  const stored = await accountNamed(db, accountId)
  if (asOf === undefined) return shownAccount(stored)
  return shownAccount({ ...stored, ...(await selectTotalsAsOf(db, accountId, asOf)) })
}
