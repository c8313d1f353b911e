import type { Money } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { depositAbout } from './deposit-order.ts'

type NewDeposit = {
  id: string
  buyer: { id: string; name: string }
  amount: Money
  sandbox: boolean
  expiresAt: string
}

/** An order that buys nothing. */
export async function insertDeposit(db: Queryable, deposit: NewDeposit): Promise<void> {
  const { id, buyer, amount } = deposit
  await db.run(sql`
    insert into orders (id, organization_id, buyer_id, buyer_name, about, currency, total_minor, sandbox, expires_at)
    values (${id}, ${db.organizationId}, ${buyer.id}, ${buyer.name}, ${depositAbout(id)}, ${amount.currency},
      ${amount.amountMinor}, ${deposit.sandbox}, ${deposit.expiresAt})`)
}
