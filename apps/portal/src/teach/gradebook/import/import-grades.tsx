'use client'
import { Button } from '@azora/ui/button.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import { CsvDrop } from '../../csv-file.tsx'
import { Changes } from './changes.tsx'
import { Problems } from './problems.tsx'
import { useImport } from './use-import.ts'

/** Grades out of a CSV file: chosen, looked at, then imported. */
export function ImportGrades({ courseId }: { courseId: string }) {
  const t = useTranslations('gradebookImport')
  const { check, changed, pending, fault, open, apply, restart } = useImport(courseId)
  const found = check?.found
  return (
    <div className="flex flex-col gap-6">
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {check && found ? (
        <>
          {found.applied ? (
            <Notice tone="success" live>
              {t('applied', { count: found.changeCount })}
            </Notice>
          ) : null}
          {changed ? (
            <Notice tone="warning" live>
              {t('changed')}
            </Notice>
          ) : null}
          {found.applied ? null : (
            <>
              <Changes check={check} />
              <Problems check={check} />
            </>
          )}
          <div className="flex flex-wrap gap-3">
            {found.applied ? (
              <LinkButton href={`/teach/courses/${courseId}/gradebook`}>{t('toGradebook')}</LinkButton>
            ) : found.changeCount > 0 ? (
              <Button onPress={apply} isPending={pending}>
                {t('apply', { count: found.changeCount })}
              </Button>
            ) : null}
            <Button variant="secondary" onPress={restart} isDisabled={pending}>
              {t('another')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <CsvDrop t={t} isDisabled={pending} onFile={file => void open(file)} />
          {pending ? (
            <p role="status" className="flex items-center gap-2 text-muted">
              <Spinner />
              {t('reading')}
            </p>
          ) : null}
        </>
      )}
    </div>
  )
}
