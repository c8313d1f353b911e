import { Badge } from '@azora/ui/badge.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Table } from '@azora/ui/table.tsx'
import { getTranslations } from '../../i18n/server.ts'
import type { api } from '../../lib/api.server.ts'
import { Moment } from '../moment.tsx'
import { MoreLink } from '../more-link.tsx'

type Client = Awaited<ReturnType<typeof api>>
type Submissions = Awaited<ReturnType<Client['assessment']['listSubmissions']>>

type ResultsProps = {
  kind: 'quiz' | 'survey'
  submissions: Submissions
  /** Names of learners by their id, as far as the roster tells them. */
  names: ReadonlyMap<string, string>
  address: string
}

/** The attempts at a quiz with the average of those graded. */
export async function QuizResults({ kind, submissions, names, address }: ResultsProps) {
  const t = await getTranslations('quizEditor')
  const { items } = submissions
  if (items.length === 0)
    return (
      <EmptyState icon="quiz" title={t('noResults')}>
        {t('noResultsText')}
      </EmptyState>
    )
  const survey = kind === 'survey'
  const submitted = items.filter(item => item.state !== 'in_progress')
  const graded = items.filter(item => item.scorePercent !== null)
  const average = graded.reduce((sum, item) => sum + (item.scorePercent ?? 0), 0) / (graded.length || 1)
  const passed = graded.filter(item => item.passed).length
  const figures = survey
    ? [{ label: t('submittedCount'), value: String(submitted.length) }]
    : [
        { label: t('graded'), value: String(graded.length) },
        { label: t('average'), value: graded.length ? `${Math.round(average)}%` : '–' },
        {
          label: t('passedShare'),
          value: graded.length ? `${Math.round((passed / graded.length) * 100)}%` : '–',
        },
      ]
  return (
    <div className="flex flex-col gap-5">
      <dl className="grid max-w-xl grid-cols-3 gap-3">
        {figures.map(({ label, value }) => (
          <div key={label} className="flex flex-col-reverse rounded-card border border-line bg-surface p-4">
            <dt className="text-sm text-muted">{label}</dt>
            <dd className="text-2xl font-bold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {submissions.nextCursor ? (
        <p className="text-sm text-muted">{t('pageAverage', { count: items.length })}</p>
      ) : null}
      <Table
        caption={t('results')}
        captionHidden
        rows={items}
        rowKey={item => item.id}
        columns={[
          {
            id: 'learner',
            header: t('learner'),
            rowHeader: true,
            cell: item => names.get(item.userId) ?? t('unknownLearner', { id: item.userId.slice(-6) }),
          },
          { id: 'attempt', header: t('attempt'), align: 'end', cell: item => item.attemptNumber },
          { id: 'started', header: t('started'), cell: item => <Moment time={item.startedAt} /> },
          {
            id: 'submitted',
            header: t('submitted'),
            cell: item => (item.submittedAt ? <Moment time={item.submittedAt} /> : null),
          },
          ...(survey
            ? []
            : [
                {
                  id: 'score',
                  header: t('score'),
                  align: 'end' as const,
                  cell: (item: (typeof items)[number]) =>
                    item.scorePercent === null ? '' : `${Math.round(item.scorePercent)}%`,
                },
              ]),
          {
            id: 'result',
            header: t('result'),
            cell: item =>
              item.state === 'in_progress' ? (
                <Badge>{t('open')}</Badge>
              ) : item.passed === null ? (
                <Badge tone="good">{t('submittedState')}</Badge>
              ) : (
                <Badge tone={item.passed ? 'good' : 'bad'}>{t(item.passed ? 'passed' : 'notPassed')}</Badge>
              ),
          },
        ]}
      />
      <MoreLink
        cursor={submissions.nextCursor}
        address={cursor => `${address}?cursor=${cursor}`}
        label={t('moreResults')}
      />
    </div>
  )
}
