import { z } from 'zod'
import { id, time } from '../wire.ts'
import { positivePrice } from '../wire-money.ts'
import { transactionType } from './wallets.ts'

const moved = z.object({
  organizationId: id,
  walletId: id,
  userId: id,
  transactionId: id,
  type: transactionType,
  amount: positivePrice,
  sandbox: z.boolean(),
  createdAt: time,
})

/** The events of mint: what came into a wallet and what left it, once it is certain. */
export const mintEvents = { 'wallet.credited': moved, 'wallet.debited': moved }
