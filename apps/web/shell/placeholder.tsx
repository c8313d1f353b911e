'use client'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useOwnTranslations } from '../i18n/own-messages.ts'
import type { Section } from './app-shell.tsx'

/** Stands in place of a section that is still to be made. */
export function Placeholder({ section }: { section: Section }) {
  const t = useOwnTranslations('frame')
  return (
    <>
      <PageHeader title={section.label} />
      <EmptyState icon={section.icon} title={t('toCome')} />
    </>
  )
}
