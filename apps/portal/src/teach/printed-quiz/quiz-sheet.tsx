import { useTranslations } from '../../i18n/client.tsx'
import type { OutputOf } from '../../lib/api.browser.ts'
import type { Submission } from '../../offline/answers.ts'
import { Html } from '../../quiz/html.tsx'
import { pagesOf, passageName } from '../../quiz/pages.ts'
import { printed } from '../../quiz/printed/printed.ts'
import { printedKey } from '../../quiz/printed/printed-key.ts'
import { sectionFrom } from '../../quiz/section-from.ts'
import './quiz-sheet.css'

export type Key = OutputOf<'assessment.editQuiz'>['questions']

type QuizSheetProps = {
  /** The quiz as learners see it. */
  shown: Submission
  /** The questions with what is right, where answers are printed too. */
  answers: Key | null
  /** Its number, by which the same sheet is printed again. */
  variant: number | null
}

/** The paper: questions with room to answer, and where it is asked for the answers on a page of their own. */
export function QuizSheet({ shown, answers, variant }: QuizSheetProps) {
  const t = useTranslations('printedQuiz')
  const pages = pagesOf(shown.questions, shown.passages)
  const points = shown.questions.reduce((sum, question) => sum + question.points, 0)
  const blank = (label: string, width: string) => (
    <span className="flex items-end gap-2">
      {label}
      <span className={`inline-block h-7 border-b border-black ${width}`} />
    </span>
  )
  return (
    <article className="quiz-sheet">
      <header className="flex flex-col gap-4 border-b-2 border-black pb-4">
        <div className="flex items-baseline justify-between gap-4">
          <h2 className="text-2xl font-bold">{shown.title}</h2>
          {variant === null ? null : (
            <p className="shrink-0 font-bold">{t('variantNumber', { number: variant })}</p>
          )}
        </div>
        <div className="flex flex-wrap gap-x-8 gap-y-2">
          {blank(t('name'), 'w-56')}
          {blank(t('date'), 'w-32')}
          {shown.kind === 'survey' ? null : (
            <span className="flex items-end gap-2">
              {t('score')}
              <span className="inline-block h-7 w-14 border-b border-black" />
              {t('outOf', { points })}
            </span>
          )}
        </div>
      </header>
      <ol className="flex flex-col">
        {pages.flatMap(({ passage, questions, place }) =>
          questions.map((question, at) => (
            <li key={question.id} className={passage ? '' : 'printed-question'}>
              <PrintedSection section={sectionFrom(shown.sections, place + at)} />
              {passage && at === 0 ? (
                <section className="printed-passage">
                  <h3 className="font-bold">{passageName({ questions }, place + 1, t)}</h3>
                  <Html html={passage.content} />
                </section>
              ) : null}
              <div className={passage ? 'printed-question' : ''}>
                <div className="flex items-baseline justify-between gap-4">
                  <h3 className="font-bold">{t('question', { number: place + at + 1 })}</h3>
                  {shown.kind === 'survey' ? null : (
                    <p className="text-sm">{t('points', { count: question.points })}</p>
                  )}
                </div>
                <Html html={printed(question, t(whatToDo(question)), t('alone'))} />
              </div>
            </li>
          )),
        )}
      </ol>
      {answers ? (
        <section className="printed-answers">
          <h2 className="border-b-2 border-black pb-2 text-2xl font-bold">
            {t('answersTo', { title: shown.title })}
            {variant === null ? '' : ` · ${t('variantNumber', { number: variant })}`}
          </h2>
          <ol className="flex flex-col">
            {shown.questions.map((question, at) => {
              const authored = answers.find(({ id }) => id === question.id)
              const key = authored ? printedKey(authored, question) : ''
              return (
                <li key={question.id} className="printed-question">
                  <h3 className="font-bold">{t('question', { number: at + 1 })}</h3>
                  {key ? (
                    <Html html={key} />
                  ) : (
                    <p>{t(question.type === 'item' ? 'markedByRules' : 'markedByHand')}</p>
                  )}
                </li>
              )
            })}
          </ol>
        </section>
      ) : null}
    </article>
  )
}

/** Where a section begins: its title, its time and what it is about. */
function PrintedSection({ section }: { section: ReturnType<typeof sectionFrom> }) {
  const t = useTranslations('printedQuiz')
  if (!section) return null
  const { number, title, instructions, limitSeconds } = section
  return (
    <section className="printed-section">
      <h2 className="text-xl font-bold">{t('section', { number, title })}</h2>
      {limitSeconds === null ? null : <p>{t('sectionMinutes', { count: Math.floor(limitSeconds / 60) })}</p>}
      {instructions ? <Html html={instructions} /> : null}
    </section>
  )
}

function whatToDo(question: Submission['questions'][number]) {
  if (question.type === 'numeric' && question.body.asksUnit) return 'do_numeric_unit' as const
  return `do_${question.type}` as const
}
