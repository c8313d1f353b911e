import { accountOperations } from './mint/accounts.ts'
import { courseSaleFiles, courseSaleOperations } from './mint/course-sales.ts'
import { mintEvents } from './mint/events.ts'
import { healthOperations } from './mint/health.ts'
import { processorCashOperations } from './mint/processor-cash.ts'
import { splitOperations } from './mint/split-rules.ts'
import { transferOperations } from './mint/transfers.ts'
import { ledgerFiles, trialBalanceOperations } from './mint/trial-balance.ts'
import { walletFiles, walletOperations } from './mint/wallets.ts'
import { mintNotes } from './notes/mint.ts'
import { operationsOf } from './operations.ts'
import { defineService } from './service.ts'

/** The books of a school: accounts, transfers between them, and the proof that they add up. */
export const mintContract = {
  ...accountOperations,
  ...transferOperations,
  ...splitOperations,
  ...healthOperations,
  ...walletOperations,
  ...processorCashOperations,
  ...courseSaleOperations,
  ...trialBalanceOperations,
  ...operationsOf('mint'),
}

export const mint = defineService({
  name: 'mint',
  title: 'Money',
  about: 'The ledger, wallets, statements.',
  prefix: 'financial',
  keepsPersonalData: true,
  operations: mintContract,
  files: { ...walletFiles, ...courseSaleFiles, ...ledgerFiles },
  events: mintEvents,
  notes: mintNotes,
})
