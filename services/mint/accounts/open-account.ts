import { type AccountKind, accountKinds, type OwnerType } from '@azora/contracts/mint/account-kinds.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { invalidField } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { insertAccount, type StoredAccount, selectOptionalAccountOf } from './accounts.store.ts'

/** Whose account, in words of the API: the id of a person, the name of a processor. */
export type Owner = { type: OwnerType; id?: string | null | undefined }

export type AccountOrder = {
  kind: AccountKind
  owner: Owner
  currency: string
  /** Otherwise what is usual for the kind. Only looked at when the account is new. */
  mayOverdraw?: boolean
  /** What the balance may not exceed, in minor units. Only looked at when the account is new. */
  limit?: bigint | null
}

/** @throws AppError `invalid_input` where a person or processor is not named. */
function ownerIdOf({ type, id }: Owner): string {
  if (type === 'school' || type === 'platform') return ''
  if (!id) throw invalidField('owner.id', 'owner_id_missing')
  return id
}

/**
 * The one account of a kind, owner and currency, opened if there is none yet. Two who need it at once get the same.
 *
 * @param currency a code of ISO 4217 that has been checked
 */
export async function openAccount(tx: Transaction, order: AccountOrder): Promise<StoredAccount> {
  const { kind, owner, currency } = order
  const key = { kind, ownerType: owner.type, ownerId: ownerIdOf(owner), currency }
  const found = await selectOptionalAccountOf(tx, key)
  if (found) return found
  const { side, mayOverdraw } = accountKinds[kind]
  await insertAccount(tx, {
    ...key,
    id: uuidv7(),
    side,
    mayOverdraw: order.mayOverdraw ?? mayOverdraw,
    limitMinor: order.limit === undefined || order.limit === null ? null : String(order.limit),
  })
  const opened = await selectOptionalAccountOf(tx, key)
  if (!opened) throw new Error('An account that was just opened is gone.')
  return opened
}
