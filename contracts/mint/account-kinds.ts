/**
 * The chart of accounts: what kinds of account the books of a school have. `side` is the normal side, on which an
 * amount makes the balance grow: debit for what the school has or spends, credit for what it owes or earns.
 * `mayOverdraw` says whether the balance may fall below zero on that side, unless the account says otherwise.
 */
export const accountKinds = {
  /** What a payment processor holds for the school. Refunds and disputes may take it below zero. */
  cash_at_processor: { side: 'debit', mayOverdraw: true },
  cash_at_bank: { side: 'debit', mayOverdraw: true },
  /** On its way between two places of ours, such as a payout from the processor to the bank. */
  cash_in_transit: { side: 'debit', mayOverdraw: true },
  /** What customers owe. */
  receivable: { side: 'debit', mayOverdraw: true },
  /** Tax on what the school bought, which the state gives back. */
  tax_receivable: { side: 'debit', mayOverdraw: true },
  /** What a processor keeps of a payment: a cost. */
  fees: { side: 'debit', mayOverdraw: true },
  refunds: { side: 'debit', mayOverdraw: true },
  discounts: { side: 'debit', mayOverdraw: true },
  /** What a bank has taken back and nobody has decided about yet. */
  disputes: { side: 'debit', mayOverdraw: true },
  bad_debts: { side: 'debit', mayOverdraw: true },
  revenue: { side: 'credit', mayOverdraw: true },
  /** Paid for and not yet delivered: the rest of a subscription's period. */
  deferred_revenue: { side: 'credit', mayOverdraw: true },
  /** Invoiced on account and not paid yet, without tax: nobody's share until the money comes. */
  uncollected_sales: { side: 'credit', mayOverdraw: false },
  /** The platform's share of sales. */
  platform_revenue: { side: 'credit', mayOverdraw: true },
  tax_payable: { side: 'credit', mayOverdraw: true },
  /** What instructors have earned. A refund after a payout may take it below zero. */
  instructor_payable: { side: 'credit', mayOverdraw: true },
  /** What people have in their wallets. */
  wallet_liability: { side: 'credit', mayOverdraw: false },
  /** The same of the sandbox's money, which is none. */
  sandbox_wallet_liability: { side: 'credit', mayOverdraw: false },
  /** What a wallet paid, until it is shared out: within one transaction. */
  wallet_clearing: { side: 'credit', mayOverdraw: false },
  gift_liability: { side: 'credit', mayOverdraw: false },
  /** What a customer has to their credit against later invoices. */
  customer_credit: { side: 'credit', mayOverdraw: false },
  /** Between two currencies: one leg of an exchange in each. */
  fx: { side: 'credit', mayOverdraw: true },
  equity: { side: 'credit', mayOverdraw: true },
  /** What is not yet known to belong elsewhere. A person looks at whatever stays here. */
  suspense: { side: 'credit', mayOverdraw: true },
} as const satisfies Record<string, { side: 'debit' | 'credit'; mayOverdraw: boolean }>

export type AccountKind = keyof typeof accountKinds

export const accountKindNames = Object.keys(accountKinds) as [AccountKind, ...AccountKind[]]

/** Whose money it is. A school and the platform have no id of their own here; a processor has its name, as `stripe`. */
export const ownerTypes = ['school', 'person', 'platform', 'processor'] as const
export type OwnerType = (typeof ownerTypes)[number]
