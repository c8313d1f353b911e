import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { lockAccounts } from '../accounts/accounts.store.ts'
import { requireBooked } from '../sales/cash.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { ownWallet, shownTransaction } from './read-wallets.ts'
import { requireSendable } from './sending.ts'
import { tellWallet } from './tell-wallet.ts'
import { insertMessage, selectOptionalTransaction } from './transactions.store.ts'
import { openWallet } from './wallet-accounts.ts'

type Wish = { walletId: string; to: string; amountMinor: number; note: string }

/**
 * Send money to another member of the school, into their wallet of the same currency, which is opened where there is
 * none. Both wallets are locked before it is looked at what may be sent, so of two at once the second sees the first.
 *
 * @throws AppError `not_found` for a wallet that is not the caller's; `forbidden` (`wallet_transfers_off`); `conflict`
 * (`wallet_too_little`, `wallet_limit_reached`, `recipient_unknown`, `recipient_is_sender`).
 */
export async function sendFromWallet(db: Database, by: AskingCaller, wish: Wish) {
  const { organizationId, userId } = by.actor
  const school = db.in(organizationId)
  const { walletId, amountMinor, note } = wish
  const { currency, sandbox } = await ownWallet(school, userId, walletId)
  const amount = { amountMinor, currency }
  // Before anyone is looked for, so that who may not send learns nothing about who is here.
  await requireSendable(school, by.actor, amount)
  const { person } = await by.others.auth.findMember({ email: wish.to })
  if (!person) throw refusal('recipient_unknown')
  if (person.id === userId) throw refusal('recipient_is_sender')
  const { name: senderName } = await by.others.auth.me()
  const id = uuidv7()
  return school.transaction(async tx => {
    const target = await openWallet(tx, { userId: person.id, currency, sandbox })
    await lockAccounts(tx, [walletId, target.id])
    await requireSendable(tx, by.actor, amount)
    const outcomes = await postTransfers(tx, {
      createdBy: userId,
      transfers: [
        {
          phase: 'posted',
          id,
          kind: 'wallet_transfer',
          debitAccountId: walletId,
          creditAccountId: target.id,
          amount: BigInt(amountMinor),
        },
      ],
    })
    if (outcomes[0]?.code === 'debit_account_overdrawn') throw refusal('wallet_too_little')
    requireBooked(outcomes)
    const names = { senderId: userId, senderName, recipientId: person.id, recipientName: person.name }
    await insertMessage(tx, { transferId: id, ...names, note })
    await tellWallet(tx, id)
    const made = await selectOptionalTransaction(tx, { id, walletId })
    if (!made) throw new AppError('not_found')
    return shownTransaction(made)
  })
}
