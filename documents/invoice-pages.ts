import { type Money, negate } from '@azora/contracts/money.ts'
import type { DocumentLine, InvoiceDocument } from './document.ts'
import { drawHead, drawLetterhead } from './page/letterhead.ts'
import { drawPairs, type Pair } from './page/pairs.ts'
import { ink, muted, type Sheet } from './page/sheet.ts'
import { type Cell, columnWidth, drawTable } from './page/table.ts'
import type { Message, Wording } from './wording.ts'

const headings: Record<InvoiceDocument['kind'], Message> = {
  invoice: 'billed_to',
  receipt: 'received_from',
  credit_note: 'credited_to',
}

/** South Africa asks for these two words on an invoice with tax (VAT Act, section 20). */
export function invoiceTitle({ kind, taxes }: InvoiceDocument): Message {
  if (kind !== 'invoice') return `title.${kind}`
  return taxes.some(({ tax }) => tax.amountMinor !== 0) ? 'title.tax_invoice' : 'title.invoice'
}

export function drawInvoice(sheet: Sheet, document: InvoiceDocument, wording: Wording): void {
  const { taxName } = document
  drawLetterhead(sheet, document, wording, taxName)
  const party = { heading: wording.say(headings[document.kind]), party: document.buyer, taxName }
  drawHead(sheet, wording.say(invoiceTitle(document)), party, factsOf(document, wording), wording)
  drawLines(sheet, document, wording)
  drawTotals(sheet, document, wording)
  const reverse = document.taxes.some(({ category }) => category === 'reverse_charge')
  const ours: Message[] = [
    ...(document.sandbox ? (['note.sandbox'] as const) : []),
    ...(reverse ? (['note.reverse_charge'] as const) : []),
  ]
  drawNotes(sheet, [...ours.map(note => wording.say(note)), ...document.notes], wording)
}

function factsOf(document: InvoiceDocument, wording: Wording): Pair[] {
  const { number, issuedOn, dueOn, suppliedOn, refersTo } = document
  const fact = (message: Message, value: string | null) =>
    value === null ? [] : [{ name: wording.say(message), value }]
  const day = (value: string | null) => (value === null ? null : wording.date(value))
  return [
    ...fact('number', number).map(pair => ({ ...pair, strong: true })),
    ...fact('issued', day(issuedOn)),
    ...fact('supplied', day(suppliedOn)),
    ...fact('due', day(dueOn)),
    ...fact('for_invoice', refersTo),
  ]
}

function rateOf({ category, rate }: Pick<DocumentLine, 'category' | 'rate'>, wording: Wording): string {
  return category === 'standard' ? wording.percent(rate) : wording.say(`category.${category}`)
}

function drawLines(sheet: Sheet, document: InvoiceDocument, wording: Wording): void {
  const { lines, prices, taxName } = document
  const heading = wording.say('lines')
  sheet.doc.outline.addItem(heading)
  sheet.write('H2', heading, { size: 10.5, weight: 'bold' }, { start: 0, width: sheet.width })
  sheet.top += 6
  if (document.heading !== undefined) {
    sheet.write('P', document.heading, { size: 9.5, weight: 'bold' }, { start: 0, width: sheet.width })
    sheet.top += 4
  }
  const rows = lines.map(line => {
    const below = [
      line.because ? wording.because(line.because) : '',
      ...line.discounts.map(({ coupon, amount }) =>
        wording.say('discount', { coupon, amount: wording.money(amount) }),
      ),
    ].filter(Boolean)
    const cells: Cell[] = [
      [line.description, ...below],
      [wording.number(line.quantity)],
      [line.unit ? wording.money(line.unit) : '–'],
      ...(taxName === null ? [] : [[rateOf(line, wording)] satisfies Cell]),
      [wording.money(prices === 'exclusive' ? line.net : line.gross)],
    ]
    return { cells }
  })
  const column = (at: number, message: Message, least: number, most: number) => ({
    heading: wording.say(message, { tax: taxName ?? '' }),
    align: 'end' as const,
    width: columnWidth(
      sheet,
      rows.map(({ cells }) => cells[at]?.[0] ?? ''),
      least,
      most,
    ),
  })
  drawTable(
    sheet,
    [
      { heading: wording.say('description'), align: 'start', width: null },
      column(1, 'quantity', 46, 80),
      column(2, 'unit_price', 62, 110),
      ...(taxName === null
        ? [column(3, 'amount', 80, 120)]
        : [column(3, 'tax_rate', 34, 70), column(4, `amount.${prices}`, 80, 120)]),
    ],
    rows,
  )
}

function totalsOf(document: InvoiceDocument, wording: Wording): Pair[] {
  const { kind, taxes, net, total, settlements, due } = document
  const tax = document.taxName ?? ''
  const rates = taxes.map(one => ({
    name:
      one.category === 'standard'
        ? wording.say('tax_at', { tax, rate: wording.percent(one.rate), net: wording.money(one.net) })
        : wording.say('tax_none', { category: rateOf(one, wording), net: wording.money(one.net) }),
    value: wording.money(one.tax),
  }))
  const paid = settlements.map(({ code, on, amount }) => ({
    name: wording.say(`settlement.${code}`, { on: wording.date(on) }),
    value: wording.money(amount),
  }))
  const totalName = wording.say(kind === 'credit_note' ? 'total.credit_note' : 'total')
  const last: Pair[] =
    kind === 'credit_note'
      ? []
      : [{ ...dueOf(due, settlements.length > 0, wording), strong: true, filled: true }]
  const untaxed = document.taxName === null
  return [
    ...(untaxed ? [] : [{ name: wording.say('net', { tax }), value: wording.money(net) }, ...rates]),
    { name: totalName, value: wording.money(total), strong: true, filled: kind === 'credit_note' },
    ...paid,
    ...last,
  ]
}

function dueOf(due: Money, paid: boolean, wording: Wording): Pair {
  if (due.amountMinor < 0) return { name: wording.say('to_be_credited'), value: wording.money(negate(due)) }
  const done = due.amountMinor === 0 && paid
  return { name: wording.say(done ? 'amount_paid' : 'amount_due'), value: wording.money(due) }
}

function drawTotals(sheet: Sheet, document: InvoiceDocument, wording: Wording): void {
  const pairs = totalsOf(document, wording)
  const width = Math.min(320, sheet.width)
  // They stay together: a total alone on a page says little.
  if (sheet.top + 20 + pairs.length * 24 > sheet.bottom) sheet.nextPage()
  sheet.top += 16
  const place = { start: sheet.width - width, width }
  sheet.doc.outline.addItem(wording.say('totals'))
  sheet.write('H2', wording.say('totals'), { size: 10.5, weight: 'bold' }, { start: place.start, width })
  sheet.top += 4
  sheet.top += drawPairs(sheet, pairs, { start: place.start, top: sheet.top, width: width - 6 }, 9.5)
}

/** Paragraphs at the end. */
export function drawNotes(sheet: Sheet, notes: readonly string[], wording: Wording): void {
  if (notes.length === 0) return
  sheet.top += 20
  const place = { start: 0, width: sheet.width }
  if (sheet.top + 40 > sheet.bottom) sheet.nextPage()
  sheet.write('H2', wording.say('notes'), { size: 8, weight: 'bold', colour: muted }, place)
  // Each on its own, so that a long note goes over to the next page.
  for (const note of notes.flatMap(text => text.split(/\r?\n/)).filter(Boolean)) {
    sheet.write('P', note, { size: 8.5, colour: ink }, place)
    sheet.top += 3
  }
}
