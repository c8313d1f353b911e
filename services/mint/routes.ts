import type { courseSaleOperations } from '@azora/contracts/mint/course-sales.ts'
import type { walletOperations } from '@azora/contracts/mint/wallets.ts'
import type { mintContract } from '@azora/contracts/mint.ts'
import { callerOf } from '@azora/kit/caller.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import type { OperationsName } from '@azora/kit/operations.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { openAccount } from './accounts/open-account.ts'
import { getAccount, listAccounts, shownAccount } from './accounts/read-accounts.ts'
import { accountStatement } from './accounts/statement.ts'
import { trialBalance } from './accounts/trial-balance.ts'
import { ledgerHealth } from './chain/ledger-health.ts'
import { selectProcessorCash } from './sales/sales.store.ts'
import { createSplitRule, listSplitRules } from './splits/split-rules.ts'
import { createTransfers } from './transfers/create-transfers.ts'
import { getBooking, getTransfer, listTransfers } from './transfers/journal.ts'
import type { Writer } from './transfers/writer.ts'

/** The operations of mint, each handed to its use case. */
export function mintHandlers(
  { db }: Pick<ServiceKit, 'db'>,
  writer: Writer,
): Omit<
  Handlers<typeof mintContract>,
  OperationsName | keyof typeof walletOperations | keyof typeof courseSaleOperations
> {
  const school = (context: RequestContext) => db.in(actorOf(context).organizationId)
  return {
    listAccounts: (input, context) => listAccounts(school(context), input),
    getTrialBalance: (input, context) => trialBalance(school(context), input),
    getAccount: (input, context) => getAccount(school(context), input),
    getAccountStatement: (input, context) => accountStatement(school(context), input),
    openAccount: async (input, context) =>
      shownAccount(await school(context).transaction(tx => openAccount(tx, input))),
    createTransfers: (input, context) => createTransfers(writer, actorOf(context), input),
    listTransfers: (input, context) => listTransfers(school(context), input),
    getTransfer: ({ transferId }, context) => getTransfer(school(context), transferId),
    listSplitRules: (input, context) => listSplitRules(school(context), input),
    createSplitRule: (input, context) => createSplitRule(db, callerOf(context), input),
    getLedgerHealth: (_input, context) => ledgerHealth(school(context)),
    findProcessorCash: async ({ organizationId, paymentIds }) => ({
      items: await selectProcessorCash(db.in(organizationId), paymentIds),
    }),
    getBooking: ({ bookingId }, context) => getBooking(school(context), bookingId),
  }
}
