import { z } from 'zod'
import { email } from '../auth/shapes.ts'
import { operation } from '../operation.ts'
import { done, growing, id, line, pageOf, paging, time } from '../wire.ts'
import { money, positivePrice, price } from '../wire-money.ts'
import { mintFailures } from './failures.ts'
import { timeZone } from './time-zone.ts'

const tags: [string] = ['mint']

const wallet = z.object({
  id,
  currency: z.string(),
  /** Whether it holds the sandbox's money, which is none. */
  sandbox: z.boolean(),
  balance: price,
  /** What of it is not held for a purchase that is under way. */
  available: price,
  blockchainAddress: z.string().nullable(),
  createdAt: time,
})

export const transactionType = z
  .enum(['deposit', 'withdrawal', 'transfer', 'purchase', 'refund', 'adjustment'])
  .meta(growing)

const transaction = z.object({
  id,
  type: transactionType,
  /** Less than zero where it left the wallet. */
  amount: money,
  status: z.enum(['pending', 'completed', 'failed']),
  /** What was bought, in a few words. */
  description: z.string().nullable(),
  /** The other person of a transfer; empty once their account is gone. */
  counterparty: z.string().nullable(),
  note: z.string(),
  createdAt: time,
})

const senders = z.enum(['nobody', 'staff', 'everyone'])

const settings = z.object({
  /** Who may send money to other members. Staff are all who are more than learners. */
  senders,
  /** What one person may send within 24 hours; nothing in other currencies. */
  limits: z.array(positivePrice).max(20),
})

/** Days, the last one included. */
const statementPeriod = z
  .object({
    walletId: id,
    from: z.iso.date(),
    to: z.iso.date(),
    /** In which the days begin and end. */
    timeZone: timeZone.default('Africa/Johannesburg'),
  })
  .refine(({ from, to }) => from <= to, { error: mintFailures.fields.period_backwards, path: ['to'] })

const statementLine = z.object({
  id,
  at: time,
  type: transactionType,
  description: z.string().nullable(),
  counterparty: z.string().nullable(),
  note: z.string(),
  amount: money,
  /** After this line. */
  balance: money,
})

/** What people have in their wallets. */
export const walletOperations = {
  listWallets: operation({
    method: 'GET',
    path: '/mint/wallets',
    access: 'member',
    tags,
    summary: 'Your wallets, one for each currency, and what you have earned by teaching.',
  }).output(
    z.object({
      items: z.array(wallet),
      /** What your courses brought you and was not paid out yet. After a refund it may be less than zero. */
      earnings: z.array(money),
      /** What you may still send to others within these 24 hours; empty where you may not. */
      sendable: z.array(price),
    }),
  ),
  listWalletTransactions: operation({
    method: 'GET',
    path: '/mint/wallets/{walletId}/transactions',
    access: 'member',
    tags,
    summary: 'What happened to a wallet of yours, the newest first.',
  })
    .input(z.object({ walletId: id, ...paging }))
    .output(pageOf(transaction)),
  getWalletStatement: operation({
    method: 'GET',
    path: '/mint/wallets/{walletId}/statement',
    access: 'member',
    tags,
    summary: 'A statement of a wallet of yours: it opens with a balance, closes with one, and adds up.',
    description: 'What is held for a purchase that is under way is not in it yet.',
  })
    .input(statementPeriod)
    .output(z.object({ opening: money, closing: money, items: z.array(statementLine) })),
  sendFromWallet: operation({
    method: 'POST',
    path: '/mint/wallets/{walletId}/transfers',
    access: 'member',
    interactive: true,
    stepUp: true,
    tags,
    successStatus: 201,
    summary: 'Send money from a wallet of yours to another member of the school.',
    description: 'Refused unless the school has allowed it, and beyond what it lets a person send in a day.',
  })
    .input(
      z.object({
        walletId: id,
        to: email,
        amountMinor: z.int().min(1),
        note: z.union([z.literal(''), line(200)]).default(''),
      }),
    )
    .output(transaction),
  getWalletSettings: operation({
    method: 'GET',
    path: '/mint/wallet-settings',
    access: 'ledger.read',
    tags,
    summary: 'Who may send money from wallet to wallet, and how much in a day.',
  }).output(settings),
  saveWalletSettings: operation({
    method: 'PUT',
    path: '/mint/wallet-settings',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Say who may send money from wallet to wallet, and how much in a day.',
  })
    .input(
      settings.refine(({ limits }) => new Set(limits.map(one => one.currency)).size === limits.length, {
        error: mintFailures.fields.limit_twice,
        path: ['limits'],
      }),
    )
    .output(settings),
  reserveFromWallet: operation({
    method: 'POST',
    path: '/mint/wallet-reservations',
    access: 'internal',
    tags,
    summary: 'Hold an amount of a person’s wallet, until payments takes it or lets it go.',
  })
    .input(
      z.object({
        reservationId: id,
        userId: id,
        amount: positivePrice,
        sandbox: z.boolean(),
        purpose: z.enum(['purchase', 'deposit_refund']),
        description: z.string().max(200).optional(),
      }),
    )
    .output(done),
}

/** Statements to keep. */
export const walletFiles = {
  downloadWalletStatement: operation({
    method: 'GET',
    path: '/mint/wallets/{walletId}/statement.pdf',
    access: 'member',
    raw: 'download',
    speech: { mediaType: 'application/pdf' },
    tags,
    summary: 'A statement of a wallet of yours, as PDF.',
  })
    .input(statementPeriod)
    .output(z.custom<Uint8Array>()),
  exportWalletStatement: operation({
    method: 'GET',
    path: '/mint/wallets/{walletId}/statement.csv',
    access: 'member',
    raw: 'download',
    speech: { mediaType: 'text/csv' },
    tags,
    summary: 'A statement of a wallet of yours, as CSV (RFC 4180).',
  })
    .input(statementPeriod)
    .output(z.unknown()),
}
