import { z } from 'zod'
import { limits } from '../limits.ts'
import { growing, html, id, time } from '../wire.ts'
import { annotations } from './annotation.ts'
import { judged } from './confidence.ts'
import { assessmentFailures } from './failures.ts'
import { hintCost, hints, openHints, writtenHints } from './hints.ts'
import { drawnValues, keptParameters } from './parameters.ts'
import { passageId } from './passage.ts'
import { programFailures } from './question-types/code.ts'
import { questionTypes } from './question-types.ts'
import { sectionId } from './section.ts'

const { fields } = assessmentFailures

/** The types whose answer is one or several of their options. */
export const choiceTypes = ['single_choice', 'multiple_choice', 'true_false'] as const
export const choiceType = z.enum(choiceTypes)

const typeName = <N extends string>({ name }: { name: N }) => z.literal(name).meta(growing)
const bodyTypeNames = questionTypes.map(({ name }) => name)
export const questionType = z.enum([...choiceTypes, ...bodyTypeNames]).meta(growing)

/** Why a part of a question earned what it did. */
export const markReasons = [
  'right',
  'wrong',
  'partly',
  'unanswered',
  'spelling_forgiven',
  'within_tolerance',
  'unit_converted',
  'unit_missing',
  'unit_wrong',
  'unit_unasked',
  'not_a_number',
  /** A person gave it, by the rubric or as they saw fit. */
  'marked',
  'awaits_marking',
  /** What a test of a program came to. */
  'test_passed',
  'test_failed',
  'program_failed',
  'style_kept',
  'style_broken',
  ...programFailures,
  'equivalent',
  'not_a_formula',
  'unknown_variable',
  'wrong_form',
] as const

/** How the marks of a question's parts become its points. */
const scoring = z.object({
  partial: z.boolean().meta({
    description: 'Whether an answer that is partly right earns a part of the points.',
    examples: [true],
  }),
  wrongCosts: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(0)
    .meta({
      description: 'What a part that is wrong costs, in percent of what it could earn.',
      examples: [0],
    }),
  belowZero: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether a question can cost more points than it earned.', examples: [false] }),
})

/** A quiz has right answers and a score; a survey asks for opinions and is complete once it is submitted. */
export const quizKind = z.enum(['quiz', 'survey'])

const optionId = z.string().max(40)

/** Absent where there is none; a save that does not name it leaves it as it was. */
const solution = (text: z.ZodString) =>
  text
    .nullable()
    .optional()
    .meta({
      description: 'How the question is solved, step by step. Shown with the correct answers alone.',
      examples: ['<p>Divide both sides by two.</p>'],
    })

const opened = {
  id,
  content: z.string(),
  points: z.number(),
  asksConfidence: z
    .boolean()
    .optional()
    .meta({ description: 'Whether the learner says how sure they are; absent for no.', examples: [true] }),
  hints: openHints.optional().meta({ description: 'The hints of the question; absent for none.' }),
}
const exclusive = z
  .boolean()
  .optional()
  .meta({
    description:
      'Of a multiple choice: whether the option is chosen alone, as none of these is. Of an answer with others, what was chosen last is kept. Absent for no.',
    examples: [true],
  })
const openOptions = z.array(z.object({ id: z.string(), content: z.string(), exclusive }))
const openOf = <N extends string, O extends z.ZodType, X extends z.ZodRawShape>(
  type: { name: N; open: O },
  more: X,
) => z.object({ ...opened, type: typeName(type), options: openOptions.max(0), body: type.open, ...more })

const { asksConfidence: _, ...common } = opened
const authored = {
  ...common,
  hints,
  feedback: z.object({
    general: z.string().nullable(),
    correct: z.string().nullable(),
    incorrect: z.string().nullable(),
    solution: solution(z.string()),
  }),
  scoring,
  version: z.number().int(),
  parameters: keptParameters,
  passageId,
  sectionId,
}
const last = z
  .boolean()
  .optional()
  .meta({
    description:
      'Whether the option stands last however they are shuffled, as none of these does; absent for no.',
    examples: [true],
  })
const authoredOptions = z.array(
  z.object({
    id: z.string(),
    content: z.string(),
    correct: z.boolean(),
    feedback: z.string().nullable(),
    last,
    exclusive,
  }),
)
const authoredOf = <N extends string, B extends z.ZodType>(type: { name: N; body: B }) =>
  z.object({ ...authored, type: typeName(type), options: authoredOptions.max(0), body: type.body })

/** What was given and expected in one part of a question, in what it earned, and why. */
const mark = z.object({
  part: z.string(),
  given: z.string().nullable(),
  expected: z.string().nullable(),
  awarded: z.number(),
  points: z.number(),
  reason: z.enum(markReasons).meta(growing),
  /** Of a test of a program: where its output first differs, or where it failed. */
  place: z
    .object({
      path: z.string().nullable(),
      line: z.number().int(),
      message: z.string().nullable(),
      only: z.enum(['spaces', 'case']).meta(growing).nullable(),
    })
    .nullable()
    .optional(),
  /** Of a unit test that failed: what was called, and what the test says of it. */
  assertion: z.object({ call: z.string().nullable(), message: z.string().nullable() }).nullable().optional(),
})
/** What the points come from, where that is not the first mark. */
const adjustment = z.object({
  kind: z.enum(['override', 'key', 'full', 'left_out']).meta(growing),
  reason: z.string().nullable(),
  comment: z.string().nullable(),
})

const graded = {
  chosen: z.array(z.string()),
  correct: z.array(z.string()),
  awarded: z.number(),
  marks: z.array(mark),
  /** What the person who marked it says, as plain text. */
  comment: z.string().nullable(),
  /** Releases before did not tell. */
  annotations: annotations.optional(),
  /** Null for none; releases before did not tell. */
  adjustment: adjustment.nullable().optional(),
  confidence: judged.nullable().optional().meta({
    description: 'How sure the learner was; null where that was not asked, and where nothing was answered.',
  }),
  hintCost: hintCost
    .nullable()
    .optional()
    .meta({ description: 'What hints took from the points; null for nothing.' }),
  values: drawnValues.optional(),
}

const written = {
  id: id.optional(),
  /** Absent, these stay as they are. */
  passageId,
  sectionId,
  /** May be empty: the options can say it all. */
  content: html,
  points: z.number().min(0).max(limits.pointsOfQuestion).default(1),
  feedback: z
    .object({
      general: html.nullable().default(null),
      correct: html.nullable().default(null),
      incorrect: html.nullable().default(null),
      solution: solution(html),
    })
    .default({ general: null, correct: null, incorrect: null }),
  hints: writtenHints,
  parameters: keptParameters,
}
const writtenOptions = z.array(
  z.object({
    id: optionId.optional(),
    content: html,
    correct: z.boolean().default(false),
    feedback: html.nullable().default(null),
    last,
    exclusive,
  }),
)

/** A question with options as it may be stored, however it arrives. */
export const questionShape = z.object({
  ...written,
  type: choiceType,
  options: writtenOptions.max(limits.optionsOfQuestion),
})
const writtenOf = <N extends string, B extends z.ZodType>(type: { name: N; body: B }) =>
  z.object({
    ...written,
    type: typeName(type),
    options: writtenOptions.max(0).default([]),
    body: type.body,
    scoring: scoring.optional(),
  })

/** Which options must be right depends on the kind of the quiz, which a save may leave out: the service checks it. */
const writtenChoice = questionShape.extend({ scoring: scoring.optional() }).superRefine((value, context) => {
  const reason = faultOfOptions(value, 'survey')
  if (reason) context.addIssue({ code: 'custom', path: ['options'], message: fields[reason] })
})

// TypeScript forgets which element is which when a tuple is mapped.
type Types = typeof questionTypes
type Name<T> = T extends { name: infer N extends string } ? N : never
type Body<T> = T extends { body: infer B extends z.ZodType } ? B : never
type Open<T> = T extends { open: infer O extends z.ZodType } ? O : never
type OpenOf<T extends readonly unknown[], X extends z.ZodRawShape> = {
  [K in keyof T]: ReturnType<typeof openOf<Name<T[K]>, Open<T[K]>, X>>
}
type AuthoredOf<T extends readonly unknown[]> = {
  [K in keyof T]: ReturnType<typeof authoredOf<Name<T[K]>, Body<T[K]>>>
}
type WrittenOf<T extends readonly unknown[]> = {
  [K in keyof T]: ReturnType<typeof writtenOf<Name<T[K]>, Body<T[K]>>>
}
type Any = { name: string; body: z.ZodType; open: z.ZodType }
const each = questionTypes as readonly Any[]
const authoredBodies = each.map(type => authoredOf(type)) as unknown as AuthoredOf<Types>
const writtenBodies = each.map(type => writtenOf(type)) as unknown as WrittenOf<Types>

/** A question as who takes a quiz sees it, with `more` beside it. Nothing in it but `more` tells the right answer. */
const openQuestionWith = <X extends z.ZodRawShape>(more: X) =>
  z.discriminatedUnion('type', [
    z.object({ ...opened, type: choiceType, options: openOptions, ...more }),
    ...(each.map(type => openOf(type, more)) as unknown as OpenOf<Types, X>),
  ])

export const openQuestion = openQuestionWith({})

/** A question of an attempt that is over: what was given, what was right, and why. */
export const gradedQuestion = openQuestionWith({
  ...graded,
  feedback: z.array(z.string()),
  solution: solution(z.string()),
})

/** The same for who teaches the course, in the version that was asked. */
export const reviewedQuestion = openQuestionWith({
  ...graded,
  version: z.number().int(),
  /** The version that the quiz has now; null once the question was taken out of it. */
  currentVersion: z.number().int().nullable(),
  /** Null while the attempt is open. */
  awarded: z.number().nullable(),
  /** How often its mark was changed since it was graded. */
  revision: z.number().int(),
  /** The oldest first. Releases before did not tell. */
  markings: z
    .array(
      z.object({
        place: z.enum(['first', 'second', 'decision']).meta({
          ...growing,
          description: 'Which mark it was: one of two, or the decision of a moderator.',
        }),
        points: z.number().meta({ description: 'The points that it gave.', examples: [3] }),
        comment: z.string().meta({
          description: 'What it said to the learner; empty for nothing.',
          examples: ['Well argued.'],
        }),
        reason: z.string().meta({
          description: 'Why a moderator decided so; empty for other marks.',
          examples: ['The second reading is right.'],
        }),
        markedBy: id.meta({ description: 'Who gave it.' }),
        markedAt: time.meta({ description: 'When it was given.' }),
        superseded: z.boolean().meta({ description: 'Whether the same mark was given anew later.' }),
      }),
    )
    .optional()
    .meta({
      description:
        'Where more than one person marked the answer: who gave what, the oldest first. Of an attempt that is graded.',
    }),
  /** Newest first. */
  changes: z.array(
    z.object({
      id,
      kind: z.enum(['overridden', 'taken_back', 'regraded']).meta(growing),
      fromPoints: z.number(),
      toPoints: z.number(),
      reason: z.string().nullable(),
      changedBy: id,
      changedAt: time,
    }),
  ),
})

/** A question as its author sees it, with the key. `feedback` is shown after grading. */
export const question = z.discriminatedUnion('type', [
  z.object({ ...authored, type: choiceType, options: authoredOptions }),
  ...authoredBodies,
])

/** A question as an author writes it. */
export const questionInput = z.discriminatedUnion('type', [writtenChoice, ...writtenBodies])

/**
 * What is wrong with the options of a question, or null. Rows that nobody filled in are not counted: an editor offers
 * more rows than most questions need. A survey has no right answers, whatever is marked.
 */
export function faultOfOptions(
  value: {
    type: z.infer<typeof choiceType>
    options: {
      content: string
      correct: boolean
      feedback: string | null
      exclusive?: boolean | undefined
    }[]
  },
  kind: z.infer<typeof quizKind>,
): keyof typeof fields | null {
  const used = value.options.filter(option => option.content.trim() !== '')
  if (value.options.some(option => option.content.trim() === '' && option.feedback))
    return 'feedback_without_answer'
  if (used.length < 2) return 'too_few_answers'
  if (kind === 'survey') return null
  const right = used.filter(option => option.correct).length
  if (value.type === 'multiple_choice') {
    // Nobody could choose all that is right.
    if (right > 1 && used.some(option => option.correct && option.exclusive)) return 'exclusive_not_alone'
    return right < 1 ? 'no_correct_answer' : null
  }
  return right === 1 ? null : 'not_one_correct_answer'
}
