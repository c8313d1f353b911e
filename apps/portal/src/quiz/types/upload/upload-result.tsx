import type { Annotation } from '@azora/contracts/assessment/annotation.ts'
import { uploadAddress } from '@azora/contracts/assessment/uploaded-file.ts'
import type { useTranslations } from '../../../i18n/client.tsx'
import { AnnotatedPdf } from '../../annotations/annotated-pdf.tsx'
import { AnnotatedPicture } from '../../annotations/annotated-picture.tsx'
import { NoteList } from '../../annotations/note-list.tsx'
import { pagesOn, placesOn } from '../../annotations/places-on.ts'
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
    annotations?: Annotation[] | undefined
  }
  t: ReturnType<typeof useTranslations<'quiz'>>
}

/** What was handed in, the levels that it reached, and what the person who marked it says. */
export function UploadResult({ question, t }: UploadResultProps) {
  const { rubric } = question.body
  const files = filesIn(question.chosen)
  const { annotations = [] } = question
  const names = Object.fromEntries(files.map(({ id, name }) => [id, name]))
  const reached = Object.fromEntries(
    question.marks.flatMap(({ part, given }) => (given === null ? [] : [[part, given]])),
  )
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {files.length > 0 ? <UploadedFiles files={files} /> : <p className="text-muted">{t('noAnswer')}</p>}
      {files.map(file => {
        const of = { id: question.id, name: file.name }
        const [places, pages] = [placesOn(annotations, file.id), pagesOn(annotations, file.id)]
        if (pages.length > 0)
          return <AnnotatedPdf key={file.id} {...of} address={uploadAddress(file)} places={pages} />
        return places.length > 0 ? (
          <AnnotatedPicture
            key={file.id}
            {...of}
            src={uploadAddress(file)}
            places={places}
            label={number => t('annotation', { number })}
          />
        ) : null
      })}
      <NoteList id={question.id} annotations={annotations} files={names} t={t} />
      {rubric.length > 0 && Object.keys(reached).length > 0 ? (
        <Rubric rubric={rubric} reached={reached} t={t} />
      ) : null}
      <MarkerComment comment={question.comment} t={t} />
    </div>
  )
}
