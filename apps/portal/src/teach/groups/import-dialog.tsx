'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { CsvDrop, FileProblems, linesOfFile } from '../csv-file.tsx'
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
      const lines = await linesOfFile(file)
      const titles = { name: t('nameColumn'), email: t('emailColumn'), group: t('groupColumn') }
      const read = groupsIn(lines ?? [], learners, titles)
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
      <FileProblems
        title={t('problems', { count: problems.length })}
        problems={problems.map(({ row, who, problem }) => t(`problem_${problem}`, { row, who }))}
      />
      {plan ? (
        <PlannedGroups plan={plan} learners={learners} />
      ) : (
        <CsvDrop t={t} isDisabled={pending} onFile={file => void open(file)} />
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
