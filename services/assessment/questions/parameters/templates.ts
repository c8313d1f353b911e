import type { Names } from '@azora/contracts/assessment/formula/read-formula.ts'
import type { Formula } from '@azora/contracts/assessment/formula/tree.ts'
import { literalStar } from '../short-text/literal-star.ts'
import { typedAnswer } from '../typed-answer.ts'
import { isOperand } from './negative-operand.ts'
import { isCut, isFull, numberText } from './number-text.ts'
import { type Drawn, evaluated, readExpression } from './read-parameters.ts'

/** Texts that name values: `{{a}}`, `{{=2*a+b}}`, and `\{{` for two braces. */

/** How a value stands in a text, so that it is what it says and nothing else. */
export type As = 'html' | 'label' | 'text' | 'wildcard' | 'pattern' | 'number' | 'formula'

/** `plain` within what describes a picture, where no element can be. */
type Mark = { mark: string; plain?: true } & ({ name: string } | { formula: Formula })
export type Template = { as: As; pieces: (string | Mark)[] }

export type TemplateFault = { reason: 'value_unknown' | 'value_unreadable'; values: Record<string, string> }

const tag = `<(?:[^>"']|"[^"]*"|'[^']*')*>`
const mark = String.raw`\\\{\{|\{\{(=?)([^{}<]{1,300})\}\}|\{\{`
/** What a formula was typed as, which is not shown: of its braces, `\frac{{x}}{2}`, none names a value. */
const source = `<annotation(?=[\\s>])(?:[^>"']|"[^"]*"|'[^']*')*>[\\s\\S]*?</annotation>`
// A tag is passed over whole: a value that came into an address would lead anywhere.
const inHtml = new RegExp(`(${source}|${tag})|${mark}`, 'g')
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
export function readTemplate(text: string, as: As, known: Names): Template | TemplateFault | null {
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
      const inner = alt === undefined ? null : readTemplate(alt, 'text', known)
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
      const read = readMark(whole, written, Boolean(computes), known)
      if ('reason' in read) return read
      pieces.push(read)
    }
  }
  pieces.push(text.slice(at))
  return { as, pieces }
}

function readMark(whole: string, written: string, computes: boolean, known: Names): Mark | TemplateFault {
  if (!computes && known.variables.includes(written)) return { mark: whole, name: written }
  if (!computes && written) return { reason: 'value_unknown', values: { name: written } }
  const read = readExpression(written, known)
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

/** Where a value stands in a formula that was typed, and would not be shown; null where none does. */
export function valueInFormula(text: string, known: Names): string | null {
  for (const [formula] of text.matchAll(new RegExp(source, 'g')))
    for (const [whole, computes, inside = ''] of formula.matchAll(new RegExp(mark, 'g'))) {
      const written = unescaped(inside)
      if (computes ? 'formula' in readExpression(written, known) : known.variables.includes(written))
        return whole
    }
  return null
}

export function filled({ as, pieces }: Template, drawn: Drawn): string {
  let text = ''
  for (const [at, piece] of pieces.entries()) {
    if (typeof piece === 'string') text += piece
    else {
      const value = textOf(piece, drawn)
      const shown = piece.plain
        ? typedAnswer(written(value, 'label', false))
        : written(value, as, touchesNumber(pieces, at))
      const negative = (as === 'html' || as === 'label') && value.isNumber && value.text.startsWith('-')
      text += negative && isOperand(text, textAfter(pieces, at)) ? `(${shown})` : shown
    }
  }
  return text
}

/** Whether a value in it is not quite what was computed; `endless` where it hardly ends with the figures it has. */
export function cutIn({ pieces }: Template, drawn: Drawn, endless = false): boolean {
  return pieces.some(piece => {
    if (typeof piece === 'string') return false
    const { text, inexact } = textOf(piece, drawn)
    return inexact && (!endless || isFull(text))
  })
}

/** Whether a value in it has a star, which stands for anything there. */
export const hasStar = ({ as, pieces }: Template, drawn: Drawn): boolean =>
  as === 'wildcard' &&
  pieces.some(piece => typeof piece !== 'string' && textOf(piece, drawn).text.includes('*'))

/** What follows a value, up to the next one. */
function textAfter(pieces: Template['pieces'], at: number): string {
  const rest = pieces.slice(at + 1)
  const next = rest.findIndex(piece => typeof piece !== 'string')
  return rest.slice(0, next < 0 ? undefined : next).join('')
}

/** Beside a digit or another value a number of two signs would be read as part of it. */
function touchesNumber(pieces: Template['pieces'], at: number): boolean {
  const [before, after] = [pieces[at - 1], pieces[at + 1]]
  if ((before === '' && at > 1) || (after === '' && at < pieces.length - 2)) return true
  const ends = typeof before === 'string' && /[\d.,]$/.test(before)
  return ends || (typeof after === 'string' && /^[\d.,]/.test(after))
}

type Shown = { text: string; isNumber: boolean; inexact: boolean }

function textOf(piece: Mark, drawn: Drawn): Shown {
  if ('formula' in piece) {
    const value = evaluated(piece.formula, drawn)
    const text = Number.isFinite(value) ? numberText(value) : '?'
    return { text, isNumber: true, inexact: Number.isFinite(value) && isCut(value, text) }
  }
  const found = drawn.values.get(piece.name)
  return { text: found?.text ?? '?', isNumber: found?.number !== null, inexact: found?.inexact === true }
}

/** As people read it: with a minus, which a screen reader says, and a power of ten. */
const readable = (text: string, power: (exponent: string) => string) =>
  text
    .replace('e-', 'e−')
    .replace(/^-/, '−')
    .replace(/e(.*)$/, (_, exponent: string) => power(exponent))

function written({ text, isNumber }: Shown, as: As, touches: boolean): string {
  if (as === 'html')
    return isNumber ? readable(text, exponent => ` × 10<sup>${exponent}</sup>`) : typedAnswer(text)
  if (as === 'label') return isNumber ? readable(text, exponent => ` × 10^${exponent}`) : text
  if (as === 'pattern') return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
  if (as === 'wildcard') return text.replaceAll('*', literalStar)
  if (as !== 'formula' || !isNumber) return text
  const [number = '', exponent] = text.split('e')
  const whole = exponent === undefined ? number : `${number}*10^(${exponent})`
  return exponent !== undefined || number.startsWith('-') || touches ? `(${whole})` : whole
}
