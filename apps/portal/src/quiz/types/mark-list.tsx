import { readArea, readPoint } from '@azora/contracts/assessment/places-on-picture.ts'
import { Icon } from '@azora/ui/icon.tsx'
import type { useTranslations } from '../../i18n/client.tsx'
import type { Submission } from '../../offline/answers.ts'
import { Html } from '../html.tsx'
import type { BodyQuestion, BodyType } from './answer-field.ts'
import { PictureMarks } from './picture-marks.tsx'

type Graded = NonNullable<Submission['result']>['questions'][number]
type Mark = Graded['marks'][number]

/** What a mark is about, what was given and what was right, as they are shown: HTML that the service has cleaned. */
type Shown = { label: string | null; given: string | null; expected: string | null }

const escaped = (text: string | null) =>
  text?.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') ?? null

type Part = { id: string; content: string }

type Words = ReturnType<typeof useTranslations<'quiz'>>

const typed = (mark: Mark): Shown => ({
  label: null,
  given: escaped(mark.given),
  expected: escaped(mark.expected),
})

const paired = (mark: Mark, { body }: { body: { items: Part[]; choices: Part[] } }): Shown => ({
  label: contentIn(body.items, mark.part),
  given: contentIn(body.choices, mark.given),
  expected: contentIn(body.choices, mark.expected),
})

/** How the marks of each type are told. A new type is a line here. */
const shownAs: {
  [T in BodyType]: (mark: Mark, question: Extract<BodyQuestion, { type: T }>, t: Words, at: number) => Shown
} = {
  short_text: typed,
  numeric: typed,
  formula: typed,
  matching: paired,
  categories: paired,
  ordering: (mark, { body }, t) => ({
    // A place is numbered; of two neighbours the first is named.
    label: contentIn(body.items, mark.part) ?? escaped(t('place', { place: mark.part })),
    given: contentIn(body.items, mark.given),
    expected: contentIn(body.items, mark.expected),
  }),
  // Shown by a view of its own.
  essay: typed,
  upload: typed,
  code: (mark, { body }) => ({
    ...typed(mark),
    label: escaped([...body.tests, ...body.hiddenTests].find(({ id }) => id === mark.part)?.title ?? null),
  }),
  cloze: (mark, { body }, t) => ({
    ...typed(mark),
    label: escaped(t('gap', { number: body.gaps.findIndex(({ id }) => id === mark.part) + 1 })),
  }),
  // The service writes them, as HTML: only it knows what the item calls its answers.
  item: ({ given, expected }) => ({ label: null, given, expected }),
  hotspot: (mark, _question, t, at) => {
    const point = mark.given === null ? null : readPoint(mark.given)
    const area = mark.expected === null ? null : readArea(mark.expected)
    return {
      // By the number that its point has on the picture.
      label: escaped(t('point', { number: at + 1 })),
      given: point && escaped(t('pointAt', { left: percentOf(point.x), top: percentOf(point.y) })),
      expected: area && escaped(area.name || t('areaShown')),
    }
  },
  labelling: (mark, { body }, t) => ({
    label: escaped(t('place', { place: String(body.targets.findIndex(({ id }) => id === mark.part) + 1) })),
    given: contentIn(body.labels, mark.given),
    expected: contentIn(body.labels, mark.expected),
  }),
}

const percentOf = (part: number) => Math.round(part * 100)

const contentIn = (parts: Part[], id: string | null) => parts.find(part => part.id === id)?.content ?? null

/** The parts of a graded question: what was answered, what would have been right, and why it earned what it did. */
export function MarkList({ question, marks, t }: { question: BodyQuestion; marks: Mark[]; t: Words }) {
  const show = shownAs[question.type] as (mark: Mark, question: BodyQuestion, t: Words, at: number) => Shown
  return (
    <>
      {question.type === 'hotspot' || question.type === 'labelling' ? (
        <PictureMarks question={question} marks={marks} />
      ) : null}
      <ul className="flex flex-col gap-2">
        {marks.map((mark, at) => {
          const { label, given, expected } = show(mark, question, t, at)
          const full = mark.awarded >= mark.points && mark.reason !== 'wrong' && mark.reason !== 'unanswered'
          const look = full
            ? 'border-good/50 bg-good-soft text-good-ink'
            : mark.awarded > 0
              ? 'border-amber/50 bg-amber-soft text-amber-ink'
              : 'border-bad/50 bg-bad-soft text-bad-ink'
          return (
            <li key={mark.part} className={`flex items-start gap-3 rounded-control border px-4 py-3 ${look}`}>
              <span className="mt-1 size-5 shrink-0">
                <span className="sr-only">{t(full ? 'right' : mark.awarded > 0 ? 'partly' : 'wrong')}</span>
                <Icon name={full ? 'check' : mark.awarded > 0 ? 'info' : 'close'} />
              </span>
              <div className="flex min-w-0 flex-1 flex-col gap-1">
                {label ? (
                  <div className="font-semibold">
                    <Html html={label} />
                  </div>
                ) : null}
                <Line name={t('yourAnswer')} html={given ?? escaped(t('noAnswer')) ?? ''} />
                {mark.reason === 'right' || given === expected ? null : expected ? (
                  <Line name={t('correctAnswer')} html={expected} />
                ) : null}
                {mark.reason === 'right' || mark.reason === 'wrong' || mark.reason === 'unanswered' ? null : (
                  <p className="text-sm">{t(`mark_${mark.reason}`)}</p>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Line({ name, html }: { name: string; html: string }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-2">
      <span className="text-sm font-semibold">{name}</span>
      <Html html={html} />
    </div>
  )
}
