import { addDays } from '@azora/billing/calendar/day.ts'
import type { Because } from '@azora/billing/invoices/invoice.ts'
import { formatMoney, type Money, type Ratio } from '@azora/contracts/money.ts'
import ar from './messages/ar.json' with { type: 'json' }
import en from './messages/en.json' with { type: 'json' }
import he from './messages/he.json' with { type: 'json' }
import type { Direction } from './text/runs.ts'

/** The words of documents, by language. Another language is another file and a name here. */
export type Message = keyof typeof en

const languages: Record<string, Record<Message, string>> = { en, ar, he }

const rightToLeft = new Set(['ar', 'he'])

/** Words, dates and amounts as a reader of the locale has them. */
export type Wording = {
  /** Of the words, for programs that read the document aloud. */
  language: string
  direction: Direction
  say(message: Message, values?: Record<string, string>): string
  money(amount: Money): string
  date(day: string): string
  number(value: number): string
  percent(rate: Ratio): string
  because(because: Because): string
}

/** A value has a direction of its own, and does not turn the words around it (UAX #9, isolates). */
const isolated = (value: string) => `\u2068${value}\u2069`

export function wordingOf(locale: string): Wording {
  const wanted = new Intl.Locale(locale).language
  const language = wanted in languages ? wanted : 'en'
  const messages = languages[language] as Record<Message, string>
  // Words in one language with dates of another would read oddly.
  const format = language === wanted ? locale : 'en'
  const days = new Intl.DateTimeFormat(format, { dateStyle: 'medium', timeZone: 'UTC' })
  const numbers = new Intl.NumberFormat(format)
  const percents = new Intl.NumberFormat(format, { style: 'percent', maximumFractionDigits: 2 })
  // A date is not broken over two lines.
  const date = (day: string) => days.format(new Date(`${day}T00:00:00Z`)).replaceAll(' ', '\u00a0')
  const say: Wording['say'] = (message, values = {}) =>
    messages[message].replace(/\{(\w+)\}/g, (_, name: string) => isolated(values[name] ?? ''))
  return {
    language,
    direction: rightToLeft.has(language) ? 'rtl' : 'ltr',
    say,
    date,
    money: amount => formatMoney(amount, format),
    number: value => numbers.format(value),
    percent: ({ numerator, denominator }) => percents.format(numerator / denominator),
    because(because) {
      if (because.code === 'purchase') return ''
      const said: Record<string, string> = {}
      for (const [name, value] of Object.entries(because))
        if (typeof value === 'number') said[name] = numbers.format(value)
      if ('from' in because) said.from = date(because.from)
      if ('until' in because) said.to = date(addDays(because.until, -1))
      return say(`because.${because.code}`, said)
    },
  }
}
