'use client'
import { type Ref, useId } from 'react'
import { CodeFiles, type ErrorPlace, type FilesHandle } from '../../../../code/code-files.tsx'
import { useTranslations } from '../../../../i18n/client.tsx'
import type { FileDraft } from '../../code-draft.ts'

type SolutionProps = {
  files: FileDraft[]
  onChange: (files: FileDraft[]) => void
  errorPlace: ErrorPlace | null
  onRun: () => void
  ref: Ref<FilesHandle>
}

/** A right answer: a text for each file that learners write. */
export function Solution({ files, onChange, errorPlace, onRun, ref }: SolutionProps) {
  const t = useTranslations('codeEditor')
  const id = useId()
  const written = files.filter(({ use }) => use === 'write')
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <h3 id={`${id}-title`} className="text-base font-bold">
        {t('solution')}
      </h3>
      <p id={`${id}-help`} className="text-sm text-muted">
        {t('solutionHelp')}
      </p>
      {written.length > 0 ? (
        <CodeFiles
          ref={ref}
          labelledBy={`${id}-title`}
          describedBy={`${id}-help`}
          files={written.map(({ key, path, solution }) => ({ key, path, content: solution, locked: false }))}
          onChange={(key, solution) =>
            onChange(files.map(file => (file.key === key ? { ...file, solution } : file)))
          }
          isReadOnly={false}
          errorPlace={errorPlace}
          onRun={onRun}
        />
      ) : null}
    </section>
  )
}
