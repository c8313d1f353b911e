import type { AuthoredQuiz, QuestionInput, QuestionType } from './authored-quiz.ts'
import { type CodeDraft, codeBodyOf, codeDraftOf, newCode } from './code-draft.ts'
import { emptyFormula, type FormulaDraft, formulaOf } from './formula-draft.ts'
import { emptyLine, isWritten, type Line, lineOf, newKey, partOf, sharedChoices } from './lines.ts'
import {
  emptyHotspot,
  emptyLabelling,
  type HotspotDraft,
  hotspotOf,
  type LabellingDraft,
  labellingDraftOf,
  labellingOf,
} from './picture-draft.ts'
import { htmlOf, typedText } from './typed-text.ts'

type Authored = Extract<AuthoredQuiz['questions'][number], { body: unknown }>
type Written = Extract<QuestionInput, { body: unknown }>
type BodyOf<T extends Authored['type']> = Extract<Authored, { type: T }>['body']

export type ShortTextDraft = BodyOf<'short_text'>
export type NumericDraft = BodyOf<'numeric'>
export type Gap = BodyOf<'cloze'>['gaps'][number]
/** Teachers think in pairs: each item beside what belongs to it. The same text twice is one choice. */
export type MatchingDraft = {
  pairs: { key: string; item: string; choice: string; choiceKey: string }[]
  others: Line[]
}
/** Items by the category that they belong to. `category` is the key of one, or empty. */
export type CategoriesDraft = { categories: Line[]; items: (Line & { category: string })[] }
export type ItemDraft = BodyOf<'item'>
export type OrderingDraft = { items: Line[]; partial: BodyOf<'ordering'>['partial'] }
export type ClozeDraft = { gaps: Gap[] }
/** The guidance is text as it is typed. */
export type EssayDraft = BodyOf<'essay'>
export type UploadDraft = BodyOf<'upload'>

/** What a type asks beside the text, as it is being written. */
export type BodyDraft =
  | { type: 'short_text'; body: ShortTextDraft }
  | { type: 'numeric'; body: NumericDraft }
  | { type: 'matching'; body: MatchingDraft }
  | { type: 'categories'; body: CategoriesDraft }
  | { type: 'ordering'; body: OrderingDraft }
  | { type: 'cloze'; body: ClozeDraft }
  | { type: 'essay'; body: EssayDraft }
  | { type: 'upload'; body: UploadDraft }
  | { type: 'code'; body: CodeDraft }
  | { type: 'hotspot'; body: HotspotDraft }
  | { type: 'labelling'; body: LabellingDraft }
  | { type: 'formula'; body: FormulaDraft }
  | { type: 'item'; body: ItemDraft }

export const emptyTextAnswer = (): ShortTextDraft['answers'][number] => ({
  text: '',
  match: 'text',
  share: 100,
  feedback: null,
})
export const emptyNumber = (): NumericDraft['answers'][number] => ({
  value: '',
  tolerance: '0',
  toleranceKind: 'absolute',
  share: 100,
  feedback: null,
})
const emptyText = (): ShortTextDraft => ({
  answers: [emptyTextAnswer()],
  caseSensitive: false,
  accentSensitive: true,
  spelling: 'exact',
  language: null,
})
const emptyNumeric = (): NumericDraft => ({ answers: [emptyNumber()], unit: null })
export const emptyItem = (): CategoriesDraft['items'][number] => ({ ...emptyLine(), category: '' })
/** Learners get both keys: one must not tell the other. */
export const emptyPair = () => ({ key: newKey(), item: '', choice: '', choiceKey: newKey() })

export const emptyLevel = (points: number): EssayDraft['rubric'][number]['levels'][number] => ({
  id: newKey(),
  title: '',
  description: '',
  points,
})
/** With levels for all, half and none of it: most rubrics have three. */
export const emptyCriterion = (): EssayDraft['rubric'][number] => ({
  id: newKey(),
  title: '',
  description: '',
  levels: [emptyLevel(2), emptyLevel(1), emptyLevel(0)],
})

/** A gap of a kind, with nothing in it yet. It has an id from the start: answers are kept under it. */
export function newGap(kind: Gap['kind'], id: string = crypto.randomUUID()): Gap {
  if (kind === 'short_text') return { id, weight: 1, kind, body: emptyText() }
  if (kind === 'numeric') return { id, weight: 1, kind, body: emptyNumeric() }
  const option = (correct: boolean) => ({ id: newKey(), text: '', correct })
  return { id, weight: 1, kind, body: { options: [option(true), option(false)] } }
}

/** What a new question of a type begins with; null for choices, which have options instead. */
export function newBody(type: QuestionType): BodyDraft | null {
  switch (type) {
    case 'short_text':
      return { type, body: emptyText() }
    case 'numeric':
      return { type, body: emptyNumeric() }
    case 'matching':
      return { type, body: { pairs: [emptyPair(), emptyPair(), emptyPair()], others: [] } }
    case 'categories':
      return {
        type,
        body: { categories: [emptyLine(), emptyLine()], items: [emptyItem(), emptyItem(), emptyItem()] },
      }
    case 'ordering':
      return { type, body: { items: [emptyLine(), emptyLine(), emptyLine()], partial: 'place' } }
    case 'cloze':
      return { type, body: { gaps: [] } }
    case 'essay':
      return {
        type,
        body: { minWords: null, maxWords: null, rubric: [], rubricShown: true, guidance: null },
      }
    case 'upload':
      return {
        type,
        body: {
          kinds: ['document', 'photo'],
          mostFiles: 1,
          mostBytes: 20_000_000,
          rubric: [],
          rubricShown: true,
          guidance: null,
        },
      }
    case 'code':
      return { type, body: newCode() }
    case 'hotspot':
      return { type, body: emptyHotspot() }
    case 'labelling':
      return { type, body: emptyLabelling() }
    case 'formula':
      return { type, body: emptyFormula() }
    default:
      return null
  }
}

/** A stored body as its author edits it. */
export function bodyDraftOf(question: Authored): BodyDraft {
  switch (question.type) {
    case 'matching': {
      const { items, choices, pairs } = question.body
      const used = new Set(Object.values(pairs))
      const contentOf = new Map(choices.map(({ id, content }) => [id, typedText(content)]))
      return {
        type: 'matching',
        body: {
          pairs: items.map(({ id, content }) => ({
            key: id,
            item: typedText(content),
            choice: contentOf.get(pairs[id] ?? '') ?? '',
            choiceKey: pairs[id] ?? newKey(),
          })),
          others: choices.filter(({ id }) => !used.has(id)).map(lineOf),
        },
      }
    }
    case 'categories': {
      const { items, choices, pairs } = question.body
      return {
        type: 'categories',
        body: {
          categories: choices.map(lineOf),
          items: items.map(item => ({ ...lineOf(item), category: pairs[item.id] ?? '' })),
        },
      }
    }
    case 'ordering':
      return {
        type: 'ordering',
        body: { items: question.body.items.map(lineOf), partial: question.body.partial },
      }
    case 'essay':
      return {
        type: 'essay',
        body: { ...question.body, guidance: question.body.guidance && typedText(question.body.guidance) },
      }
    case 'upload':
      return {
        type: 'upload',
        body: { ...question.body, guidance: question.body.guidance && typedText(question.body.guidance) },
      }
    case 'code':
      return { type: 'code', body: codeDraftOf(question.body) }
    case 'labelling':
      return { type: 'labelling', body: labellingDraftOf(question.body) }
    default:
      return { type: question.type, body: question.body } as BodyDraft
  }
}

/** What is saved of it. Rows that nobody filled in are left out. @param calculates whether it has values that change */
export function bodyOf(draft: BodyDraft, calculates = false): Written {
  // Each type with its own body, as the switch pairs them.
  return written(draft, calculates) as Written
}

function written(draft: BodyDraft, calculates: boolean): object {
  switch (draft.type) {
    case 'short_text':
      return { type: draft.type, body: usedTexts(draft.body) }
    case 'numeric':
      return { type: draft.type, body: usedNumbers(draft.body, calculates) }
    case 'matching':
      return { type: draft.type, body: matchingOf(draft.body) }
    case 'categories':
      return { type: draft.type, body: categoriesOf(draft.body) }
    case 'ordering':
      return {
        type: draft.type,
        body: { ...draft.body, items: draft.body.items.filter(isWritten).map(partOf) },
      }
    case 'cloze':
      return { type: draft.type, body: { gaps: draft.body.gaps.map(gap => usedGap(gap, calculates)) } }
    case 'essay':
      return { type: draft.type, body: rubricOf(draft.body) }
    case 'upload':
      return { type: draft.type, body: rubricOf(draft.body) }
    case 'code':
      return { type: draft.type, body: codeBodyOf(draft.body) }
    case 'hotspot':
      return { type: draft.type, body: hotspotOf(draft.body) }
    case 'labelling':
      return { type: draft.type, body: labellingOf(draft.body) }
    case 'formula':
      return { type: draft.type, body: formulaOf(draft.body) }
    case 'item':
      return draft
  }
}

/** Levels and criteria that nobody named are left out; what else is missing, the service says. */
const rubricOf = <B extends Pick<EssayDraft, 'rubric' | 'guidance'>>(body: B): B => ({
  ...body,
  guidance: body.guidance && (htmlOf(body.guidance) || null),
  rubric: body.rubric
    .map(criterion => ({
      ...criterion,
      levels: criterion.levels.filter(({ title, description }) => title.trim() || description.trim()),
    }))
    .filter(({ title, description, levels }) => title.trim() || description.trim() || levels.length > 0),
})

const usedTexts = (body: ShortTextDraft): ShortTextDraft => ({
  ...body,
  answers: body.answers.filter(({ text }) => text.trim() !== ''),
})

/** Decimals are kept with a point, however they were typed. */
const pointed = (text: string) => text.trim().replace(/^\+/, '').replace('−', '-').replace(',', '.')

/** Of values that change a number may be calculated: `a + b` is typed more easily than with its braces. */
const keyed = (text: string, calculates: boolean) => {
  const number = pointed(text)
  return !calculates || /^$|\{\{|^[-+\d.e]*$/.test(number) ? number : `{{=${text.trim()}}}`
}

const usedNumbers = (body: NumericDraft, calculates: boolean): NumericDraft => ({
  unit: body.unit?.symbol.trim() ? body.unit : null,
  answers: body.answers
    .filter(({ value }) => value.trim() !== '')
    .map(answer => ({
      ...answer,
      value: keyed(answer.value, calculates),
      tolerance: keyed(answer.tolerance, calculates) || '0',
    })),
})

function usedGap(gap: Gap, calculates: boolean): Gap {
  if (gap.kind === 'short_text') return { ...gap, body: usedTexts(gap.body) }
  if (gap.kind === 'numeric') return { ...gap, body: usedNumbers(gap.body, calculates) }
  return { ...gap, body: { options: gap.body.options.filter(({ text }) => text.trim() !== '') } }
}

function matchingOf({ pairs, others }: MatchingDraft): BodyOf<'matching'> {
  const choices = sharedChoices()
  const used = pairs.filter(({ item }) => item.trim() !== '')
  const right = used.flatMap(({ key, choice, choiceKey }) =>
    choice.trim() ? [[key, choices.idOf(choice, choiceKey)] as const] : [],
  )
  for (const { key, text } of others.filter(isWritten)) choices.idOf(text, key)
  return {
    items: used.map(({ key, item }) => partOf({ key, text: item })),
    choices: choices.parts(),
    pairs: Object.fromEntries(right),
  }
}

function categoriesOf({ categories, items }: CategoriesDraft): BodyOf<'categories'> {
  const used = items.filter(isWritten)
  return {
    items: used.map(partOf),
    choices: categories.filter(isWritten).map(partOf),
    pairs: Object.fromEntries(used.flatMap(({ key, category }) => (category ? [[key, category]] : []))),
  }
}

/** The same for a copy of the question: gaps and parts have answers of their own, under ids of their own. */
export function duplicateBody(draft: BodyDraft): BodyDraft {
  if (draft.type === 'item') {
    const parts = draft.body.parts.map(part => ({ ...structuredClone(part), id: crypto.randomUUID() }))
    return { type: 'item', body: { ...structuredClone(draft.body), parts } }
  }
  if (draft.type !== 'cloze') return structuredClone(draft)
  const gaps = structuredClone(draft.body.gaps).map(gap => ({ ...gap, id: crypto.randomUUID() }))
  return { type: 'cloze', body: { gaps } }
}
