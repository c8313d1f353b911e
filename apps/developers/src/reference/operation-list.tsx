import { services } from 'virtual:azora-services'
import { Badge } from '@azora/ui/badge.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Link } from 'react-router'
import type { Operation } from '../document/api-document.ts'
import { useTranslations } from '../messages.ts'
import { MethodBadge } from './method-badge.tsx'

/** The address of an operation's page; without a dot, by which the gateway would take it for a file's. */
export const pageOf = ({ version, name }: Pick<Operation, 'version' | 'name'>) =>
  `/reference/${version}/${name.replace('.', '/')}`

/** The operations in which all of the words are found. */
function matching(operations: Operation[], typed: string): Operation[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return operations
  return operations.filter(({ method, path, name, summary, scope }) => {
    const text = `${method} ${path} ${name} ${summary} ${scope ?? ''}`.toLowerCase()
    return words.every(word => text.includes(word))
  })
}

/** The operations by service; those that match what is typed. */
export function OperationList({ operations, typed }: { operations: Operation[]; typed: string }) {
  const t = useTranslations('reference')
  const found = matching(operations, typed)
  const groups = Map.groupBy(found, operation => operation.service)
  return (
    <div className="flex flex-col gap-10">
      <p role="status" className="-mt-4 text-sm text-muted">
        {found.length ? t('found', { count: found.length }) : t('none')}
      </p>
      {[...groups].map(([service, members]) => {
        const known = services.find(({ name }) => name === service)
        return (
          <section key={service} aria-labelledby={`service-${service}`}>
            <h2 id={`service-${service}`} className="text-xl font-bold">
              {known?.title ?? service}
            </h2>
            {known ? <p className="mt-1 mb-3 max-w-2xl text-muted">{known.about}</p> : null}
            <ul className="overflow-hidden rounded-card border border-line bg-surface shadow-card">
              {members.map(operation => (
                <Row key={operation.name} operation={operation} />
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

function Row({ operation }: { operation: Operation }) {
  const t = useTranslations('reference')
  return (
    <li className="border-b border-line last:border-0">
      <Link
        to={pageOf(operation)}
        className="group flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 text-ink no-underline -outline-offset-3 hover:bg-sunken/50"
      >
        <MethodBadge method={operation.method} />
        <code className="min-w-0 flex-1 basis-60 font-mono text-sm font-semibold break-words [overflow-wrap:anywhere] group-hover:text-accent-ink">
          {operation.path}
        </code>
        {operation.deprecation ? <Badge tone="amber">{t('deprecated')}</Badge> : null}
        {operation.access === 'public' ? <Badge>{t('open')}</Badge> : null}
        <Icon name="forward" className="hidden text-muted sm:block" />
        <span className="w-full text-sm text-muted sm:ps-21">{operation.summary}</span>
      </Link>
    </li>
  )
}
