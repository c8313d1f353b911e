import { buttonStyle } from '@azora/ui/button-style.ts'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon, type IconName } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { CourseGrid } from '../catalogue/course-card.tsx'
import { getTranslations } from '../i18n/server.ts'
import { api } from '../lib/api.server.ts'
import { currentAccount } from '../lib/session.server.ts'

const highlightCount = 6

export default async function HomePage() {
  const client = await api()
  const [t, common, account, catalogue] = await Promise.all([
    getTranslations('home'),
    getTranslations('common'),
    currentAccount(),
    client.education.listCourses({ limit: highlightCount }),
  ])
  const steps: [IconName, string, string][] = [
    ['book', t('proof1'), t('proof1Text')],
    ['award', t('proof2'), t('proof2Text')],
    ['shield', t('proof3'), t('proof3Text')],
  ]
  return (
    <>
      <section className="relative overflow-hidden border-b border-line">
        <Sunrise />
        <div className="page-width relative flex flex-col gap-7 pt-14 pb-20 sm:pt-24 sm:pb-28">
          <h1 className="max-w-xl text-display font-bold">{t('title')}</h1>
          <p className="max-w-xl text-lg text-muted sm:text-xl">{t('lead')}</p>
          <form action="/courses" className="flex max-w-xl flex-col gap-3 sm:flex-row">
            <div className="relative flex-1">
              <Icon name="search" className="absolute start-4 top-4 text-muted" />
              <input
                type="search"
                name="q"
                aria-label={t('searchLabel')}
                placeholder={t('searchPlaceholder')}
                className="min-h-13 w-full rounded-control border border-edge bg-surface ps-12 pe-4 text-lg placeholder:text-muted"
              />
            </div>
            <button type="submit" className={buttonStyle({ size: 'large' })}>
              {common('search')}
            </button>
          </form>
          {account ? (
            <p>
              <a
                href="/learn"
                className="inline-flex items-center gap-2 py-2 font-semibold text-accent-ink underline underline-offset-4"
              >
                {t('continue')}
                <Icon name="forward" />
              </a>
            </p>
          ) : null}
        </div>
      </section>
      <section className="page-width pt-14" aria-labelledby="highlights">
        <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
          <h2 id="highlights" className="text-title font-bold">
            {t('highlights')}
          </h2>
          <a href="/courses" className="py-2 font-semibold text-accent-ink underline underline-offset-4">
            {t('all')}
          </a>
        </div>
        {catalogue.items.length ? (
          <CourseGrid courses={catalogue.items} />
        ) : (
          <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>
        )}
      </section>
      <section className="page-width pt-20" aria-labelledby="proof">
        <div className="grid gap-10 rounded-card border border-line bg-surface p-6 shadow-card sm:p-10 lg:grid-cols-[1fr_1.4fr]">
          <div className="flex flex-col items-start gap-4">
            <h2 id="proof" className="text-title font-bold">
              {t('proofTitle')}
            </h2>
            <p className="text-muted">{t('proofText')}</p>
            <LinkButton href="/verify" variant="secondary">
              <Icon name="shield" />
              {t('proofAction')}
            </LinkButton>
          </div>
          <ol className="flex flex-col gap-6">
            {steps.map(([icon, title, text]) => (
              <li key={title} className="flex gap-4">
                <span className="grid size-12 shrink-0 place-items-center rounded-full bg-accent-soft text-xl text-accent-ink">
                  <Icon name={icon} />
                </span>
                <div>
                  <h3 className="text-lg font-bold">{title}</h3>
                  <p className="text-muted">{text}</p>
                </div>
              </li>
            ))}
          </ol>
        </div>
      </section>
    </>
  )
}

/** The picture behind the head of the page: a sun over hills, in the colours of the theme. */
function Sunrise() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 1200 520"
      preserveAspectRatio="xMaxYMax slice"
      className="absolute inset-0 size-full rtl:-scale-x-100"
    >
      <circle cx="960" cy="270" r="120" className="fill-amber/85 max-md:hidden" />
      <circle cx="960" cy="270" r="190" className="fill-amber/15" />
      <circle cx="960" cy="270" r="280" className="fill-amber/10" />
      <path d="M560 520c120-150 260-190 380-120 90 52 160 30 260-40v160z" className="fill-accent/25" />
      <path
        d="M640 520c130-110 250-120 350-60 80 48 140 36 210 4v56z"
        className="fill-accent/45 max-md:hidden"
      />
    </svg>
  )
}
