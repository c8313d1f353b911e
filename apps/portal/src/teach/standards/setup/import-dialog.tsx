'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { CsvDrop, FileProblems, linesOfFile } from '../../csv-file.tsx'
import { useAction } from '../../use-action.ts'
import { type DraftStandard, type FileStandards, merged, standardsIn } from './read-standards.ts'

type ImportProps = {
  current: readonly DraftStandard[]
  onTake: (standards: DraftStandard[]) => void
  onClose: () => void
}

const mostBytes = 1024 * 1024

/** Reads standards from a CSV file: chosen, looked at, then taken into the list, which is saved as ever. */
export function ImportDialog({ current, onTake, onClose }: ImportProps) {
  const t = useTranslations('standardsSetup')
  const common = useTranslations('common')
  const [refused, setRefused] = useState<string | null>(null)
  const [problems, setProblems] = useState<FileStandards['problems']>([])
  const [plan, setPlan] = useState<ReturnType<typeof merged> | null>(null)
  const { run, pending, fault } = useAction()
  const open = (file: File) =>
    run(async () => {
      setRefused(null)
      setProblems([])
      if (file.size > mostBytes) return setRefused(t('tooLarge'))
      const lines = await linesOfFile(file)
      const titles = { code: t('code'), title: t('standardTitle'), description: t('text') }
      const read = standardsIn(lines ?? [], titles)
      if (!read) return setRefused(t('notRead'))
      const plan = merged(current, read.standards)
      const tooMany = plan.leftOut.map(one => ({
        row: read.rows[read.standards.indexOf(one)] ?? 0,
        problem: 'too_many' as const,
      }))
      setProblems([...read.problems, ...tooMany])
      setPlan(plan)
    })
  const count = plan ? plan.added.length + plan.changed.length : 0
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('import')} closeLabel={common('close')}>
      <p className="text-sm text-muted">{t('importText')}</p>
      {(refused ?? fault) ? (
        <Notice tone="error" live>
          {refused ?? fault}
        </Notice>
      ) : null}
      <FileProblems
        title={t('problems', { count: problems.length })}
        problems={problems.map(({ row, problem }) => t(`problem_${problem}`, { row }))}
      />
      {plan ? (
        <>
          <p role="status">
            {t('found', { added: plan.added.length, changed: plan.changed.length, same: plan.same })}
          </p>
          <Listed title={t('new')} standards={plan.added} />
          <Listed title={t('changed')} standards={plan.changed} />
        </>
      ) : (
        <CsvDrop t={t} isDisabled={pending} onFile={file => void open(file)} />
      )}
      <div className="flex flex-wrap justify-end gap-3">
        <Button variant="secondary" onPress={onClose}>
          {common('cancel')}
        </Button>
        {plan ? (
          <>
            <Button
              variant="secondary"
              onPress={() => {
                setPlan(null)
                setProblems([])
              }}
            >
              {t('another')}
            </Button>
            <Button isDisabled={count === 0} onPress={() => onTake(plan.standards)}>
              {t('take', { count })}
            </Button>
          </>
        ) : null}
      </div>
    </Dialog>
  )
}

function Listed({ title, standards }: { title: string; standards: readonly DraftStandard[] }) {
  if (standards.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className="font-bold">{title}</h3>
      <ul className="max-h-48 overflow-y-auto text-sm">
        {standards.map(standard => (
          <li key={standard.id} className="border-b border-line py-1.5 break-words last:border-0">
            <span className="font-semibold">{standard.code}</span> {standard.title}
          </li>
        ))}
      </ul>
    </section>
  )
}
