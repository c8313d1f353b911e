import { randomUUID } from 'node:crypto'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { type AccountOrder, openAccount } from './accounts/open-account.ts'
import { mint } from './service.ts'
import { selectBalancesByKind } from './testing.store.ts'
import type { Order, Request } from './transfers/order.ts'
import { postTransfers } from './transfers/post-transfers.ts'

/** A ledger of its own for a test file. */
export async function createLedger() {
  const kit: TestKit = await createTestKit(mint)
  const organizationId = randomUUID()
  const school = kit.db.in(organizationId)
  const open = (order: Omit<Partial<AccountOrder>, 'owner'> & { owner?: AccountOrder['owner'] } = {}) =>
    school.transaction(async tx => {
      const opened = await openAccount(tx, {
        kind: 'wallet_liability',
        owner: { type: 'person', id: randomUUID() },
        currency: 'ZAR',
        ...order,
      })
      return opened.id
    })
  const post = (...transfers: Order[]) => postAs({ transfers })
  const postAs = (request: Request) => school.transaction(tx => postTransfers(tx, request))
  const balances = (currency: string) => selectBalancesByKind(school, currency)
  return { kit, organizationId, school, open, post, postAs, balances, dispose: () => kit.dispose() }
}
export type Ledger = Awaited<ReturnType<typeof createLedger>>

/** A transfer that moves at once. */
export const move = (
  debitAccountId: string,
  creditAccountId: string,
  amount: bigint,
  rest: Partial<Extract<Order, { phase: 'posted' }>> = {},
): Extract<Order, { phase: 'posted' }> => ({
  phase: 'posted',
  id: randomUUID(),
  kind: 'deposit',
  debitAccountId,
  creditAccountId,
  amount,
  ...rest,
})

export const hold = (
  debitAccountId: string,
  creditAccountId: string,
  amount: bigint,
  timeoutSeconds?: number,
): Extract<Order, { phase: 'pending' }> => ({
  ...move(debitAccountId, creditAccountId, amount),
  phase: 'pending',
  timeoutSeconds,
})

export const codesOf = (outcomes: { code: string }[]): string[] => outcomes.map(({ code }) => code)
