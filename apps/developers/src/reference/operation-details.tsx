import { errorCodes } from '@azora/contracts/errors.ts'
import type { ReactNode } from 'react'
import { CodeBlock } from '../code/code-block.tsx'
import { Snippets } from '../code/snippets.tsx'
import { Written } from '../code/written.tsx'
import type { Operation } from '../document/api-document.ts'
import { sampleOf } from '../document/schema.ts'
import { Example, Kind, SchemaView } from '../document/schema-view.tsx'
import { useTranslations } from '../messages.ts'
import { startOf } from '../try-it/request.ts'
import { snippetsOf } from '../try-it/snippets.ts'
import { codesOf } from './codes-of.ts'

/** What an operation takes and answers, with an example of a call. */
export function OperationDetails({ operation }: { operation: Operation }) {
  const t = useTranslations('reference')
  const { parameters, body, bodyKind, answers } = operation
  const origin = location.origin
  return (
    <div className="grid items-start gap-x-8 gap-y-10 xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
      <div className="flex min-w-0 flex-col gap-8">
        {parameters.length > 0 ? (
          <Part title={t('parameters')}>
            <ul className="flex flex-col divide-y divide-line">
              {parameters.map(parameter => (
                <li key={`${parameter.in} ${parameter.name}`} className="py-2.5 first:pt-0">
                  <code className="font-mono text-sm font-semibold">{parameter.name}</code>{' '}
                  <span className="text-sm text-muted">
                    {t(`in_${parameter.in}`)} · {parameter.schema ? <Kind schema={parameter.schema} /> : null}
                    {parameter.required ? (
                      <strong className="ms-1.5 font-semibold text-ink">{t('required')}</strong>
                    ) : null}
                  </span>
                  {parameter.description ? (
                    <p className="text-sm text-muted">
                      <Written text={parameter.description} />
                    </p>
                  ) : null}
                  {parameter.schema ? (
                    <div className="text-sm">
                      <Example schema={parameter.schema} />
                    </div>
                  ) : null}
                </li>
              ))}
            </ul>
          </Part>
        ) : null}
        {bodyKind ? (
          <Part title={t(`body_${bodyKind}`)}>
            {body ? <SchemaView schema={body} /> : <p className="text-sm">{t('bodyFile')}</p>}
          </Part>
        ) : null}
        {!parameters.length && !bodyKind ? <p className="text-muted">{t('takesNothing')}</p> : null}
        {answers.map(answer => (
          <Part key={answer.status} title={t('response', { status: answer.status })}>
            {answer.kind === 'events' ? (
              <>
                <p className="mb-2 text-sm">
                  <Written text={answer.description} />
                </p>
                <p className="mb-2 text-sm">
                  <Written text={t('responseEvents')} />
                </p>
              </>
            ) : null}
            {answer.schema ? (
              <SchemaView schema={answer.schema} />
            ) : (
              <p className="text-sm">{answer.kind === 'bytes' ? t('responseFile') : answer.description}</p>
            )}
          </Part>
        ))}
        <Part title={t('refusals')}>
          <ul className="flex flex-col gap-1.5 text-sm">
            {codesOf(operation).map(code => (
              <li key={code} className="grid gap-x-3 sm:grid-cols-[3rem_11rem_1fr]">
                <span className="tabular-nums text-muted">{errorCodes[code].status}</span>
                <code className="font-mono font-semibold">{code}</code>
                <span className="text-muted">{errorCodes[code].message}</span>
              </li>
            ))}
          </ul>
          <p className="mt-2 text-sm text-muted">{t('refusalsMore')}</p>
        </Part>
      </div>
      <div className="flex min-w-0 flex-col gap-5 xl:sticky xl:top-20">
        <Snippets
          title={t('example')}
          snippets={snippetsOf(operation, startOf(operation), { origin, key: null })}
        />
        {answers
          .filter(answer => answer.schema)
          .map(answer => (
            <CodeBlock
              key={answer.status}
              title={
                answer.kind === 'events' ? t('exampleEvent') : t('exampleAnswer', { status: answer.status })
              }
              language="json"
              code={JSON.stringify(sampleOf(answer.schema ?? {}), null, 2)}
              bounded
            />
          ))}
      </div>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-2.5 text-lg font-bold">{title}</h2>
      {children}
    </section>
  )
}
