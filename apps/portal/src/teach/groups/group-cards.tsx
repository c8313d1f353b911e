'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { CourseGroups } from './use-groups.ts'

const TitleDialog = dynamic(() =>
  import('../course-editor/title-dialog.tsx').then(module => module.TitleDialog),
)

type Group = CourseGroups['items'][number]

type CardsProps = {
  groups: Group[]
  pending: boolean
  onRename: (groupId: string, name: string) => Promise<boolean>
  onRemove: (groupId: string) => Promise<boolean>
}

/** The groups of a course, each to rename or delete. */
export function GroupCards({ groups, pending, onRename, onRemove }: CardsProps) {
  const t = useTranslations('groups')
  const common = useTranslations('common')
  const [renamed, setRenamed] = useState<Group | null>(null)
  const [removed, setRemoved] = useState<Group | null>(null)
  if (groups.length === 0) return <p className="text-muted">{t('none')}</p>
  return (
    <>
      <ul aria-label={t('title')} className="flex flex-col gap-3">
        {groups.map(group => (
          <li
            key={group.id}
            className="flex flex-col gap-2 rounded-card border border-line bg-surface px-4 py-3 shadow-card"
          >
            <p className="font-semibold break-words">{group.name}</p>
            <p className="text-sm text-muted">{t('members', { count: group.memberCount })}</p>
            <div className="flex flex-wrap gap-2">
              <Button
                size="small"
                variant="secondary"
                aria-label={t('renameOf', { name: group.name })}
                isDisabled={pending}
                onPress={() => setRenamed(group)}
              >
                {t('rename')}
              </Button>
              <Button
                size="small"
                variant="quiet"
                aria-label={t('deleteOf', { name: group.name })}
                isDisabled={pending}
                onPress={() => setRemoved(group)}
              >
                {t('delete')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {renamed ? (
        <TitleDialog
          thing={`group ${renamed.id}`}
          heading={t('rename')}
          label={t('name')}
          confirmLabel={t('rename')}
          initial={renamed.name}
          onClose={() => setRenamed(null)}
          onTitle={name => onRename(renamed.id, name)}
        />
      ) : null}
      {removed ? (
        <ConfirmDialog
          isOpen
          onOpenChange={() => setRemoved(null)}
          title={t('deleteTitle', { name: removed.name })}
          confirmLabel={t('deleteConfirm')}
          cancelLabel={common('cancel')}
          danger
          onConfirm={async () => {
            await onRemove(removed.id)
          }}
        >
          <p>{t('deleteText')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
