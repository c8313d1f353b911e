import type { Metadata } from 'next'
import { AccountPage } from '../../../account/account-page.tsx'
import { Section } from '../../../account/section.tsx'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../i18n/server.ts'
import { api, need } from '../../../lib/api.server.ts'
import { requireAccount, signInOptions } from '../../../lib/session.server.ts'
import { DataExport } from '../../../privacy/data-export.tsx'
import { DeleteAccount } from '../../../privacy/delete-account.tsx'

const path = '/account/data'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('privacy')
  return { title: t('title') }
}

export default async function DataPage() {
  const t = await getTranslations('privacy')
  return (
    <AccountPage part="data" title={t('title')} description={t('description')}>
      {data}
    </AccountPage>
  )
}

async function data() {
  const [t, account, { localMailbox }] = await Promise.all([
    getTranslations('privacy'),
    requireAccount(path),
    signInOptions(),
  ])
  const last = await need((await api()).auth.getExport(), path)
  return (
    <ClientMessages of={['account', 'privacy']}>
      <Section title={t('exportTitle')} text={t('exportText')}>
        <DataExport last={last.export} />
      </Section>
      <Section title={t('deleteTitle')} text={t('deleteText')}>
        <div className="grid gap-5 sm:grid-cols-2">
          <Points title={t('goes')} points={[t('goes1'), t('goes2'), t('goes3')]} />
          <Points title={t('stays')} points={[t('stays1'), t('stays2'), t('stays3'), t('stays4')]} />
        </div>
        <DeleteAccount email={account.email} localMailbox={localMailbox} />
      </Section>
    </ClientMessages>
  )
}

function Points({ title, points }: { title: string; points: string[] }) {
  return (
    <div className="rounded-control bg-sunken/70 px-4 py-3">
      <h3 className="font-semibold">{title}</h3>
      <ul className="mt-1 list-disc space-y-1 ps-5 text-sm text-muted">
        {points.map(point => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  )
}
