import type { StatementDocument } from './document.ts'
import { drawNotes } from './invoice-pages.ts'
import { drawHead, drawLetterhead } from './page/letterhead.ts'
import type { Sheet } from './page/sheet.ts'
import { type Cell, columnWidth, drawTable, type Row } from './page/table.ts'
import type { Wording } from './wording.ts'

export function drawStatement(sheet: Sheet, document: StatementDocument, wording: Wording): void {
  const { number, issuedOn, from, to, opening, closing, entries } = document
  drawLetterhead(sheet, document, wording, null)
  const dates = wording.say('dates', { from: wording.date(from), to: wording.date(to) })
  const party = { heading: wording.say('account_of'), party: document.buyer, taxName: null }
  const facts = [
    { name: wording.say('number'), value: number, strong: true },
    { name: wording.say('issued'), value: wording.date(issuedOn) },
    { name: wording.say('period'), value: dates },
    { name: wording.say('closing_balance'), value: wording.money(closing), strong: true },
  ]
  drawHead(sheet, wording.say('title.statement'), party, facts, wording)
  const balance = (on: string, name: string, amount: typeof opening): Row => ({
    cells: [[wording.date(on)], [name], [''], [wording.money(amount)]],
    strong: true,
  })
  const rows: Row[] = entries.map(entry => {
    const details: Cell = entry.reference ? [entry.description, entry.reference] : [entry.description]
    const amounts = [wording.money(entry.amount), wording.money(entry.balance)] as const
    return { cells: [[wording.date(entry.on)], details, [amounts[0]], [amounts[1]]] }
  })
  const all = [
    balance(from, wording.say('opening_balance'), opening),
    ...rows,
    balance(to, wording.say('closing_balance'), closing),
  ]
  const widthOf = (at: number, least: number) =>
    columnWidth(
      sheet,
      all.map(({ cells }) => cells[at]?.[0] ?? ''),
      least,
      130,
    )
  drawTable(
    sheet,
    [
      { heading: wording.say('date'), align: 'start', width: widthOf(0, 60) },
      { heading: wording.say('details'), align: 'start', width: null },
      { heading: wording.say('amount'), align: 'end', width: widthOf(2, 70) },
      { heading: wording.say('balance'), align: 'end', width: widthOf(3, 70) },
    ],
    all,
  )
  drawNotes(sheet, document.notes, wording)
}
