import { Badge } from '@azora/ui/badge.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Tabs } from '@azora/ui/tabs.tsx'
import { Link, useParams, useSearchParams } from 'react-router'
import { CopyButton } from '../code/copy-button.tsx'
import { Written } from '../code/written.tsx'
import { type ApiDocument, type Operation, versions } from '../document/api-document.ts'
import { NeedsDocument } from '../document/needs-document.tsx'
import { useTranslations } from '../messages.ts'
import { useTitle } from '../shell/use-title.ts'
import { TryIt } from '../try-it/try-it.tsx'
import { MethodBadge } from './method-badge.tsx'
import { OperationDetails } from './operation-details.tsx'
import { OperationRules } from './operation-rules.tsx'

/** One operation: who may call it, what it takes and answers, and a place to try it. */
export function OperationPage() {
  const { version: asked, service = '', operation = '' } = useParams()
  const name = `${service}.${operation}`
  const version = versions.find(one => one === asked) ?? 'v1'
  useTitle(`${name} ${version}`)
  return (
    <NeedsDocument version={version}>
      {document => {
        const found = document.operations.find(one => one.name === name)
        return found ? (
          <Shown key={`${version} ${name}`} operation={found} document={document} />
        ) : (
          <Nothing name={name} />
        )
      }}
    </NeedsDocument>
  )
}

function Nothing({ name }: { name: string }) {
  const t = useTranslations('reference')
  return (
    <div className="py-12">
      <EmptyState icon="search" level={1} title={t('noOperation', { name })}>
        <Link to="/reference" className="text-accent-ink underline underline-offset-3">
          {t('back')}
        </Link>
      </EmptyState>
    </div>
  )
}

function Shown({ operation, document }: { operation: Operation; document: ApiDocument }) {
  const t = useTranslations('reference')
  const [search, setSearch] = useSearchParams()
  const tab = search.get('tab') === 'try' ? 'try' : 'read'
  const { version, method, path, name } = operation
  return (
    <article className="pt-6">
      <Link
        to={version === 'v1' ? '/reference' : `/reference?version=${version}`}
        className="inline-flex min-h-9 items-center gap-1.5 text-sm font-medium text-muted underline-offset-4 hover:text-ink hover:underline"
      >
        <Icon name="back" />
        {t('back')}
      </Link>
      <h1 className="mt-2 text-title font-bold">{operation.summary.replace(/\.$/, '')}</h1>
      <p className="mt-4 flex flex-wrap items-center gap-x-2 gap-y-1 rounded-control border border-line bg-sunken py-1.5 ps-3 pe-1.5">
        <MethodBadge method={method} />
        <code className="min-w-0 flex-1 basis-56 font-mono text-sm font-semibold [overflow-wrap:anywhere]">
          <span className="text-muted">/api/{version}</span>
          {path}
        </code>
        <CopyButton text={`${location.origin}/api/${version}${path}`} what={t('address')} />
      </p>
      <p className="mt-3 flex flex-wrap items-center gap-3 text-sm text-muted">
        <code className="font-mono">{name}</code>
        {operation.deprecation ? <Badge tone="amber">{t('deprecated')}</Badge> : null}
      </p>
      {operation.description ? (
        <p className="mt-4 max-w-3xl">
          <Written text={operation.description} />
        </p>
      ) : null}
      <OperationRules operation={operation} limits={document.limits} />
      <div className="mt-8">
        <Tabs
          label={t('views')}
          selected={tab}
          onSelect={id => setSearch(id === 'try' ? { tab: 'try' } : {}, { replace: true })}
          tabs={[
            { id: 'read', label: t('read'), content: <OperationDetails operation={operation} /> },
            { id: 'try', label: t('try'), content: <TryIt operation={operation} /> },
          ]}
        />
      </div>
    </article>
  )
}
