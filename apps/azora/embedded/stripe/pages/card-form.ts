import { cardOfNumber } from '../cards.ts'
import type { Typed } from '../checkout-pay.ts'
import type { Fields } from '../form.ts'

/** What a person types on the checkout page. A card that is not a test card is refused and forgotten. */
export type FieldName = 'email' | 'number' | 'expiry' | 'cvc' | 'name'
export type CardForm = Record<FieldName, string>

/** What is wrong with each field, in its words; the first field first. */
export type Problems = Map<FieldName, string>

export function readCardForm(fields: Fields): CardForm {
  const of = (name: FieldName) => {
    const given = fields[name]
    return typeof given === 'string' ? given.trim().slice(0, 200) : ''
  }
  return { email: of('email'), number: of('number'), expiry: of('expiry'), cvc: of('cvc'), name: of('name') }
}

/** @param now in seconds */
export function parseCardForm(form: CardForm, now: number): { typed: Typed } | { problems: Problems } {
  const problems: Problems = new Map()
  if (!/^[^\s@]+@[^\s@]+$/.test(form.email)) problems.set('email', 'Enter an email address.')
  const digits = form.number.replace(/[\s-]/g, '')
  const card = cardOfNumber(digits)
  if (digits === '') problems.set('number', 'Enter a card number.')
  else if (!card) problems.set('number', 'This is not a test card. Use one of the cards listed below.')
  const expiry = expiryOf(form.expiry)
  if (!expiry) problems.set('expiry', 'Enter a date such as 12 / 34.')
  else if (isOver(expiry, now)) problems.set('expiry', 'This date is in the past.')
  const cvcDigits = card?.brand === 'amex' ? 4 : 3
  if (!new RegExp(`^\\d{${cvcDigits}}$`).test(form.cvc)) problems.set('cvc', `Enter ${cvcDigits} digits.`)
  if (form.name === '') problems.set('name', 'Enter a name.')
  if (problems.size > 0 || !card || !expiry) return { problems }
  return { typed: { card, expiry, name: form.name, email: form.email } }
}

function expiryOf(text: string): Typed['expiry'] | null {
  const [, month, year] = /^(\d{1,2})\s*[/\-.]?\s*(\d{2}|\d{4})$/.exec(text) ?? []
  if (!month || !year || Number(month) < 1 || Number(month) > 12) return null
  return { month: Number(month), year: Number(year) < 100 ? 2000 + Number(year) : Number(year) }
}

function isOver({ month, year }: Typed['expiry'], now: number): boolean {
  const today = new Date(now * 1000)
  return year * 12 + month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1
}
