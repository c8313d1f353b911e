import { type Money, sum } from '@azora/contracts/money.ts'
import type { BillingDocument, InvoiceDocument, Party, StatementDocument } from './document.ts'
import { isSoundLogo } from './page/logo.ts'

/** What a document may hold, so that none takes the time or the memory of others; and that it adds up. */
export const bounds = {
  lines: 2_000,
  characters: 500,
  /** Of all that is said of a party, so that its address is no page of its own. */
  partyCharacters: 1_000,
  discountsOfLine: 10,
  /** Rates of tax, and payments: they stand together on one page. */
  totals: 12,
  notes: 20,
  noteCharacters: 2_000,
  logoBytes: 1_048_576,
}

/** The document cannot be made as it was given. */
export class UnmakeableDocument extends Error {
  override name = 'UnmakeableDocument'
}

function need(holds: boolean, what: string): void {
  if (!holds) throw new UnmakeableDocument(what)
}

/** Short, and on one line: what is broken into lines is broken by us. */
function brief(text: string): void {
  need(text.length <= bounds.characters && !/\p{Cc}/u.test(text), `A text is too long: ${text.slice(0, 40)}…`)
}

function partyIsBrief({ name, address, taxNumber, registrationNumber, email, website }: Party): void {
  need(address.length <= 12, 'An address has too many lines.')
  const texts = [name, ...address, taxNumber, registrationNumber, email, website].map(text => text ?? '')
  texts.forEach(brief)
  need(texts.join('').length <= bounds.partyCharacters, 'A party is told at too great a length.')
}

function rowsAreBrief(document: BillingDocument): void {
  const rows = document.kind === 'statement' ? document.entries : document.lines
  need(rows.length <= bounds.lines, `A document has up to ${bounds.lines} lines.`)
  for (const { description } of rows) brief(description)
  if (document.kind === 'statement') {
    for (const { reference } of document.entries) brief(reference ?? '')
    return
  }
  brief(document.taxName ?? '')
  brief(document.heading ?? '')
  for (const { discounts } of document.lines) {
    need(discounts.length <= bounds.discountsOfLine, 'A line has too many discounts.')
    for (const { coupon } of discounts) brief(coupon)
  }
  const most = Math.max(document.taxes.length, document.settlements.length)
  need(most <= bounds.totals, 'A document has too many rates of tax, or payments.')
}

function same(a: Money, b: Money, what: string): void {
  need(a.currency === b.currency && a.amountMinor === b.amountMinor, `${what} does not add up.`)
}

function invoiceAddsUp(document: InvoiceDocument): void {
  const { lines, taxes, net, tax, total, settlements, due, currency } = document
  const of = (amounts: readonly Money[]) => sum(amounts, currency)
  for (const line of lines) same(of([line.net, line.tax]), line.gross, `The line "${line.description}"`)
  same(of(lines.map(line => line.net)), net, 'The net amount')
  same(of(lines.map(line => line.tax)), tax, 'The tax')
  same(of(taxes.map(one => one.tax)), tax, 'The tax by rate')
  same(of([net, tax]), total, 'The total')
  need(document.taxName !== null || tax.amountMinor === 0, 'A tax has a name.')
  same(of([total, ...settlements.map(({ amount }) => amount)]), due, 'The amount due')
}

function statementAddsUp({ opening, entries, closing, currency }: StatementDocument): void {
  let balance = sum([opening], currency)
  for (const entry of entries) {
    balance = sum([balance, entry.amount], currency)
    same(balance, entry.balance, `The balance of ${entry.on}`)
  }
  same(balance, closing, 'The statement')
}

/** @throws UnmakeableDocument, saying what is wrong: too much of something, or sums that do not add up */
export function checkDocument(document: BillingDocument): void {
  const { number, seller, buyer, notes, logo, accent } = document
  // It goes into the title, and so into XML that is written as it comes.
  need(
    /^[^<>&\p{Cc}]{1,100}$/u.test(number),
    'The number of a document is of up to 100 characters without <, > and &.',
  )
  partyIsBrief(seller)
  partyIsBrief(buyer)
  need(notes.length <= bounds.notes, 'There are too many notes.')
  for (const note of notes) need(note.length <= bounds.noteCharacters, 'A note is too long.')
  need(
    logo === null || (logo.length <= bounds.logoBytes && isSoundLogo(logo)),
    'A logo is a PNG or JPEG of up to 1 MiB.',
  )
  need(accent === null || /^#[0-9a-f]{6}$/i.test(accent), 'An accent is a colour such as #1f4e79.')
  rowsAreBrief(document)
  if (document.kind === 'statement') statementAddsUp(document)
  else invoiceAddsUp(document)
}
