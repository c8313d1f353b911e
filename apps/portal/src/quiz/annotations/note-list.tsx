import type { Annotation } from '@azora/contracts/assessment/annotation.ts'
import type { ReactNode } from 'react'
import type { useTranslations } from '../../i18n/client.tsx'

type NoteListProps = {
  /** Of the answer; the numbers and the list lead to each other by it. */
  id: string
  annotations: Annotation[]
  /** What the files of the answer are called, by their id. */
  files?: Record<string, string>
  t: ReturnType<typeof useTranslations<'quiz'>>
  /** What can be done with one, where that is anything. */
  actions?: (at: number) => ReactNode
}

/** The comments on places in an answer, in the order of their numbers. */
export function NoteList({ id, annotations, files = {}, t, actions }: NoteListProps) {
  if (annotations.length === 0) return null
  return (
    <section aria-label={t('annotations')} className="flex flex-col gap-2">
      <h4 className="text-sm font-semibold">{t('annotations')}</h4>
      <ol className="flex flex-col gap-2">
        {annotations.map((one, at) => {
          const number = at + 1
          return (
            <li
              key={number}
              id={`${id}-note-${number}`}
              tabIndex={-1}
              className="scroll-mt-40 rounded-control border border-line bg-surface px-3 py-2 target:border-amber"
            >
              <a
                href={`#${id}-place-${number}`}
                className="flex items-start gap-2 text-sm text-muted hover:text-ink"
              >
                <span className="rounded-full bg-amber px-1.5 text-xs leading-5 font-bold text-[#1c1300]">
                  {number}
                </span>
                <span className="line-clamp-2 min-w-0 break-words underline underline-offset-4">
                  {one.on === 'text'
                    ? t('quoted', { quote: one.quote })
                    : one.on === 'page'
                      ? t('onPage', { page: one.page, name: files[one.fileId] ?? '' })
                      : t('onPicture', { name: files[one.fileId] ?? '' })}
                </span>
              </a>
              <p className="mt-1 break-words whitespace-pre-wrap">{one.comment}</p>
              {actions?.(at)}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
