import { accountOperations } from './mint/accounts.ts'
import { healthOperations } from './mint/health.ts'
import { splitOperations } from './mint/split-rules.ts'
import { transferOperations } from './mint/transfers.ts'
import { mintNotes } from './notes/mint.ts'
import { operationsOf } from './operations.ts'
import { defineService } from './service.ts'

/** The books of a school: accounts, transfers between them, and the proof that they add up. */
export const mintContract = {
  ...accountOperations,
  ...transferOperations,
  ...splitOperations,
  ...healthOperations,
  ...operationsOf('mint'),
}

export const mint = defineService({
  name: 'mint',
  title: 'Money',
  about: 'The ledger: accounts, transfers, statements.',
  prefix: 'financial',
  keepsPersonalData: true,
  operations: mintContract,
  events: {},
  notes: mintNotes,
})
