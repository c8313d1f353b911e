import type { Day } from '../calendar/day.ts'
import type { Interval } from '../calendar/interval.ts'
import type { Coupon } from '../coupons/coupon.ts'
import type { Credit } from '../credit/credit.ts'
import type { Because, LineInput } from '../invoices/invoice.ts'
import type { PriceModel } from '../pricing/price-model.ts'
import type { Aggregation } from '../pricing/usage.ts'
import type { PriceTax, TaxRounding } from '../tax/tax.ts'
import type { TaxCategory, TaxRule } from '../tax/tax-rule.ts'

/**
 * Billing as examples: what goes in, and the amounts that must come out, in minor units (cents unless the currency has
 * other digits; rand where none is named). The amounts were worked out by hand from the reason that stands beside them.
 */
type Told<Kind extends string> = { kind: Kind; name: string; because: string; currency?: string }

/** A day, or a moment and the clocks by which its day is told. */
export type When = Day | { at: string; timeZone: string }

/** `[when, price of a whole period]`; null when nothing is charged. */
export type PriceChange = readonly [when: When, price: number | null]

type InPeriod = {
  from: Day
  until: Day
  changes: readonly PriceChange[]
  dayOfChange: 'before' | 'after'
}

export type ChargeScenario = Told<'charge'> & InPeriod & { expected: number }

export type ChangeScenario = Told<'change'> &
  InPeriod & {
    next: PriceChange
    expected: number
    /** Amounts of the lines, in order. */
    lines?: readonly number[]
  }

export type IntervalScenario = Told<'interval'> &
  InPeriod & {
    next: { on: Day; price: number; interval: Interval }
    expected: number
    expectedPeriod: readonly [Day, Day]
  }

export type PriceScenario = Told<'price'> & { model: PriceModel; quantity: number; expected: number }

export type UsageScenario = Told<'usage'> & {
  model: PriceModel
  how: Aggregation
  records: readonly (readonly [id: string, at: string, quantity: number])[]
  from: Day
  until: Day
  timeZone: string
  expected: number
}

export type Line = {
  item?: string
  amount: number
  category?: TaxCategory
  because?: Because
} & Partial<Pick<LineInput, 'quantity' | 'suppliedOn' | 'billedAt'>>

export type InvoiceScenario = Told<'invoice'> & {
  day?: Day
  jurisdiction?: string
  rules?: readonly TaxRule[]
  prices?: PriceTax
  taxRounding?: TaxRounding
  lines: readonly Line[]
  coupons?: readonly Coupon[]
  credits?: readonly Credit[]
  expected: {
    discount?: number
    net: number
    tax: number
    total: number
    due?: number
    toCredit?: number
    /** Of each line, where it matters which line a cent went to. */
    nets?: readonly number[]
  }
}

/** Credits of the lines of an invoice, one after another: a net or gross amount of a line, or what is left of it. */
export type CreditScenario = Told<'credit'> & {
  /** `[net, tax]` of each line. */
  invoice: readonly (readonly [number, number])[]
  credits: readonly (
    | { line: number; net: number }
    | { line: number; gross: number }
    | { line: number; rest: true }
    | { gross: number }
    | { all: true }
  )[]
  /** `[net, tax, gross]` of each credit note, or why it is refused. */
  expected: readonly (readonly [number, number, number] | string)[]
}

/** A subscription that was billed with tax and is cancelled: what is credited, net, tax and in all. */
export type CancelScenario = Told<'cancel'> &
  InPeriod & { rate: readonly [number, number]; cancelled: When; expected: readonly [number, number, number] }

export type ExchangeScenario = Told<'exchange'> & {
  amount: readonly [number, string]
  rate: readonly [decimal: string, from: string, to: string]
  inverse?: true
  expected: number
}

export type BundleScenario = Told<'bundle'> & {
  price: number
  alone: readonly number[]
  expected: readonly number[]
}

export type RecognitionScenario = Told<'recognition'> & {
  amount: number
  from: Day
  until: Day
  /** By month of the calendar. */
  expected: readonly number[]
}

export type MrrScenario = Told<'mrr'> & { price: number; interval: Interval; expected: number }

/** A trial whose card is declined when it ends: what is tried when, and what becomes of it. */
export type TrialScenario = Told<'trial'> & {
  startsOn: Day
  trialDays: number
  price: number
  declineCode: string
  /** The day of the retry that works; none when null. */
  paidOn: Day | null
  expected: { due: number; retries: readonly Day[]; ends: string; on: Day }
}

export type Scenario =
  | ChargeScenario
  | ChangeScenario
  | IntervalScenario
  | PriceScenario
  | UsageScenario
  | InvoiceScenario
  | CreditScenario
  | CancelScenario
  | ExchangeScenario
  | BundleScenario
  | RecognitionScenario
  | MrrScenario
  | TrialScenario
