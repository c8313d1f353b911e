import { may } from '@azora/contracts/permissions.ts'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { usePage } from '@azora/web/calls/use-page.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { PersonLink } from '../people/person-link.tsx'

type Request = OutputOf<'auth.listPrivacyRequests'>['items'][number]

const tones: Record<Request['status'], Tone> = {
  gathering: 'accent',
  ready: 'good',
  expired: 'neutral',
  waiting: 'amber',
}

/** What members asked for about their own data, and how far it is. */
export function PrivacyPage() {
  const t = useTranslations('privacy')
  const audited = may(useAccount(), 'audit.read')
  const list = usePage('privacy', (cursor, signal) =>
    call('auth.listPrivacyRequests', { cursor, limit: 50 }, { signal }),
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        description={
          <>
            {t('text')}{' '}
            {audited ? (
              <Link
                to="/audit?action=account.deleted"
                className="text-accent-ink underline underline-offset-4"
              >
                {t('toErased')}
              </Link>
            ) : null}
          </>
        }
      />
      <List
        list={list}
        caption={t('title')}
        rowKey={request => request.id}
        columns={[
          {
            id: 'person',
            header: t('person'),
            rowHeader: true,
            cell: ({ person }) => <PersonLink {...person} />,
          },
          { id: 'kind', header: t('kind'), cell: ({ kind }) => t(`kind_${kind}`) },
          {
            id: 'status',
            header: t('status'),
            cell: ({ status, partsDone, partsTotal }) => (
              <span className="flex flex-col items-start gap-1 max-md:items-end">
                <Badge tone={tones[status]}>{t(`status_${status}`)}</Badge>
                {status === 'gathering' ? (
                  <span className="text-sm text-muted">
                    {t('parts', { done: partsDone, total: partsTotal })}
                  </span>
                ) : null}
              </span>
            ),
          },
          { id: 'asked', header: t('asked'), cell: ({ createdAt }) => <Moment time={createdAt} /> },
          {
            id: 'ends',
            header: t('ends'),
            cell: ({ endsAt, kind }) =>
              endsAt ? (
                <span className="flex flex-col max-md:items-end">
                  <Moment time={endsAt} />
                  <span className="text-sm text-muted">{t(`ends_${kind}`)}</span>
                </span>
              ) : (
                '–'
              ),
          },
        ]}
        empty={
          <EmptyState icon="shield" title={t('none')}>
            {t('noneText')}
          </EmptyState>
        }
      />
    </>
  )
}
