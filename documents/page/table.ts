import { band, muted, rule, type Sheet, type Style } from './sheet.ts'

export type Column = {
  heading: string
  align: 'start' | 'end'
  /** Points; null for what the others leave. */
  width: number | null
}

/** The texts of a cell below each other: the first as it is, the others small. */
export type Cell = readonly [string, ...string[]]

export type Row = { cells: readonly Cell[]; strong?: boolean }

const text: Style = { size: 9 }
const small: Style = { size: 7.5, colour: muted }
const padding = 5
const gap = 12

const styleOf = (at: number, align: Column['align'], strong = false): Style =>
  at > 0 ? { ...small, align } : { ...text, align, weight: strong ? 'bold' : 'regular' }

/** The width that the contents of a column want, within bounds. */
export function columnWidth(sheet: Sheet, texts: readonly string[], least: number, most: number): number {
  const widest = Math.max(...texts.map(one => sheet.widthOf(one, { ...text, weight: 'bold' })))
  return Math.min(Math.max(widest + 1, least), most)
}

/**
 * A table over as many pages as it takes. A row stays together; its headings stand on each page, where they are read aloud
 * once.
 */
export function drawTable(sheet: Sheet, columns: readonly Column[], rows: readonly Row[]): void {
  const places = placesOf(sheet, columns)
  const table = sheet.doc.struct('Table')
  sheet.root.add(table)
  const head = sheet.doc.struct('THead')
  const body = sheet.doc.struct('TBody')
  table.add(head)
  table.add(body)
  const row: Row = { cells: columns.map(({ heading }) => [heading] as const) }
  const headHeight = heightOf(sheet, row, places, true)
  if (sheet.top + headHeight + heightOf(sheet, rows[0] ?? row, places) > sheet.bottom) sheet.nextPage()
  drawRow(sheet, head, row, places, columns, true)
  for (const one of rows) {
    if (sheet.top + heightOf(sheet, one, places) > sheet.bottom) {
      sheet.nextPage()
      repeatHead(sheet, row, places, columns)
    }
    drawRow(sheet, body, one, places, columns, false)
  }
  table.end()
}

type ColumnPlace = { start: number; width: number }

function placesOf(sheet: Sheet, columns: readonly Column[]): ColumnPlace[] {
  const taken = columns.reduce((all, { width }) => all + (width ?? 0), 0)
  const rest = sheet.width - 2 * padding - taken - gap * (columns.length - 1)
  let start = padding
  return columns.map(({ width }) => {
    const place = { start, width: width ?? rest }
    start += place.width + gap
    return place
  })
}

const headStyle: Style = { size: 7.5, weight: 'bold', colour: muted }

const cellHeight = (sheet: Sheet, cell: Cell, width: number, strong: boolean | undefined) =>
  cell.reduce((all, one, at) => all + sheet.heightOf(one, styleOf(at, 'start', strong), width), 0)

function heightOf(
  sheet: Sheet,
  { cells, strong }: Row,
  places: readonly ColumnPlace[],
  head = false,
): number {
  const heights = cells.map((cell, at) => {
    const width = places[at]?.width ?? 0
    return head ? sheet.heightOf(cell[0], headStyle, width) : cellHeight(sheet, cell, width, strong)
  })
  return Math.max(...heights) + 2 * padding
}

function drawCell(
  sheet: Sheet,
  cell: Cell,
  column: Column,
  place: ColumnPlace,
  row: Row,
  head: boolean,
): void {
  let top = sheet.top + padding
  for (const [at, one] of cell.entries()) {
    const style = head ? { ...headStyle, align: column.align } : styleOf(at, column.align, row.strong)
    top += sheet.draw(one, style, { ...place, top })
  }
}

function behind(sheet: Sheet, height: number, colour: string): void {
  const left = sheet.left({ start: 0, width: sheet.width })
  sheet.decorate(doc => doc.rect(left, sheet.top, sheet.width, height).fill(colour))
}

function drawRow(
  sheet: Sheet,
  parent: PDFKit.PDFStructureElement,
  row: Row,
  places: readonly ColumnPlace[],
  columns: readonly Column[],
  head: boolean,
): void {
  const height = heightOf(sheet, row, places, head)
  if (head || row.strong) behind(sheet, height, band)
  const struct = sheet.doc.struct('TR')
  parent.add(struct)
  for (const [at, cell] of row.cells.entries()) {
    const [column, place] = [columns[at] as Column, places[at] as ColumnPlace]
    const draw = () => drawCell(sheet, cell, column, place, row, head)
    if (head) sheet.part(struct, 'TH', cell.join('\n'), draw, { scope: 'Column' })
    else sheet.part(struct, 'TD', cell.join('\n'), draw)
  }
  struct.end()
  sheet.top += height
  sheet.line(sheet.top, rule, 0.4)
}

/** The headings once more on another page: seen, and no part of the structure. */
function repeatHead(
  sheet: Sheet,
  row: Row,
  places: readonly ColumnPlace[],
  columns: readonly Column[],
): void {
  const height = heightOf(sheet, row, places, true)
  behind(sheet, height, band)
  sheet.decorate(() => {
    for (const [at, cell] of row.cells.entries())
      drawCell(sheet, cell, columns[at] as Column, places[at] as ColumnPlace, row, true)
  })
  sheet.top += height
}
