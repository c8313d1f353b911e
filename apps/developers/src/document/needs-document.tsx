import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import type { ReactNode } from 'react'
import { useTranslations } from '../messages.ts'
import { type ApiDocument, useApiDocument, type Version } from './api-document.ts'

/** Shows what is made from the description of the API, once it is there. */
export function NeedsDocument({
  version = 'v1',
  children,
}: {
  version?: Version
  children: (document: ApiDocument) => ReactNode
}) {
  const t = useTranslations('reference')
  const document = useApiDocument(version)
  if (document === null)
    return (
      <p className="py-10 text-center">
        <Spinner label={t('loading')} />
      </p>
    )
  if (document === 'failed')
    return (
      <EmptyState icon="warning" title={t('unavailable')}>
        {t('unavailableText')}
      </EmptyState>
    )
  return <>{children(document)}</>
}
