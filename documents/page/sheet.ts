import PDFDocument from 'pdfkit'
import { fontName, openFonts, type Weight } from '../fonts/fonts.ts'
import { linesOf } from '../text/lines.ts'
import { type Direction, hasRightToLeft, type Run, runsOf } from '../text/runs.ts'

/** How a text looks: points, a weight, a colour, and the side it stands on in the direction of the document. */
export type Style = { size: number; weight?: Weight; colour?: string; align?: 'start' | 'end' | 'centre' }

/** Where something is: points from the edge at which lines begin, and from the top. */
export type Place = { start: number; top: number; width: number }

export const ink = '#1b2330'
export const muted = '#566070'
export const rule = '#cfd6de'
export const band = '#f2f4f7'

const lineHeight = 1.42
/** From the top of a line to its baseline, of its height: about that of Noto Sans in a line so high. */
const baseline = 0.75

const margin = 50

/**
 * The library sets text word by word, from words it has set before, unless it is asked for features. That is right from
 * left to right, and five times as fast; from right to left the words would come out in the wrong order.
 */
const settingOf = (text: string) => (hasRightToLeft(text) ? { features: [] } : {})

type Struct = PDFKit.PDFStructureElement

type Pieces = { runs: (Run & { width: number })[]; width: number }

/**
 * Pages that are drawn on in the direction of their language: `start` is the left edge of an English document and the right
 * edge of an Arabic one. Each text is also a part of the structure, in the order in which it is drawn.
 */
export class Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly root: Struct
  readonly direction: Direction
  readonly width: number
  /** Where the next thing goes. */
  top = margin
  readonly #pieces = new Map<string, Pieces>()

  constructor(about: { title: string; language: string; direction: Direction; paper: string; on: Date }) {
    const info = { Title: about.title, CreationDate: about.on, Producer: 'Azora OS', Creator: 'Azora OS' }
    const options = {
      size: about.paper,
      margin: 0,
      pdfVersion: '1.7',
      subset: 'PDF/UA',
      tagged: true,
      displayTitle: true,
      lang: about.language,
      bufferPages: true,
      info,
      font: '',
    }
    this.doc = new PDFDocument(options as PDFKit.PDFDocumentOptions)
    for (const { name, bytes } of openFonts()) this.doc.registerFont(name, bytes)
    this.direction = about.direction
    this.root = this.doc.struct('Document')
    this.doc.addStructure(this.root)
    this.width = this.doc.page.width - 2 * margin
  }

  /** The last point that something may reach, above the foot. */
  get bottom(): number {
    return this.doc.page.height - margin - 24
  }

  nextPage(): void {
    this.doc.addPage()
    this.top = margin
  }

  /** The left edge of a place, whatever the direction. */
  left({ start, width }: Pick<Place, 'start' | 'width'>): number {
    return this.direction === 'ltr' ? margin + start : this.doc.page.width - margin - start - width
  }

  /** The pieces of a line and how wide they are, worked out once. */
  #piecesOf(text: string, { size, weight = 'regular' }: Style): Pieces {
    const key = `${size} ${weight} ${text}`
    const known = this.#pieces.get(key)
    if (known) return known
    this.doc.fontSize(size)
    const runs = runsOf(text, this.direction).map(run => {
      this.doc.font(fontName(run.font, weight))
      return { ...run, width: this.doc.widthOfString(run.text, settingOf(run.text)) }
    })
    const pieces = { runs, width: runs.reduce((all, { width }) => all + width, 0) }
    this.#pieces.set(key, pieces)
    return pieces
  }

  widthOf(text: string, style: Style): number {
    return this.#piecesOf(text, style).width
  }

  linesOf(text: string, style: Style, width: number): string[] {
    return linesOf(text, piece => this.widthOf(piece, style), width)
  }

  heightOf(text: string, style: Style, width: number): number {
    return this.linesOf(text, style, width).length * style.size * lineHeight
  }

  /** Draw a text, and say how high it was. It is no part of the structure by itself. */
  draw(text: string, style: Style, place: Place): number {
    const height = style.size * lineHeight
    const lines = this.linesOf(text, style, place.width)
    for (const [at, line] of lines.entries()) {
      const room = place.width - this.widthOf(line, style)
      const start = { start: 0, centre: room / 2, end: room }[style.align ?? 'start']
      const left = this.left(place) + (this.direction === 'ltr' ? start : room - start)
      this.#drawLine(line, style, left, place.top + at * height + height * baseline)
    }
    return lines.length * height
  }

  #drawLine(line: string, style: Style, from: number, top: number): void {
    const { size, weight = 'regular', colour = ink } = style
    let left = from
    for (const { text, font, width } of this.#piecesOf(line, style).runs) {
      this.doc.font(fontName(font, weight)).fontSize(size).fillColor(colour)
      // Its width is known, and so need not be worked out again.
      const known = { textWidth: width, ...settingOf(text) }
      this.doc.text(text, left, top, { lineBreak: false, baseline: 'alphabetic', ...known })
      left += width
    }
  }

  /**
   * A part of the structure that is drawn by `draw`. Where letters are drawn in another order than they are read in, the
   * text stands beside them as it is read.
   */
  part(parent: Struct, type: string, text: string, draw: () => void, options: { scope?: string } = {}): void {
    const actual = hasRightToLeft(text) ? { actual: text.replace(/[\u2066-\u2069]/g, '') } : {}
    const struct = this.doc.struct(type, { ...options, ...actual }, draw as never)
    parent.add(struct)
    struct.end()
  }

  /** A text that is a part of the structure, below what was there. */
  write(type: string, text: string, style: Style, place: Omit<Place, 'top'>, parent = this.root): void {
    const height = this.heightOf(text, style, place.width)
    if (this.top + height > this.bottom) this.nextPage()
    this.part(parent, type, text, () => void this.draw(text, style, { ...place, top: this.top }))
    this.top += height
  }

  /** Lines and fields of colour, which mean nothing. */
  decorate(draw: (doc: PDFKit.PDFDocument) => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' })
    draw(this.doc)
    this.doc.endMarkedContent()
  }

  line(top: number, colour = rule, thickness = 0.6): void {
    const left = this.left({ start: 0, width: this.width })
    this.decorate(doc =>
      doc
        .moveTo(left, top)
        .lineTo(left + this.width, top)
        .lineWidth(thickness)
        .strokeColor(colour)
        .stroke(),
    )
  }

  /** Something at the foot of each page, which is read by nobody aloud. */
  foot(textOf: (page: number, pages: number) => { start: string; end: string }): void {
    const { count } = this.doc.bufferedPageRange()
    const style = { size: 7.5, colour: muted }
    for (let page = 0; page < count; page += 1) {
      this.doc.switchToPage(page)
      const { start, end } = textOf(page + 1, count)
      const top = this.doc.page.height - margin - 4
      this.line(top - 6)
      this.doc.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] })
      const endWidth = this.widthOf(end, style)
      const startWidth = this.width - endWidth - 20
      const [line = '', more] = this.linesOf(start, style, startWidth - 10)
      const first = more === undefined ? line : `${line}…`
      this.draw(first, style, { start: 0, top, width: startWidth })
      this.draw(end, { ...style, align: 'end' }, { start: startWidth, top, width: endWidth + 20 })
      this.doc.endMarkedContent()
    }
  }

  /** The bytes of the document, once nothing is added any more. */
  async finish(): Promise<Uint8Array> {
    this.root.end()
    const chunks: Buffer[] = []
    this.doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    const ended = new Promise<void>((resolve, reject) => {
      this.doc.on('end', resolve)
      this.doc.on('error', reject)
    })
    this.doc.end()
    await ended
    return new Uint8Array(Buffer.concat(chunks))
  }
}
