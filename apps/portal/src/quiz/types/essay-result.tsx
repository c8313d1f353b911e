import type { Annotation } from '@azora/contracts/assessment/annotation.ts'
import type { useTranslations } from '../../i18n/client.tsx'
import { AnnotatedText } from '../annotations/annotated-text.tsx'
import { NoteList } from '../annotations/note-list.tsx'
import type { QuestionOf } from './answer-field.ts'
import { MarkerComment } from './marker-comment.tsx'
import { Rubric } from './rubric.tsx'

type EssayResultProps = {
  question: QuestionOf<'essay'> & {
    chosen: string[]
    marks: { part: string; given: string | null }[]
    comment: string | null
    annotations?: Annotation[] | undefined
  }
  t: ReturnType<typeof useTranslations<'quiz'>>
}

/** A long text as it was written, the levels that it reached, and what the person who marked it says. */
export function EssayResult({ question, t }: EssayResultProps) {
  const { rubric } = question.body
  const [text] = question.chosen
  const { annotations = [] } = question
  const passages = annotations.flatMap(one => (one.on === 'text' ? [one] : []))
  const reached = Object.fromEntries(
    question.marks.flatMap(({ part, given }) => (given === null ? [] : [[part, given]])),
  )
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {text?.trim() ? (
        <div className="max-h-96 overflow-y-auto rounded-control border border-line bg-sunken/50 px-4 py-3">
          <AnnotatedText id={question.id} text={text} passages={passages} t={t} />
        </div>
      ) : (
        <p className="text-muted">{t('noAnswer')}</p>
      )}
      <NoteList id={question.id} annotations={annotations} t={t} />
      {rubric.length > 0 && Object.keys(reached).length > 0 ? (
        <Rubric rubric={rubric} reached={reached} t={t} />
      ) : null}
      <MarkerComment comment={question.comment} t={t} />
    </div>
  )
}
