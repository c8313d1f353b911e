import { type Price, toDecimal } from '@azora/contracts/money.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import type { Choice } from './choice.ts'

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

type PickerProps = {
  label: string
  courses: Choice['courses']
  chosen: string[]
  onChange: (chosen: string[]) => void
}

/** The courses that an offer opens. */
export const CoursePicker = ({ label, courses, chosen, onChange }: PickerProps) => (
  <CheckboxGroup label={label} value={chosen} onChange={onChange} name="courseIds">
    {courses.map(({ id, title }) => (
      <Checkbox key={id} value={id}>
        {title}
      </Checkbox>
    ))}
  </CheckboxGroup>
)
