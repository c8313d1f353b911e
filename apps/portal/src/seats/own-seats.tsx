import { Card } from '@azora/ui/card.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Moment } from '@azora/web/moment.tsx'
import { getTranslations } from '../i18n/server.ts'
import { api, need } from '../lib/api.server.ts'

const kinds = ['free', 'account', 'gift'] as const

/** The courses that somebody got by a code, and the way to use another. */
export async function OwnSeats({ path }: { path: string }) {
  const [t, { items }] = await Promise.all([
    getTranslations('ownSeats'),
    need((await api()).payments.listOwnSeats({ limit: 100 }), path),
  ])
  return (
    <>
      {items.length > 0 ? (
        <Card as="section" className="flex flex-col gap-3">
          <h2 className="text-xl font-bold">{t('title')}</h2>
          <ul className="flex flex-col divide-y divide-line">
            {items.map(seat => (
              <li
                key={seat.id}
                className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-3"
              >
                <a
                  href={`/learn/${seat.courseId}`}
                  className="min-w-0 font-semibold wrap-anywhere hover:text-accent-ink"
                >
                  {seat.courseTitle}
                </a>
                <span className="text-sm text-muted">
                  {t(kinds.find(kind => kind === seat.kind) ?? 'free')}
                  {' · '}
                  <Moment time={seat.claimedAt} precision="day" />
                </span>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      <div>
        <LinkButton href="/redeem" variant="secondary">
          {t('have')}
        </LinkButton>
      </div>
    </>
  )
}
