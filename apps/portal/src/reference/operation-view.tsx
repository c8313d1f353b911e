import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import type { Translator } from '../i18n/translator.ts'
import { curlOf } from './example.ts'
import type { Operation } from './operations.server.ts'
import { Kind, SchemaView } from './schema-view.tsx'

type OperationViewProps = { operation: Operation; origin: string; t: Translator<'reference'> }

const tones: Record<string, Tone> = { GET: 'info', POST: 'good', PUT: 'amber', PATCH: 'amber', DELETE: 'bad' }
const places = ['path', 'query', 'header'] as const

/** One operation: who may call it, what it takes and answers, and an example. */
export function OperationView({ operation, origin, t }: OperationViewProps) {
  const { access, parameters = [], requestBody, responses = {} } = operation
  const who =
    access === null
      ? ''
      : access === 'public' || access === 'member'
        ? t(`access_${access}`)
        : t('access_permission', { permission: access })
  const body = requestBody?.content?.['application/json']?.schema
  return (
    <details
      id={operation.id}
      data-operation={`${operation.method} ${operation.path} ${operation.id} ${operation.summary ?? ''}`.toLowerCase()}
      className="group scroll-mt-20 rounded-card border border-line bg-surface open:shadow-card"
    >
      <summary className="flex list-none flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 [&::-webkit-details-marker]:hidden">
        <span className="w-17">
          <Badge tone={tones[operation.method] ?? 'neutral'}>{operation.method}</Badge>
        </span>
        <code className="min-w-0 font-mono text-sm font-semibold break-all">{operation.path}</code>
        <span className="w-full text-sm text-muted sm:ms-20">{operation.summary}</span>
      </summary>
      <div className="flex flex-col gap-5 border-t border-line p-4 sm:ps-6">
        {operation.description ? <p>{operation.description}</p> : null}
        <p className="flex flex-wrap items-center gap-x-2 text-sm">
          <Icon name="shield" className="text-accent" />
          <span className="font-semibold">{t('whoMayCall')}:</span> {who}
          <a href={`#${operation.id}`} className="ms-auto text-muted underline underline-offset-4">
            <code className="font-mono text-xs">{operation.operationId ?? operation.id}</code>
            <span className="sr-only">: {t('link', { operation: operation.id })}</span>
          </a>
        </p>
        {parameters.length ? (
          <section>
            <h3 className="mb-1 font-semibold">{t('parameters')}</h3>
            <ul className="border-s-2 border-line ps-4 text-sm">
              {parameters.map(parameter => {
                const place = places.find(name => name === parameter.in)
                return (
                  <li key={`${parameter.in}-${parameter.name}`} className="py-1">
                    <code className="font-mono font-semibold">{parameter.name}</code>{' '}
                    <span className="text-muted">
                      {place ? `${t(`in_${place}`)} · ` : ''}
                      {parameter.schema ? <Kind schema={parameter.schema} t={t} /> : null}
                      {parameter.required ? ` · ${t('required')}` : ''}
                    </span>
                    {parameter.description ? <p className="text-muted">{parameter.description}</p> : null}
                  </li>
                )
              })}
            </ul>
          </section>
        ) : null}
        {body || operation.upload ? (
          <section>
            <h3 className="mb-1 font-semibold">{t('body')}</h3>
            {operation.upload ? <p className="text-sm">{t('bodyFile')}</p> : null}
            {body && !operation.upload ? <SchemaView schema={body} t={t} /> : null}
          </section>
        ) : null}
        {Object.entries(responses)
          .filter(([status]) => status.startsWith('2'))
          .map(([status, response]) => {
            const schema = response.content?.['application/json']?.schema
            return (
              <section key={status}>
                <h3 className="mb-1 font-semibold">{t('response', { status })}</h3>
                {schema ? (
                  <SchemaView schema={schema} t={t} />
                ) : (
                  <p className="text-sm">{response.content ? t('responseFile') : response.description}</p>
                )}
              </section>
            )
          })}
        <section>
          <h3 className="mb-1 font-semibold">{t('example')}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1). */}
          <pre tabIndex={0} className="overflow-x-auto rounded-control bg-sunken p-4 font-mono text-sm">
            {curlOf(operation, origin)}
          </pre>
        </section>
      </div>
    </details>
  )
}
