import type { Formula } from '@azora/contracts/assessment/formula/tree.ts'
import { typedAnswer } from '../typed-answer.ts'
import { numberText } from './number-text.ts'
import { type Drawn, evaluated, readExpression } from './read-parameters.ts'

/** Texts that name values: `{{a}}`, `{{=2*a+b}}`, and `\{{` for two braces. */

/** How a value stands in a text, so that it is what it says and nothing else. */
export type As = 'html' | 'label' | 'text' | 'pattern' | 'number' | 'formula'

/** `plain` within what describes a picture, where no element can be. */
type Mark = { mark: string; plain?: true } & ({ name: string } | { formula: Formula })
export type Template = { as: As; pieces: (string | Mark)[] }

export type TemplateFault = { reason: 'value_unknown' | 'value_unreadable'; values: Record<string, string> }

const tag = `<(?:[^>"']|"[^"]*"|'[^']*')*>`
const mark = String.raw`\\\{\{|\{\{(=?)([^{}<]{1,300})\}\}|\{\{`
// A tag is passed over whole: a value that came into an address would lead anywhere.
const inHtml = new RegExp(`(${tag})|${mark}`, 'g')
const inText = new RegExp(`((?!))|${mark}`, 'g')
/** What a picture shows is read out, so that it may name values. */
const described = /^(<img\b(?:[^>"']|"[^"]*"|'[^']*')*? alt=")([^"]*)("[\s\S]*)$/

const unescaped = (text: string) =>
  text
    .replace(/&nbsp;|&#160;|&#xa0;/gi, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim()

/** A text read once; null where it names no value. */
export function readTemplate(text: string, as: As, names: string[]): Template | TemplateFault | null {
  if (!text.includes('{{')) return null
  const pieces: Template['pieces'] = []
  const html = as === 'html'
  let at = 0
  for (const found of text.matchAll(html ? inHtml : inText)) {
    const [whole, element, computes, inside] = found
    pieces.push(text.slice(at, found.index))
    at = found.index + whole.length
    if (element) {
      const [, before = '', alt, after = ''] = described.exec(element) ?? []
      const inner = alt === undefined ? null : readTemplate(alt, 'text', names)
      if (inner && 'reason' in inner) return inner
      if (!inner) pieces.push(element)
      else {
        const plain = inner.pieces.map(piece =>
          typeof piece === 'string' ? piece : { ...piece, plain: true as const },
        )
        pieces.push(before, ...plain, after)
      }
    } else if (whole.startsWith('\\')) pieces.push('{{')
    else {
      const written = html ? unescaped(inside ?? '') : (inside ?? '').trim()
      const read = readMark(whole, written, Boolean(computes), names)
      if ('reason' in read) return read
      pieces.push(read)
    }
  }
  pieces.push(text.slice(at))
  return { as, pieces }
}

function readMark(whole: string, written: string, computes: boolean, names: string[]): Mark | TemplateFault {
  if (!computes && names.includes(written)) return { mark: whole, name: written }
  if (!computes && written) return { reason: 'value_unknown', values: { name: written } }
  const read = readExpression(written, names)
  if ('formula' in read) return { mark: whole, formula: read.formula }
  if (read.fault === 'unknown_variable') return { reason: 'value_unknown', values: { name: read.name } }
  return { reason: 'value_unreadable', values: { text: written || whole } }
}

/** The first mark of a template that has no value for what was drawn; null where all have. */
export function unvalued({ pieces }: Template, drawn: Drawn): string | null {
  for (const piece of pieces) {
    if (typeof piece === 'string') continue
    if ('formula' in piece && !Number.isFinite(evaluated(piece.formula, drawn))) return piece.mark
  }
  return null
}

export function filled({ as, pieces }: Template, drawn: Drawn): string {
  return pieces
    .map((piece, at) => {
      if (typeof piece === 'string') return piece
      const { text, isNumber } = textOf(piece, drawn)
      if (piece.plain) return typedAnswer(written(text, isNumber, 'label', false))
      return written(text, isNumber, as, touchesNumber(pieces, at))
    })
    .join('')
}

/** Beside a digit or another value a number of two signs would be read as part of it. */
function touchesNumber(pieces: Template['pieces'], at: number): boolean {
  const [before, after] = [pieces[at - 1], pieces[at + 1]]
  if ((before === '' && at > 1) || (after === '' && at < pieces.length - 2)) return true
  const ends = typeof before === 'string' && /[\d.,]$/.test(before)
  return ends || (typeof after === 'string' && /^[\d.,]/.test(after))
}

function textOf(piece: Mark, drawn: Drawn): { text: string; isNumber: boolean } {
  if ('formula' in piece) {
    const value = evaluated(piece.formula, drawn)
    return { text: Number.isFinite(value) ? numberText(value) : '?', isNumber: true }
  }
  const found = drawn.get(piece.name)
  return { text: found?.text ?? '?', isNumber: found?.number !== null }
}

/** As people read it: with a minus, which a screen reader says, and a power of ten. */
const readable = (text: string, power: (exponent: string) => string) =>
  text
    .replace('e-', 'e−')
    .replace(/^-/, '−')
    .replace(/e(.*)$/, (_, exponent: string) => power(exponent))

function written(text: string, isNumber: boolean, as: As, touches: boolean): string {
  if (as === 'html')
    return isNumber ? readable(text, exponent => ` × 10<sup>${exponent}</sup>`) : typedAnswer(text)
  if (as === 'label') return isNumber ? readable(text, exponent => ` × 10^${exponent}`) : text
  if (as === 'pattern') return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
  if (as !== 'formula' || !isNumber) return text
  const [number = '', exponent] = text.split('e')
  const whole = exponent === undefined ? number : `${number}*10^(${exponent})`
  return exponent !== undefined || number.startsWith('-') || touches ? `(${whole})` : whole
}
