import { level as levels } from '@azora/contracts/education/shapes.ts'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { BundleWays } from '../../bundles/bundle-ways.tsx'
import { CourseGrid } from '../../catalogue/course-card.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { api, need } from '../../lib/api.server.ts'
import { currentAccount, currentSchool } from '../../lib/session.server.ts'

type Search = Promise<Record<string, string | string[] | undefined>>

export async function generateMetadata(): Promise<Metadata> {
  const [t, school] = await Promise.all([getTranslations('catalogue'), currentSchool()])
  return { title: t('title'), description: t('description', { school: school.name }) }
}

export default async function CataloguePage({ searchParams }: { searchParams: Search }) {
  const asked = await searchParams
  const one = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' && value.trim() ? value.trim() : undefined
  }
  const level = levels.options.find(option => option === one('level'))
  const filters = { q: one('q')?.slice(0, 200), category: one('category')?.slice(0, 60), level }
  const client = await api()
  const [t, common, account, found] = await Promise.all([
    getTranslations('catalogue'),
    getTranslations('common'),
    currentAccount(),
    need(client.education.listCourses({ ...filters, cursor: one('cursor') }), '/courses'),
  ])
  const address = (cursor?: string) => {
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries({ ...filters, cursor })) if (value) query.set(name, value)
    return query.size ? `/courses?${query}` : '/courses'
  }
  const filtered = Boolean(filters.q || filters.category || filters.level)
  return (
    <div className="page-width">
      <PageHeader title={t('title')} description={t('found', { count: found.total })} />
      <search aria-label={t('query')}>
        <form
          action="/courses"
          className="mb-8 grid items-end gap-4 rounded-card border border-line bg-surface p-5 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_auto]"
        >
          <label className="flex flex-col gap-1.5">
            <span className="text-sm font-semibold">{t('query')}</span>
            <input
              type="search"
              name="q"
              defaultValue={filters.q}
              placeholder={t('queryPlaceholder')}
              className="min-h-11 rounded-control border border-edge bg-surface px-3.5 placeholder:text-muted"
            />
          </label>
          <NativeSelect
            label={t('category')}
            name="category"
            defaultValue={filters.category ?? ''}
            options={[
              { id: '', label: t('anyCategory') },
              ...found.categories.map(category => ({ id: category, label: category })),
            ]}
          />
          <NativeSelect
            label={t('level')}
            name="level"
            defaultValue={filters.level ?? ''}
            options={[
              { id: '', label: t('anyLevel') },
              ...levels.options.map(option => ({ id: option, label: common(`level_${option}`) })),
            ]}
          />
          <button type="submit" className={buttonStyle()}>
            {t('apply')}
          </button>
        </form>
      </search>
      {filtered || one('cursor') ? null : account ? <BundleWays /> : null}
      {found.suggestion ? (
        <p className="mb-6 text-lg" role="status">
          {found.items.length ? (
            <span className="text-muted">{t('similar', { asked: filters.q ?? '' })} </span>
          ) : null}
          {t('didYouMean')}{' '}
          <a
            href={`/courses?${new URLSearchParams({ q: found.suggestion })}`}
            className="inline-block py-1 font-semibold text-accent-ink underline underline-offset-4"
          >
            {found.suggestion}
          </a>
          ?
        </p>
      ) : null}
      {found.items.length ? (
        <>
          <h2 className="sr-only">{t('found', { count: found.total })}</h2>
          <CourseGrid courses={found.items} />
        </>
      ) : (
        <EmptyState
          icon="search"
          title={t('empty')}
          action={
            <LinkButton href="/courses" variant="secondary">
              {t('clear')}
            </LinkButton>
          }
        >
          {t('emptyText')}
        </EmptyState>
      )}
      <div className="mt-10 flex flex-wrap justify-center gap-4">
        {one('cursor') ? (
          <LinkButton href={address()} variant="secondary">
            {t('first')}
          </LinkButton>
        ) : null}
        {found.nextCursor ? <LinkButton href={address(found.nextCursor)}>{t('more')}</LinkButton> : null}
        {filtered && found.items.length ? (
          <LinkButton href="/courses" variant="quiet">
            {t('clear')}
          </LinkButton>
        ) : null}
      </div>
    </div>
  )
}
