import type { Shape } from '@azora/contracts/assessment/places-on-picture.ts'

/** The parts of a question on paper, as HTML: lines to write on, boxes to tick, pictures with numbers. */

export const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

const rule = 'border-b border-black'
export const line = `<div class="mt-8 w-full ${rule}"></div>`
export const lines = (count: number) => line.repeat(count)
const widths = { 3: 'w-12', 10: 'w-40' } as const
/** A line within a text, about so many letters long. */
export const blank = (letters: keyof typeof widths) =>
  `<span class="mx-1 mt-0! inline-block h-5 ${widths[letters]} shrink-0 ${rule}"></span>`
export const box =
  '<span aria-hidden="true" class="mt-1 inline-block size-4 shrink-0 border border-black"></span>'

/** Rows of a mark, such as a box or a letter, and what stands beside it, which may be several paragraphs. */
export const list = (rows: (readonly [mark: string, content: string])[]) =>
  `<ul class="mt-3 flex flex-col gap-2">${rows.map(([mark, content]) => `<li class="flex gap-3">${mark}<div class="mt-0! min-w-0">${content}</div></li>`).join('')}</ul>`

/** A file of a program as it is, below its name. */
export const listing = ({ path, content }: { path: string; content: string }) =>
  `<p class="mt-3 text-sm"><code>${escaped(path)}</code></p>${content.trim() ? `<pre class="whitespace-pre-wrap border border-black p-2 text-sm">${escaped(content)}</pre>` : ''}`

type Picture = { address: string; alt: string; width: number; height: number }
type Point = { x: number; y: number }

const drawn = ({ address, alt, width, height }: Picture, over: (high: number) => string) => {
  const high = (height / width) * 100
  return `<svg role="img" aria-label="${escaped(alt)}" viewBox="0 0 100 ${high}" class="mt-3 w-full max-w-md"><image href="${escaped(address)}" width="100" height="${high}"></image>${over(high)}</svg>`
}

const number = (x: number, y: number, text: number) =>
  `<circle cx="${x}" cy="${y}" r="2.6" fill="white" stroke="black" stroke-width="0.4"></circle><text x="${x}" y="${y + 1.2}" font-size="3.4" text-anchor="middle">${text}</text>`

/** A picture with numbered places. As a drawing, since a page of ours takes no styles within its elements. */
export const pinned = (picture: Picture, places: Point[]) =>
  drawn(picture, high => places.map(({ x, y }, at) => number(x * 100, y * high, at + 1)).join(''))

export const shownPicture = (picture: Picture) => pinned(picture, [])

/** A picture with areas drawn around what is right. */
export const outlined = (picture: Picture, areas: Shape[]) =>
  drawn(picture, high => areas.map(area => outline(area, high)).join(''))

const stroke = 'fill="none" stroke="black" stroke-width="0.8"'

function outline(area: Shape, high: number): string {
  if (area.shape === 'rectangle')
    return `<rect x="${area.x * 100}" y="${area.y * high}" width="${area.width * 100}" height="${area.height * high}" ${stroke}></rect>`
  if (area.shape === 'circle')
    return `<circle cx="${area.x * 100}" cy="${area.y * high}" r="${area.radius * 100}" ${stroke}></circle>`
  return `<polygon points="${area.corners.map(({ x, y }) => `${x * 100},${y * high}`).join(' ')}" ${stroke}></polygon>`
}

/** A box to write in what is handed in beside the paper. */
export const handInBox = '<div class="mt-2 min-h-24 rounded border border-black"></div>'
