import { PageHeader } from '@azora/ui/page-header.tsx'
import { Link } from 'react-router'
import { CodeBlock } from '../code/code-block.tsx'
import { Written } from '../code/written.tsx'
import type { Operation } from '../document/api-document.ts'
import { NeedsDocument } from '../document/needs-document.tsx'
import { useTranslations } from '../messages.ts'
import { pageOf } from '../reference/operation-list.tsx'
import { useTitle } from '../shell/use-title.ts'
import { examplesOf } from './examples.ts'

/** The client for TypeScript: how to get it, how to use it, and what it can call. */
export function TypescriptPage() {
  const t = useTranslations('typescript')
  useTitle(t('title'))
  const examples = examplesOf(location.origin)
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <div className="flex max-w-3xl flex-col gap-5">
        <h2 className="text-xl font-bold">{t('install')}</h2>
        <p>
          <Written text={t('installText')} />
        </p>
        <CodeBlock title={t('installCode')} language="shell" code={examples.install} />
        <p>
          <Written text={t('installThen')} />
        </p>
        {(['first', 'client', 'lists', 'failures', 'writes', 'files', 'webhooks'] as const).map(name => (
          <section key={name} className="flex flex-col gap-4">
            <h2 className="mt-5 text-xl font-bold">{t(name)}</h2>
            <p>
              <Written text={t(`${name}_text`)} />
            </p>
            <CodeBlock title={t(name)} language="typescript" code={examples[name]} />
          </section>
        ))}
      </div>
      <section className="mt-12">
        <h2 className="text-xl font-bold">{t('operations')}</h2>
        <p className="mt-1 mb-5 max-w-2xl text-muted">{t('operationsText')}</p>
        <NeedsDocument>{({ operations }) => <Operations operations={operations} />}</NeedsDocument>
      </section>
    </>
  )
}

/** What the client has a function for: all but what answers a browser or a protocol of its own. */
function Operations({ operations }: { operations: Operation[] }) {
  const groups = Map.groupBy(
    operations.filter(({ raw }) => raw !== 'page'),
    ({ service }) => service,
  )
  return (
    <div className="grid gap-x-8 gap-y-8 md:grid-cols-2">
      {[...groups].map(([service, members]) => (
        <section key={service} aria-label={service}>
          <h3 className="mb-2 font-mono font-bold">azora.{service}</h3>
          <ul className="flex flex-col divide-y divide-line rounded-control border border-line bg-surface">
            {members.map(operation => (
              <li key={operation.name} className="px-4 py-2">
                <Link
                  to={pageOf(operation)}
                  className="font-mono text-sm font-semibold text-accent-ink underline-offset-4 [overflow-wrap:anywhere] hover:underline"
                >
                  {operation.name.slice(service.length + 1)}
                </Link>
                <span className="block text-sm text-muted">{operation.summary}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
