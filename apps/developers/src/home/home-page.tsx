import { Card } from '@azora/ui/card.tsx'
import { Icon, type IconName } from '@azora/ui/icon.tsx'
import { useSchoolName } from '@azora/web/session/signed-in.tsx'
import { Link } from 'react-router'
import { useTranslations } from '../messages.ts'
import { useTitle } from '../shell/use-title.ts'
import { FirstCall } from './first-call.tsx'

const ways = [
  { name: 'guides', to: '/guides', icon: 'book' },
  { name: 'reference', to: '/reference', icon: 'code' },
  { name: 'webhooks', to: '/webhooks', icon: 'link' },
  { name: 'typescript', to: '/typescript', icon: 'download' },
] as const satisfies { name: string; to: string; icon: IconName }[]

/** What this is, and the first call in a minute. */
export function HomePage() {
  const t = useTranslations('home')
  const school = useSchoolName()
  useTitle(t('short'))
  return (
    <>
      <header className="max-w-3xl pt-10 pb-10">
        <h1 className="text-display font-bold">{t('title', { school })}</h1>
        <p className="mt-4 text-lg text-muted">{t('text')}</p>
      </header>
      <FirstCall />
      <section aria-labelledby="ways" className="mt-14">
        <h2 id="ways" className="mb-4 text-xl font-bold">
          {t('ways')}
        </h2>
        <ul className="grid gap-4 sm:grid-cols-2">
          {ways.map(({ name, to, icon }) => (
            <li key={name}>
              <Card className="relative flex h-full gap-4 transition-colors focus-within:border-accent hover:border-accent">
                <span className="grid size-11 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-ink">
                  <Icon name={icon} />
                </span>
                <span className="min-w-0">
                  <Link
                    to={to}
                    className="text-lg font-bold text-ink no-underline after:absolute after:inset-0"
                  >
                    {t(name)}
                  </Link>
                  <span className="mt-0.5 block text-muted">{t(`${name}_text`)}</span>
                </span>
              </Card>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
