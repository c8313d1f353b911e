import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import { selectTouched } from './transactions.store.ts'

/** Tell what a transfer, or the pending one that was posted now, did to wallets: an event for each wallet. */
export async function tellWallet(tx: Transaction, transferId: string): Promise<void> {
  for (const { amount, currency, ...touched } of await selectTouched(tx, transferId)) {
    const { id, walletId, userId, type, createdAt, sandbox } = touched
    await publish(tx, 'mint', amount < 0 ? 'wallet.debited' : 'wallet.credited', {
      organizationId: tx.organizationId,
      walletId,
      userId,
      transactionId: id,
      type,
      amount: { amountMinor: Math.abs(amount), currency },
      sandbox,
      createdAt,
    })
  }
}
