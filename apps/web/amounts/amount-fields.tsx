'use client'
import { type Price, toDecimal } from '@azora/contracts/money.ts'
import { TextField } from '@azora/ui/text-field.tsx'
import { faultAt, faultsAt } from '../calls/form-faults.ts'
import { typedAmount } from '../typed-amount.ts'

/** What the field of a currency is called. */
export const amountNameOf = (currency: string): string => `amount-${currency}`

type AmountFieldsProps = {
  currencies: readonly string[]
  amounts: readonly Price[]
  label: (currency: string) => string
  description?: (currency: string) => string | undefined
  isDisabled?: boolean
}

/** A field for an amount in each currency, empty where there is none. */
export const AmountFields = ({ currencies, amounts, label, description, isDisabled }: AmountFieldsProps) =>
  currencies.map(currency => {
    const amount = amounts.find(one => one.currency === currency)
    return (
      <TextField
        key={currency}
        name={amountNameOf(currency)}
        label={label(currency)}
        defaultValue={amount ? toDecimal(amount) : ''}
        inputMode="decimal"
        description={description?.(currency)}
        isDisabled={isDisabled}
      />
    )
  })

type Rules = {
  notAnAmount: (currency: string) => string
  /** What to say where none is filled in; left out where that is right. */
  none?: string
  /** Whether nothing counts as an amount, such as a limit that lets nothing through. */
  zero?: boolean
}

/** What those fields hold. @throws what a form shows, at each field that is wrong */
export function amountsIn(
  data: FormData,
  currencies: readonly string[],
  { notAnAmount, none, zero = false }: Rules,
): Price[] {
  const filled = currencies
    .map(currency => ({ currency, text: String(data.get(amountNameOf(currency)) ?? '').trim() }))
    .filter(({ text }) => text !== '')
    .map(({ currency, text }) => ({ currency, amount: typedAmount(text, currency) }))
  const amounts = filled.flatMap(({ amount }) => (amount && (zero || amount.amountMinor > 0) ? [amount] : []))
  const right = new Set(amounts.map(({ currency }) => currency))
  const wrong = filled.filter(({ currency }) => !right.has(currency))
  if (wrong.length > 0)
    throw faultsAt(
      wrong.map(({ currency }) => ({ path: amountNameOf(currency), message: notAnAmount(currency) })),
    )
  if (none !== undefined && amounts.length === 0) throw faultAt(amountNameOf(currencies[0] ?? ''), none)
  return amounts
}
