import { Badge } from '@azora/ui/badge.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { Table } from '@azora/ui/table.tsx'
import { getLocale, getTranslations } from '../../i18n/server.ts'
import type { api } from '../../lib/api.server.ts'
import { gradeText } from '../../text/grade.ts'
import { Moment } from '../moment.tsx'

type Client = Awaited<ReturnType<typeof api>>
type Entry = Awaited<ReturnType<Client['education']['getRoster']>>['items'][number]

/** Who learns in a course: a table where there is room for one, else a card for each learner. */
export async function RosterList({
  entries,
  groupNames,
}: {
  entries: Entry[]
  groupNames: Map<string, string>
}) {
  const [t, locale] = await Promise.all([getTranslations('roster'), getLocale()])
  const progress = (entry: Entry) => (
    <div className="flex min-w-36 items-center gap-3">
      <div className="flex-1">
        <ProgressBar
          label={t('progressOf', { name: entry.name })}
          percent={entry.progressPercent}
          labelHidden
        />
      </div>
      <span className="text-sm tabular-nums">{entry.progressPercent}%</span>
    </div>
  )
  const lessons = (entry: Entry) => (
    <span className="whitespace-nowrap">
      {t('lessonsDone', { done: entry.lessonsDone, count: entry.lessonCount })}
    </span>
  )
  const quiz = (entry: Entry) =>
    entry.bestQuizPercent === null ? '–' : `${Math.round(entry.bestQuizPercent)}%`
  const grade = (entry: Entry) => (
    <span className="whitespace-nowrap">{entry.grade ? gradeText(locale, entry.grade) : '–'}</span>
  )
  const active = (entry: Entry) => <Moment time={entry.lastActivityAt} />
  const completed = (entry: Entry) =>
    entry.completedAt ? (
      <span className="inline-flex flex-wrap items-center justify-end gap-2 lg:justify-start">
        <Badge tone="good">
          <Moment time={entry.completedAt} precision="day" />
        </Badge>
        {entry.certificateId ? (
          <a
            href={`/certificates/${entry.certificateId}`}
            aria-label={t('certificateOf', { name: entry.name })}
            className="text-sm font-semibold underline underline-offset-4"
          >
            {t('certificate')}
          </a>
        ) : null}
      </span>
    ) : (
      <span className="text-muted">{t('notCompleted')}</span>
    )
  const groupsOf = (entry: Entry) => entry.groupIds.flatMap(id => groupNames.get(id) ?? []).join(', ')
  const facts = [
    { id: 'lessons', header: t('lessons'), cell: lessons, align: 'end' },
    { id: 'quiz', header: t('bestQuiz'), cell: quiz, align: 'end' },
    { id: 'grade', header: t('grade'), cell: grade, align: 'end' },
    { id: 'active', header: t('lastActivity'), cell: active },
    { id: 'completed', header: t('completed'), cell: completed },
  ] as const
  return (
    <>
      <div className="hidden lg:block">
        <Table
          caption={t('title')}
          captionHidden
          rows={entries}
          rowKey={entry => entry.enrollmentId}
          columns={[
            {
              id: 'name',
              header: t('name'),
              rowHeader: true,
              cell: entry => (
                <>
                  {entry.name}
                  <span className="block text-sm font-normal text-muted">{entry.email}</span>
                  {groupsOf(entry) ? (
                    <span className="block text-sm font-normal">
                      <span className="sr-only">{t('groups')}: </span>
                      {groupsOf(entry)}
                    </span>
                  ) : null}
                </>
              ),
            },
            { id: 'progress', header: t('progress'), cell: progress },
            ...facts,
          ]}
        />
      </div>
      <ul aria-label={t('title')} className="flex flex-col gap-4 lg:hidden">
        {entries.map(entry => (
          <li
            key={entry.enrollmentId}
            className="flex min-w-0 flex-col gap-3 rounded-card border border-line bg-surface p-5 shadow-card"
          >
            <div className="min-w-0">
              <p className="font-semibold break-words">{entry.name}</p>
              <p className="text-sm break-all text-muted">{entry.email}</p>
            </div>
            {progress(entry)}
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
              {groupsOf(entry) ? (
                <div className="col-span-2 grid grid-cols-subgrid items-center">
                  <dt className="text-muted">{t('groups')}</dt>
                  <dd className="text-end break-words">{groupsOf(entry)}</dd>
                </div>
              ) : null}
              {facts.map(({ id, header, cell }) => (
                <div key={id} className="col-span-2 grid grid-cols-subgrid items-center">
                  <dt className="text-muted">{header}</dt>
                  <dd className="text-end">{cell(entry)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </>
  )
}
