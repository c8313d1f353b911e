import type { useTranslations } from '../../../i18n/client.tsx'
import type { QuestionOf } from '../answer-field.ts'
import { MarkerComment } from '../marker-comment.tsx'
import { Rubric } from '../rubric.tsx'
import { filesIn } from './taken.ts'
import { UploadedFiles } from './uploaded-files.tsx'

type UploadResultProps = {
  question: QuestionOf<'upload'> & {
    chosen: string[]
    marks: { part: string; given: string | null }[]
    comment: string | null
  }
  t: ReturnType<typeof useTranslations<'quiz'>>
}

/** What was handed in, the levels that it reached, and what the person who marked it says. */
export function UploadResult({ question, t }: UploadResultProps) {
  const { rubric } = question.body
  const files = filesIn(question.chosen)
  const reached = Object.fromEntries(
    question.marks.flatMap(({ part, given }) => (given === null ? [] : [[part, given]])),
  )
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {files.length > 0 ? <UploadedFiles files={files} /> : <p className="text-muted">{t('noAnswer')}</p>}
      {rubric.length > 0 && Object.keys(reached).length > 0 ? (
        <Rubric rubric={rubric} reached={reached} t={t} />
      ) : null}
      <MarkerComment comment={question.comment} t={t} />
    </div>
  )
}
