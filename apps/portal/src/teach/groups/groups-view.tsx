'use client'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { GroupCards } from './group-cards.tsx'
import type { Learner } from './learner.ts'
import { LearnerPicker } from './learner-picker.tsx'
import { type CourseGroups, useGroups } from './use-groups.ts'

const TitleDialog = dynamic(() =>
  import('../course-editor/title-dialog.tsx').then(module => module.TitleDialog),
)
const RandomDialog = dynamic(() => import('./random-dialog.tsx').then(module => module.RandomDialog))
const ImportDialog = dynamic(() => import('./import-dialog.tsx').then(module => module.ImportDialog))

type ViewProps = { initial: CourseGroups; learners: Learner[] }

/** The groups of a course, who is in them, and the ways to put learners into them. */
export function GroupsView({ initial, learners: known }: ViewProps) {
  const t = useTranslations('groups')
  const router = useRouter()
  const [open, setOpen] = useState<'new' | 'random' | 'import' | null>(null)
  const state = useGroups(initial, known)
  const { groups, learners, pending, fault } = state
  const close = () => setOpen(null)
  // What a plan did is read again as a whole, with the groups that it made.
  const applied = () => {
    close()
    router.refresh()
  }
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap gap-3">
        <Button onPress={() => setOpen('new')}>
          <Icon name="plus" />
          {t('new')}
        </Button>
        <Button
          variant="secondary"
          onPress={() => setOpen('random')}
          isDisabled={groups.ungroupedCount === 0}
        >
          {t('random')}
        </Button>
        <Button variant="secondary" onPress={() => setOpen('import')}>
          <Icon name="upload" />
          {t('import')}
        </Button>
      </div>
      <div className="max-w-2xl">
        <Checkbox isSelected={groups.shownToMembers} isDisabled={pending} onChange={state.show}>
          {t('shown')}
          <span className="block text-sm text-muted">{t('shownText')}</span>
        </Checkbox>
      </div>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <GroupCards groups={groups.items} pending={pending} onRename={state.rename} onRemove={state.remove} />
        <LearnerPicker groups={groups.items} learners={learners} pending={pending} onMove={state.move} />
      </div>
      {open === 'new' ? (
        <TitleDialog
          thing="new group"
          heading={t('new')}
          label={t('name')}
          confirmLabel={t('create')}
          onClose={close}
          onTitle={state.create}
        />
      ) : null}
      {open === 'random' ? (
        <RandomDialog groups={groups} learners={learners} onClose={close} onApplied={applied} />
      ) : null}
      {open === 'import' ? (
        <ImportDialog groups={groups} learners={learners} onClose={close} onApplied={applied} />
      ) : null}
    </div>
  )
}
