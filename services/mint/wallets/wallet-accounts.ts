import type { Transaction } from '@azora/kit/db.ts'
import { openAccount } from '../accounts/open-account.ts'

/** What a JSON number holds exactly: so a wallet's balance travels as every amount does. */
const mostInWallet = BigInt(Number.MAX_SAFE_INTEGER)

export type WalletOf = { userId: string; currency: string; sandbox: boolean }

/** The wallet of a person in a currency. The sandbox's money buys in the sandbox alone, so it has wallets of its own. */
export const openWallet = (tx: Transaction, { userId, currency, sandbox }: WalletOf) =>
  openAccount(tx, {
    kind: sandbox ? 'sandbox_wallet_liability' : 'wallet_liability',
    owner: { type: 'person', id: userId },
    currency,
    limit: mostInWallet,
  })

/** Between a wallet and those who share what was bought from it: zero, but within a transaction. */
export const openClearing = (tx: Transaction, currency: string) =>
  openAccount(tx, { kind: 'wallet_clearing', owner: { type: 'school' }, currency })

/** Money that came for someone whose account is gone. */
export const openUnclaimed = (tx: Transaction, currency: string) =>
  openAccount(tx, { kind: 'suspense', owner: { type: 'school' }, currency })
