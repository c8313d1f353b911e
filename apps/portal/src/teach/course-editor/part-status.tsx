'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { AuthoredCourse } from './authored-course.ts'

export type PartStatus = AuthoredCourse['modules'][number]['status']

const statuses = ['published', 'draft', 'hidden'] as const
const icons = { published: 'eye', draft: 'edit', hidden: 'ban' } as const

/** Marks a lesson or a module that learners do not see. What they see needs no mark. */
export function PartStatusBadge({ status }: { status: PartStatus }) {
  const t = useTranslations('partStatus')
  if (status === 'published') return null
  return <Badge tone={status === 'draft' ? 'amber' : 'neutral'}>{t(status)}</Badge>
}

/** The items of a menu that give a part another status. */
export const partStatusItems = (t: ReturnType<typeof useTranslations<'partStatus'>>, status: PartStatus) =>
  statuses
    .filter(other => other !== status)
    .map(other => ({ id: other, label: t(`to_${other}`), icon: <Icon name={icons[other]} /> }))

export const asPartStatus = (id: string): PartStatus | undefined => statuses.find(status => status === id)
