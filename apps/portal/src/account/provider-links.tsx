'use client'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { type Arrival, arrivalQuery } from '../lib/arrival.ts'
import { noteEnrolWish } from './enrol-wish.ts'

export type Provider = { id: string; name: string; standIn: boolean }

/** The outside providers by which one can sign in or sign up. Plain links, which work before any script. */
export function ProviderLinks({ providers, arrival }: { providers: Provider[]; arrival: Arrival }) {
  const t = useTranslations('account')
  // Back through the sign-in page, which does what follows every sign-in.
  const next = encodeURIComponent(`/signin?${arrivalQuery(arrival)}&arrive=1`)
  return (
    <>
      {providers.map(({ id, name, standIn }) => (
        <LinkButton
          key={id}
          href={`/api/v1/auth/federation/${id}?next=${next}`}
          variant="secondary"
          onClick={() => noteEnrolWish(arrival.courseId)}
        >
          {standIn ? t('standIn', { name }) : t('provider', { name })}
        </LinkButton>
      ))}
      {providers.some(({ standIn }) => standIn) ? (
        <p className="text-sm text-muted">{t('standInNote')}</p>
      ) : null}
    </>
  )
}

/** The line between one way in and the others. */
export function OrLine() {
  const t = useTranslations('account')
  return (
    <p className="flex items-center gap-4 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {t('or')}
    </p>
  )
}
