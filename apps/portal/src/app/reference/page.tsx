import { errorCodes } from '@azora/contracts/errors.ts'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { Table } from '@azora/ui/table.tsx'
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { OperationView } from '../../reference/operation-view.tsx'
import { readOperations } from '../../reference/operations.server.ts'
import { SearchBox } from '../../reference/search-box.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reference')
  return { title: t('title'), description: t('description') }
}

export default async function ReferencePage() {
  const [t, operations, asked] = await Promise.all([
    getTranslations('reference'),
    readOperations(),
    headers(),
  ])
  const origin = `${asked.get('x-forwarded-proto') ?? 'http'}://${asked.get('x-forwarded-host') ?? asked.get('host')}`
  if (!operations)
    return (
      <div className="page-narrow py-12">
        <h1 className="sr-only">{t('title')}</h1>
        <EmptyState icon="warning" title={t('unavailable')}>
          {t('unavailableText')}
        </EmptyState>
      </div>
    )
  const groups = Map.groupBy(operations, operation => operation.tag)
  return (
    <div className="page-width">
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <LinkButton href="/api/v1/openapi.json" variant="secondary">
            <Icon name="download" />
            {t('download')}
          </LinkButton>
        }
      />
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <aside className="flex flex-col gap-5 lg:sticky lg:top-20 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto lg:p-1">
          <ClientMessages of={['reference']}>
            <SearchBox count={operations.length} />
          </ClientMessages>
          <nav aria-label={t('contents')}>
            <ul className="flex flex-wrap gap-x-4 lg:flex-col">
              {[
                ['basics', t('basics')] as const,
                ...[...groups.keys()].map(tag => [`tag-${tag}`, tag] as const),
                ['errors', t('errors')] as const,
              ].map(([id, label]) => (
                <li key={id}>
                  <a
                    href={`#${id}`}
                    className="block py-1.5 font-medium text-muted underline-offset-4 hover:text-ink hover:underline"
                  >
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </aside>
        <div className="flex min-w-0 flex-col gap-10">
          <section aria-labelledby="basics" className="flex max-w-3xl flex-col gap-3">
            <h2 id="basics" className="scroll-mt-20 text-xl font-bold">
              {t('basics')}
            </h2>
            <p>{t('basicsBase')}</p>
            <p>{t('basicsAuth')}</p>
            <p>{t('basicsPaging')}</p>
            <p>{t('basicsErrors')}</p>
          </section>
          {[...groups].map(([tag, members]) => (
            <section key={tag} data-operations aria-labelledby={`tag-${tag}`} className="flex flex-col gap-3">
              <h2 id={`tag-${tag}`} className="scroll-mt-20 text-xl font-bold">
                {tag}
              </h2>
              {members.map(operation => (
                <OperationView key={operation.id} operation={operation} origin={origin} t={t} />
              ))}
            </section>
          ))}
          <div className="flex flex-col gap-3">
            <h2 id="errors" className="scroll-mt-20 text-xl font-bold">
              {t('errors')}
            </h2>
            <Table
              caption={t('errors')}
              captionHidden
              rows={Object.entries(errorCodes)}
              rowKey={([code]) => code}
              columns={[
                {
                  id: 'code',
                  header: t('code'),
                  rowHeader: true,
                  cell: ([code]) => <code className="font-mono text-sm">{code}</code>,
                },
                { id: 'status', header: t('status'), align: 'end', cell: ([, error]) => error.status },
                { id: 'meaning', header: t('meaning'), cell: ([, error]) => error.message },
              ]}
            />
          </div>
        </div>
      </div>
    </div>
  )
}
