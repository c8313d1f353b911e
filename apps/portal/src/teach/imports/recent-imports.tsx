import { Table } from '@azora/ui/table.tsx'
import { getLocale, getTranslations } from '../../i18n/server.ts'
import { Moment } from '../moment.tsx'
import { type CourseImport, ImportState, standingOf } from './import-state.tsx'
import { importWords } from './import-words.ts'

/** The last few imports with how each ended. Nothing where there were none. */
export async function RecentImports({ imports }: { imports: CourseImport[] }) {
  if (imports.length === 0) return null
  const [t, texts, locale] = await Promise.all([
    getTranslations('imports'),
    getTranslations('importTexts'),
    getLocale(),
  ])
  const words = importWords(texts, { locale, zone: 'UTC' })
  return (
    <div className="mt-12">
      <h2 className="mb-4 text-xl font-bold">{t('recent')}</h2>
      <Table
        caption={t('recent')}
        captionHidden
        rows={imports}
        rowKey={entry => entry.id}
        columns={[
          {
            id: 'file',
            header: t('file'),
            rowHeader: true,
            cell: entry => (
              <a href={`/teach/imports/${entry.id}`} className="underline underline-offset-4">
                {entry.fileName}
              </a>
            ),
          },
          {
            id: 'state',
            header: t('state'),
            cell: entry => {
              const standing = standingOf(entry)
              return <ImportState standing={standing} label={t(`status_${standing}`)} />
            },
          },
          {
            id: 'result',
            header: t('result'),
            cell: entry =>
              entry.report
                ? t('resultShort', { imported: entry.report.counts.imported, lost: entry.report.counts.lost })
                : entry.error
                  ? words.failure(entry.error)
                  : t('percent', { percent: entry.progressPercent }),
          },
          { id: 'time', header: t('time'), cell: entry => <Moment time={entry.createdAt} /> },
        ]}
      />
    </div>
  )
}
