import { type Price, toDecimal } from '@azora/contracts/money.ts'
import { TextField } from '@azora/ui/text-field.tsx'

type PriceProps = { currencies: string[]; prices: Price[]; label: (currency: string) => string }

/** A field for the price in each currency, empty where there is none. */
export const PriceFields = ({ currencies, prices, label }: PriceProps) =>
  currencies.map(currency => {
    const price = prices.find(one => one.currency === currency)
    return (
      <TextField
        key={currency}
        name={`price-${currency}`}
        label={label(currency)}
        defaultValue={price ? toDecimal(price) : ''}
        inputMode="decimal"
      />
    )
  })
