'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { Learner } from './learner.ts'
import { PlannedGroups } from './planned-groups.tsx'
import { type FileGroups, groupsIn } from './read-groups.ts'
import type { CourseGroups } from './use-groups.ts'
import { usePlan } from './use-plan.ts'

type ImportProps = {
  groups: CourseGroups
  learners: Learner[]
  onClose: () => void
  onApplied: () => void
}

const mostBytes = 2 * 1024 * 1024
// Enough to see what is wrong with a file.
const mostProblems = 50

/** Puts learners into groups by a CSV file: chosen, looked at, then imported. */
export function ImportDialog({ groups, learners, onClose, onApplied }: ImportProps) {
  const t = useTranslations('groups')
  const common = useTranslations('common')
  const [problems, setProblems] = useState<FileGroups['problems']>([])
  const { plan, look, apply, forget, refuse, run, pending, fault } = usePlan(groups.courseId, onApplied)
  const open = (file: File) =>
    run(async () => {
      setProblems([])
      refuse(null)
      if (file.size > mostBytes) return refuse(t('tooLarge'))
      // What reads the file is loaded with the first of them.
      const [{ linesOf }, text] = await Promise.all([import('../gradebook/import/lines-of.ts'), file.text()])
      const titles = { name: t('nameColumn'), email: t('emailColumn'), group: t('groupColumn') }
      const read = groupsIn(linesOf(text) ?? [], learners, titles)
      if (!read) return refuse(t('notRead'))
      setProblems(read.problems)
      if (read.groups.length > 0) await look(read.groups)
    })
  const added = plan?.groups.reduce((sum, { addedIds }) => sum + addedIds.length, 0) ?? 0
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('import')} closeLabel={common('close')}>
      <p className="text-sm text-muted">{t('importText')}</p>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {problems.length > 0 ? (
        <Notice tone="warning" live title={t('problems', { count: problems.length })}>
          <ul className="max-h-40 overflow-y-auto">
            {problems.slice(0, mostProblems).map(({ row, who, problem }) => (
              <li key={row}>{t(`problem_${problem}`, { row, who })}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {plan ? (
        <PlannedGroups plan={plan} learners={learners} />
      ) : (
        <FileDrop
          label={t('drop')}
          browseLabel={t('browse')}
          description={t('accept')}
          accept={['.csv', 'text/csv']}
          isDisabled={pending}
          onFiles={([file]) => file && void open(file)}
        />
      )}
      <div className="flex flex-wrap justify-end gap-3">
        <Button variant="secondary" onPress={onClose}>
          {common('cancel')}
        </Button>
        {plan ? (
          <>
            <Button variant="secondary" onPress={forget} isDisabled={pending}>
              {t('another')}
            </Button>
            <Button onPress={apply} isPending={pending} isDisabled={added === 0}>
              {t('applyImport', { count: added })}
            </Button>
          </>
        ) : null}
      </div>
    </Dialog>
  )
}
