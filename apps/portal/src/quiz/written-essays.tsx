'use client'
import { Fragment } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { Submission } from '../offline/answers.ts'
import { readableHtml } from '../text/readable-html.ts'
import { Html } from './html.tsx'
import { pagesOf, passageName } from './pages.ts'
import { PassageDetails } from './passage-details.tsx'
import { filesIn } from './types/upload/taken.ts'
import { UploadedFiles } from './types/upload/uploaded-files.tsx'

/** The texts and files of an attempt that a person still marks, for who wrote them. */
export function WrittenEssays({ submission }: { submission: Submission }) {
  const t = useTranslations('quiz')
  const pages = pagesOf(submission.questions, submission.passages)
  const essays = pages.flatMap(page => {
    const written = page.questions.flatMap(({ id, type, content }) => {
      const answer = submission.answers[id] ?? []
      const files = type === 'upload' ? filesIn(answer) : []
      const text = type === 'essay' ? (answer[0]?.trim() ?? '') : ''
      return text || files.length > 0
        ? [{ id, content, text, files, passage: null as typeof page | null }]
        : []
    })
    // Once, above the first of what was written under it.
    return written.map((one, at) => (at === 0 && page.passage ? { ...one, passage: page } : one))
  })
  if (essays.length === 0) return null
  return (
    <section aria-labelledby="written" className="flex flex-col gap-3">
      <h3 id="written" className="text-lg font-bold">
        {t('awaitsEssays')}
      </h3>
      {essays.map(({ id, content, text, files, passage }) => (
        <Fragment key={id}>
          {passage?.passage ? (
            <PassageDetails
              name={passageName(passage, passage.place + 1, t)}
              html={readableHtml(passage.passage.content, t('table'))}
            />
          ) : null}
          <article className="flex flex-col gap-3 rounded-card border border-line bg-surface p-5 shadow-card">
            <Html html={readableHtml(content, t('table'))} strong />
            {files.length > 0 ? (
              <UploadedFiles files={files} />
            ) : (
              <p className="leading-relaxed break-words whitespace-pre-wrap">{text}</p>
            )}
          </article>
        </Fragment>
      ))}
    </section>
  )
}
