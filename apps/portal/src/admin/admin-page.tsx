import { may } from '@azora/contracts/permissions.ts'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { ReactNode } from 'react'
import { getTranslations } from '../i18n/server.ts'
import { currentSchool, requireAccount } from '../lib/session.server.ts'

type Section = 'people' | 'courses' | 'events'

const addresses: Record<Section, string> = {
  people: '/admin',
  courses: '/admin/courses',
  events: '/admin/events',
}

/** Who is signed in when they administer the school, else null; nobody signed in leads to the sign-in page. */
export async function administrator(path: string) {
  const account = await requireAccount(path)
  return may(account.roles, 'people.manage') && may(account.roles, 'operations.read') ? account : null
}

/** The head of the administration's pages, with the way between them. */
export async function AdminPage({ section, children }: { section: Section; children: ReactNode }) {
  const [t, school] = await Promise.all([getTranslations('admin'), currentSchool()])
  return (
    <div className="page-width">
      <PageHeader title={t('title')} description={t('description', { school: school.name })} />
      <nav aria-label={t('sections')} className="mb-6 flex gap-1 overflow-x-auto border-b border-line">
        {(['people', 'courses', 'events'] as const).map(name => (
          <a
            key={name}
            href={addresses[name]}
            {...(name === section ? { 'aria-current': 'page' as const } : {})}
            className="-mb-px border-b-3 border-transparent px-4 py-3 font-semibold text-muted no-underline hover:text-ink aria-[current]:border-accent aria-[current]:text-accent-ink"
          >
            {t(name)}
          </a>
        ))}
      </nav>
      {children}
    </div>
  )
}
