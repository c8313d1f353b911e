import { Badge } from '@azora/ui/badge.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Table } from '@azora/ui/table.tsx'
import { getTranslations } from '../../i18n/server.ts'
import type { api } from '../../lib/api.server.ts'
import { Moment } from '../moment.tsx'
import { MoreLink } from '../more-link.tsx'
import { Figures } from '../quiz-results/figures.tsx'

type Client = Awaited<ReturnType<typeof api>>
type Submissions = Awaited<ReturnType<Client['assessment']['listSubmissions']>>
type Item = Submissions['items'][number]

type ResultsProps = {
  kind: 'quiz' | 'survey'
  submissions: Submissions
  /** Names of learners by their id, as far as the roster tells them. */
  names: ReadonlyMap<string, string>
  address: string
}

/** The attempts at a quiz with the average of those graded, and the way to each of them and to each question. */
export async function QuizResults({ kind, submissions, names, address }: ResultsProps) {
  const t = await getTranslations('quizEditor')
  const { items } = submissions
  const survey = kind === 'survey'
  if (items.length === 0)
    return (
      <EmptyState icon="quiz" title={t(survey ? 'noSubmissions' : 'noResults')}>
        {t(survey ? 'noSubmissionsText' : 'noResultsText')}
      </EmptyState>
    )
  const submitted = items.filter(item => item.state !== 'in_progress')
  const graded = submitted.filter(item => item.scorePercent !== null)
  const average = graded.reduce((sum, item) => sum + (item.scorePercent ?? 0), 0) / (graded.length || 1)
  const passed = graded.filter(item => item.passed).length
  const share = (value: number) => (graded.length ? `${Math.round(value)}%` : '–')
  const figures = survey
    ? [{ label: t('submittedCount'), value: String(submitted.length) }]
    : [
        { label: t('graded'), value: String(graded.length) },
        { label: t('average'), value: share(average) },
        { label: t('passedShare'), value: share((passed / graded.length) * 100) },
      ]
  const nameOf = (item: Item) => names.get(item.userId) ?? t('unknownLearner', { id: item.userId.slice(-6) })
  const score = (item: Item) => (item.scorePercent === null ? '' : `${Math.round(item.scorePercent)}%`)
  const outcome = (item: Item) => (
    <span className="flex flex-wrap gap-2">
      {item.late ? <Badge tone="amber">{t('late')}</Badge> : null}
      {passing(item)}
    </span>
  )
  const passing = (item: Item) =>
    item.state === 'in_progress' ? (
      <Badge tone="amber">{t('open')}</Badge>
    ) : item.awaitsMarking ? (
      <Badge tone="amber">{t('awaitsMarking')}</Badge>
    ) : item.passed === null ? (
      <Badge tone="good">{t('submittedState')}</Badge>
    ) : (
      <Badge tone={item.passed ? 'good' : 'bad'}>{t(item.passed ? 'passed' : 'notPassed')}</Badge>
    )
  // What one answered in a survey is told to nobody by name.
  const learner = (item: Item) =>
    survey ? (
      nameOf(item)
    ) : (
      <a
        href={`${address}/attempts/${item.id}`}
        aria-label={t('openAttempt', { name: nameOf(item), number: item.attemptNumber })}
        className="underline underline-offset-4"
      >
        {nameOf(item)}
      </a>
    )
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0 grow">
          <Figures figures={figures} />
        </div>
        {items.some(({ awaitsMarking }) => awaitsMarking) ? (
          <LinkButton href={`${address}/marking`}>
            <Icon name="edit" />
            {t('markAnswers')}
          </LinkButton>
        ) : null}
        <LinkButton href={`${address}/results`} variant="secondary">
          <Icon name="overview" />
          {t('byQuestion')}
        </LinkButton>
      </div>
      {submissions.nextCursor ? (
        <p className="text-sm text-muted">{t('pageAverage', { count: items.length })}</p>
      ) : null}
      <div className="hidden md:block">
        <Table
          caption={t('results')}
          captionHidden
          rows={items}
          rowKey={item => item.id}
          columns={[
            { id: 'learner', header: t('learner'), rowHeader: true, cell: learner },
            { id: 'attempt', header: t('attempt'), align: 'end', cell: item => item.attemptNumber },
            { id: 'started', header: t('started'), cell: item => <Moment time={item.startedAt} /> },
            {
              id: 'submitted',
              header: t('submitted'),
              cell: item => (item.submittedAt ? <Moment time={item.submittedAt} /> : null),
            },
            ...(survey ? [] : [{ id: 'score', header: t('score'), align: 'end' as const, cell: score }]),
            { id: 'result', header: t('result'), cell: outcome },
          ]}
        />
      </div>
      <ul aria-label={t('results')} className="flex flex-col gap-3 md:hidden">
        {items.map(item => (
          <li
            key={item.id}
            className="flex flex-col gap-1.5 rounded-card border border-line bg-surface px-4 py-3"
          >
            <div className="flex items-start justify-between gap-3">
              <p className="min-w-0 font-semibold break-words">{learner(item)}</p>
              <p className="shrink-0 font-semibold tabular-nums">{score(item)}</p>
            </div>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
              {outcome(item)}
              <span>{t('attemptNumber', { number: item.attemptNumber })}</span>
              <Moment time={item.submittedAt ?? item.startedAt} />
            </p>
          </li>
        ))}
      </ul>
      <MoreLink
        cursor={submissions.nextCursor}
        address={cursor => `${address}?cursor=${cursor}`}
        label={t('moreResults')}
      />
    </div>
  )
}
