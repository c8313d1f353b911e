import { UnmakeableDocument } from '../bounds.ts'
import type { BillingDocument, Party } from '../document.ts'
import type { Wording } from '../wording.ts'
import { drawPairs, type Pair } from './pairs.ts'
import { ink, muted, type Sheet, type Style } from './sheet.ts'

const defaultAccent = '#1f4e79'

const name: Style = { size: 10, weight: 'bold' }
const small: Style = { size: 8.5, colour: muted }

/** What stands below a name: the address, and the numbers that the law asks for. */
function linesBelow(party: Party, wording: Wording, taxName: string | null): string[] {
  const { address, taxNumber, registrationNumber, email, website } = party
  const tax =
    taxNumber === null
      ? []
      : [
          taxName
            ? wording.say('tax_number', { tax: taxName, number: taxNumber })
            : wording.say('tax_number_plain', { number: taxNumber }),
        ]
  const register = registrationNumber
    ? [wording.say('registration_number', { number: registrationNumber })]
    : []
  return [...address, ...tax, ...register, ...[email, website].flatMap(line => line ?? [])]
}

/** The picture, read before anything of it is drawn. @throws UnmakeableDocument */
function openLogo(sheet: Sheet, logo: Uint8Array): unknown {
  try {
    return (sheet.doc as unknown as { openImage(bytes: Buffer): unknown }).openImage(Buffer.from(logo))
  } catch (failure) {
    throw new UnmakeableDocument('The logo cannot be read.', { cause: failure })
  }
}

/** The school's logo at the start, its name and address at the end; without a logo its name takes that place. */
export function drawLetterhead(
  sheet: Sheet,
  document: BillingDocument,
  wording: Wording,
  taxName: string | null,
): void {
  const { seller, logo, accent } = document
  const half = sheet.width / 2 - 20
  const top = sheet.top
  let reached = top
  if (logo) {
    const box = { start: 0, width: 150 }
    const [left, align] = [sheet.left(box), sheet.direction === 'ltr' ? 'left' : 'right'] as const
    const picture = openLogo(sheet, logo)
    const options = { fit: [150, 60] as [number, number], align: align as 'right' }
    const alt = wording.say('logo', { name: seller.name }).replace(/[\u2066-\u2069]/g, '')
    const figure = sheet.doc.struct(
      'Figure',
      { alt },
      () => void sheet.doc.image(picture as Buffer, left, top, options),
    )
    sheet.root.add(figure)
    figure.end()
    reached = top + 60
  } else {
    const place = { start: 0, width: half + 20 }
    const large: Style = { size: 17, weight: 'bold', colour: accent ?? defaultAccent }
    // A long name is set smaller, so that it does not take the page.
    const long = sheet.linesOf(seller.name, large, place.width).length > 2
    sheet.write('P', seller.name, long ? { ...large, size: 12.5 } : large, place)
    reached = sheet.top
  }
  sheet.top = top
  const place = { start: sheet.width - half, width: half }
  if (logo) sheet.write('P', seller.name, { ...name, align: 'end' }, place)
  for (const line of linesBelow(seller, wording, taxName))
    sheet.write('P', line, { ...small, align: 'end' }, place)
  sheet.top = Math.max(reached, sheet.top) + 14
  sheet.line(sheet.top, accent ?? defaultAccent, 1.5)
  sheet.top += 18
}

/** The title, to whom it is, and the facts beside that. */
export function drawHead(
  sheet: Sheet,
  title: string,
  party: { heading: string; party: Party; taxName: string | null },
  facts: readonly Pair[],
  wording: Wording,
): void {
  sheet.doc.outline.addItem(title)
  sheet.write('H1', title, { size: 21, weight: 'bold', colour: ink }, { start: 0, width: sheet.width })
  sheet.top += 12
  const top = sheet.top
  const half = sheet.width / 2 - 14
  sheet.write('H2', party.heading, { size: 8, weight: 'bold', colour: muted }, { start: 0, width: half })
  sheet.write('P', party.party.name, name, { start: 0, width: half })
  for (const line of linesBelow(party.party, wording, party.taxName))
    sheet.write('P', line, small, { start: 0, width: half })
  const reached = sheet.top
  const height = drawPairs(sheet, facts, { start: sheet.width - half, top, width: half }, 9)
  sheet.top = Math.max(reached, top + height) + 22
}
