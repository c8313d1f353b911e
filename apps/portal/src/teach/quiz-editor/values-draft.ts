import type { AuthoredQuiz, QuestionInput, QuestionType } from './authored-quiz.ts'

/** Values that change, as they are being written: numbers as an author types them. */

type Parameters = NonNullable<AuthoredQuiz['questions'][number]['parameters']>
type Rounding = 'none' | 'decimals' | 'significant_figures'

export type ValueDraft = {
  key: string
  name: string
  kind: Parameters['items'][number]['kind']
  from: string
  to: string
  step: string
  except: string
  /** One a line. */
  values: string
  expression: string
  rounding: Rounding
  digits: string
}
/** Conditions one a line. */
export type ValuesDraft = { algorithm?: number; items: ValueDraft[]; conditions: string }

/** Types whose text alone, or what is on a picture or in a file, would change. */
const fixedTypes: QuestionType[] = ['upload', 'code', 'hotspot', 'labelling', 'item']
export const takesValues = (type: QuestionType) => !fixedTypes.includes(type)

export const emptyValue = (name: string): ValueDraft => ({
  key: crypto.randomUUID(),
  name,
  kind: 'number',
  from: '2',
  to: '9',
  step: '1',
  except: '',
  values: '',
  expression: '',
  rounding: 'none',
  digits: '2',
})

/** The first letter that no value has; `e` is a number already. */
export const freeName = (items: ValueDraft[]) =>
  [...'abcdfghkmnpqrstuvwxyz'].find(letter => !items.some(({ name }) => name.trim() === letter)) ?? ''

export function valuesDraftOf(parameters: Parameters | null | undefined): ValuesDraft | null {
  if (!parameters) return null
  const { algorithm, items, conditions } = parameters
  return {
    algorithm,
    conditions: conditions.join('\n'),
    items: items.map(item => {
      const empty = emptyValue(item.name)
      if (item.kind === 'list') return { ...empty, kind: item.kind, values: item.values.join('\n') }
      if (item.kind === 'computed') {
        const { expression, rounding } = item
        return {
          ...empty,
          kind: item.kind,
          expression,
          rounding: rounding?.kind ?? 'none',
          digits: String(rounding?.digits ?? 2),
        }
      }
      const { from, to, step, except } = item
      return {
        ...empty,
        from: String(from),
        to: String(to),
        step: String(step),
        except: except.join('; '),
      }
    }),
  }
}

/** As it is typed: with a comma or a point. */
const numberOf = (text: string) =>
  text.trim() === '' ? Number.NaN : Number(text.trim().replace('−', '-').replace(',', '.'))
const linesOf = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
/** Several numbers, apart by spaces or semicolons, as a comma may be a decimal one. */
const numbersOf = (text: string) =>
  text
    .split(/[\s;]+/)
    .filter(Boolean)
    .map(numberOf)

/** Whether a row lacks what it is drawn or computed from. */
function isIncomplete(value: ValueDraft): boolean {
  const { name, kind, from, to, step, except, values, expression, rounding, digits } = value
  if (!/^[A-Za-z][A-Za-z0-9_]{0,19}$/.test(name.trim())) return true
  if (kind === 'list') return linesOf(values).length === 0
  if (kind === 'computed')
    return expression.trim() === '' || (rounding !== 'none' && !/^\d{1,2}$/.test(digits.trim()))
  const numbers = [from, to, step].map(numberOf).concat(numbersOf(except))
  return numbers.some(Number.isNaN) || numberOf(step) <= 0
}

export const lacksValue = (draft: ValuesDraft | null | undefined): boolean =>
  draft?.items.some(isIncomplete) === true

export function parametersOf(draft: ValuesDraft): NonNullable<QuestionInput['parameters']> | null {
  if (draft.items.length === 0) return null
  return {
    ...(draft.algorithm === undefined ? {} : { algorithm: draft.algorithm }),
    conditions: linesOf(draft.conditions),
    items: draft.items.map(value => {
      const name = value.name.trim()
      if (value.kind === 'list') return { name, kind: value.kind, values: linesOf(value.values) }
      if (value.kind === 'computed')
        return {
          name,
          kind: value.kind,
          expression: value.expression.trim(),
          rounding:
            value.rounding === 'none' ? null : { kind: value.rounding, digits: Number(value.digits.trim()) },
        }
      return {
        name,
        kind: value.kind,
        from: numberOf(value.from),
        to: numberOf(value.to),
        step: numberOf(value.step),
        except: numbersOf(value.except),
      }
    }),
  }
}
