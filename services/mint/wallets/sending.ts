import type { Money } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { selectSettings } from './settings.store.ts'
import { selectSent } from './transactions.store.ts'

const isStaff = ({ roles }: Pick<Actor, 'roles'>) => roles.some(role => role !== 'learner')

/** What a person may send in all within 24 hours, by currency; empty where they may not. */
async function limitsOf(db: Queryable, actor: Actor): Promise<Money[]> {
  const { senders, limits } = await selectSettings(db)
  const may = senders === 'everyone' || (senders === 'staff' && isStaff(actor))
  return may ? limits : []
}

/** What a person may still send. */
export async function sendableBy(db: Queryable, actor: Actor): Promise<Money[]> {
  const limits = await limitsOf(db, actor)
  return Promise.all(
    limits.map(async ({ amountMinor, currency }) => {
      const sent = await selectSent(db, { userId: actor.userId, currency })
      return { amountMinor: Math.max(0, amountMinor - sent), currency }
    }),
  )
}

/**
 * Whether a person may send this much more: their wallets are locked, so nothing else is sent meanwhile.
 * @throws AppError `forbidden` (`wallet_transfers_off`), `conflict` (`wallet_limit_reached`).
 */
export async function requireSendable(db: Queryable, actor: Actor, amount: Money): Promise<void> {
  const sendable = await sendableBy(db, actor)
  const left = sendable.find(({ currency }) => currency === amount.currency)
  if (!left) throw refusal('wallet_transfers_off')
  if (left.amountMinor < amount.amountMinor) throw refusal('wallet_limit_reached')
}
