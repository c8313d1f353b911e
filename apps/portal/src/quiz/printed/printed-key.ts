import type { OutputOf } from '../../lib/api.browser.ts'
import type { Submission } from '../../offline/answers.ts'
import type { BodyType, QuestionOf } from '../types/answer-field.ts'
import { letterOf } from '../types/plain-text.ts'
import { escaped, list, listing, outlined } from './paper.ts'

type Authored = OutputOf<'assessment.editQuiz'>['questions'][number]
type AuthoredOf<T extends BodyType> = Extract<Authored, { type: T; body: unknown }>
type Part = { id: string; content: string }

const or = (texts: string[]) => texts.map(escaped).join(' · ')
const whole = <A extends { share: number }>(answers: A[]) => answers.filter(({ share }) => share === 100)

function letterFor(id: string, choices: Part[], pairs: Record<string, string>): string {
  const at = choices.findIndex(choice => choice.id === pairs[id])
  return at < 0 ? '–' : letterOf(at)
}

/** The letter of what belongs to each item, in the order in which paper shows both. */
const letters = (items: Part[], choices: Part[], pairs: Record<string, string>) =>
  list(items.map(({ id, content }) => [`<b>${letterFor(id, choices, pairs)}</b>`, content] as const))

type Number = Pick<AuthoredOf<'numeric'>['body'], 'answers' | 'unit'>

const numbers = ({ answers, unit }: Number) =>
  or(whole(answers).map(({ value }) => (unit ? `${value} ${unit.symbol}` : value)))

type Gap = AuthoredOf<'cloze'>['body']['gaps'][number]

function gapKey(gap: Gap): string {
  if (gap.kind === 'inline_choice')
    return or(gap.body.options.filter(({ correct }) => correct).map(({ text }) => text))
  if (gap.kind === 'numeric') return numbers(gap.body)
  return or(whole(gap.body.answers).map(({ text }) => text))
}

/** What is right for a question of each type. A new type is a line here (decision 0038). */
const keys: { [T in BodyType]: (question: AuthoredOf<T>, shown: QuestionOf<T>) => string } = {
  short_text: ({ body }) => or(whole(body.answers).map(({ text }) => text)),
  numeric: ({ body }) => numbers(body),
  formula: ({ body }) => or(whole(body.answers).map(({ expression }) => expression)),
  matching: ({ body }, shown) => letters(shown.body.items, shown.body.choices, body.pairs),
  categories: ({ body }, shown) => letters(shown.body.items, shown.body.choices, body.pairs),
  ordering: ({ body }) => list(body.items.map(({ content }, at) => [`<b>${at + 1}</b>`, content] as const)),
  cloze: ({ body }) => list(body.gaps.map((gap, at) => [`<b>${at + 1}</b>`, gapKey(gap)] as const)),
  // A person marks it; what its author says of marking is the key.
  essay: ({ body }) => body.guidance ?? '',
  upload: ({ body }) => body.guidance ?? '',
  code: ({ body }) => {
    const toWrite = body.files.filter(({ locked, hidden }) => !locked && !hidden)
    return body.solution.map((content, at) => listing({ path: toWrite[at]?.path ?? '', content })).join('')
  },
  // Its rules are its key: they name no answer that would do for paper.
  item: () => '',
  hotspot: ({ body }) => (body.picture ? outlined(body.picture, body.areas) : ''),
  labelling: ({ body }, shown) =>
    list(
      shown.body.targets.map(
        ({ id }, at) => [`<b>${at + 1}</b>`, letterFor(id, shown.body.labels, body.pairs)] as const,
      ),
    ),
}

/**
 * What is right for a question, as HTML for paper: by the letters and numbers that `printed` gives its parts.
 * @param shown the same question as it is printed; without a body it has options
 */
export function printedKey(question: Authored, shown: Submission['questions'][number]): string {
  if (!('body' in question && 'body' in shown)) {
    const right = 'options' in question ? question.options.filter(({ correct }) => correct) : []
    return list(right.map(({ content }) => ['', content] as const))
  }
  // Of the union: the type says which key it is.
  const key = keys[question.type] as (question: Authored, shown: Submission['questions'][number]) => string
  return key(question, shown)
}
