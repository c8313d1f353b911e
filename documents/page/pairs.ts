import { band, muted, type Sheet, type Style } from './sheet.ts'

/** What something is called, and what it is. */
export type Pair = { name: string; value: string; strong?: boolean; filled?: boolean }

/**
 * Names and values beside each other, as a table whose rows begin with their heading: facts of the document, and totals.
 * @param place of both columns together
 * @returns how high they are
 */
export function drawPairs(
  sheet: Sheet,
  pairs: readonly Pair[],
  place: { start: number; top: number; width: number },
  size: number,
): number {
  const table = sheet.doc.struct('Table')
  sheet.root.add(table)
  const valueWidth = Math.min(
    place.width * 0.62,
    Math.max(...pairs.map(({ value }) => sheet.widthOf(value, { size, weight: 'bold' }))) + 1,
  )
  const nameWidth = place.width - valueWidth - 12
  let { top } = place
  for (const { name, value, strong, filled } of pairs) {
    const weight = strong ? 'bold' : 'regular'
    const nameStyle: Style = { size, weight, colour: strong ? undefined : muted }
    const valueStyle: Style = { size, weight, align: 'end' }
    const room = filled ? 5 : 1.5
    const height =
      Math.max(sheet.heightOf(name, nameStyle, nameWidth), sheet.heightOf(value, valueStyle, valueWidth)) +
      2 * room
    if (filled) {
      const left = sheet.left({ start: place.start - 6, width: place.width + 12 })
      sheet.decorate(doc => doc.rect(left, top, place.width + 12, height).fill(band))
    }
    const row = sheet.doc.struct('TR')
    table.add(row)
    const [start, at] = [place.start + nameWidth + 12, top + room]
    sheet.part(
      row,
      'TH',
      name,
      () => void sheet.draw(name, nameStyle, { start: place.start, top: at, width: nameWidth }),
      {
        scope: 'Row',
      },
    )
    sheet.part(
      row,
      'TD',
      value,
      () => void sheet.draw(value, valueStyle, { start, top: at, width: valueWidth }),
    )
    row.end()
    top += height
  }
  table.end()
  return top - place.top
}
