'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'
import type { Learner } from '../gradebook/book.ts'
import { useAction } from '../use-action.ts'
import { EvidenceList } from './evidence-list.tsx'
import { JudgementHistory } from './judgement-history.tsx'
import { LevelMark } from './level-mark.tsx'
import type { CourseStandards, Standard, Standing } from './standards.ts'

type EvidenceDialogProps = {
  course: CourseStandards
  learner: Learner
  standard: Standard
  onSaved: (standing: Standing) => void
  onClose: () => void
}

type Evidence = OutputOf<'assessment.getEvidence'>

/** What the level of a learner rests on, and a place to set it by judgement. */
export function EvidenceDialog({ course, learner, standard, onSaved, onClose }: EvidenceDialogProps) {
  const t = useTranslations('standards')
  const common = useTranslations('common')
  const [evidence, setEvidence] = useState<Evidence | null>(null)
  const [levelId, setLevelId] = useState('')
  const [reason, setReason] = useState('')
  const [changed, setChanged] = useState(false)
  const cell = { courseId: course.courseId, standardId: standard.id, userId: learner.userId }
  const read = async () => {
    const found = await call('assessment.getEvidence', cell)
    setEvidence(found)
    setLevelId(found.judged ? (found.levelId ?? '') : '')
    const { reason: given = null } = found.judgements[0] ?? {}
    setReason((found.judged && given) || '')
  }
  const { run, pending, fault } = useAction({
    onConflict: async () => {
      await read()
      setChanged(true)
    },
  })
  const first = useRef(() => run(read))
  useEffect(() => {
    void first.current()
  }, [])
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!evidence) return
    setChanged(false)
    const { judgementRevision } = evidence
    const judged = levelId ? { levelId, reason: reason.trim() || null } : { levelId: null }
    void run(async () =>
      onSaved(await call('assessment.judgeLevel', { ...cell, ...judged, judgementRevision })),
    )
  }
  const levelName = (id: string | null) => course.levels.find(level => level.id === id)?.name ?? ''
  return (
    <Dialog
      isOpen
      onOpenChange={open => {
        if (!open) onClose()
      }}
      title={`${standard.code} · ${learner.name}`}
      closeLabel={common('close')}
    >
      <p className="text-muted">{standard.title}</p>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {changed ? (
        <Notice tone="warning" live>
          {t('changedMeanwhile')}
        </Notice>
      ) : null}
      {evidence ? (
        <>
          <div className="flex flex-col gap-1">
            {evidence.levelId ? (
              <p>
                <LevelMark levels={course.levels} levelId={evidence.levelId} judged={evidence.judged} />
              </p>
            ) : null}
            {evidence.judged ? <p className="text-sm">{t('judged')}</p> : null}
            <p className="text-sm text-muted">
              {evidence.percent === null
                ? t('notCalculated')
                : t('calculated', {
                    level: levelName(evidence.calculatedLevelId),
                    percent: evidence.percent,
                  })}
            </p>
          </div>
          <EvidenceList courseId={course.courseId} evidence={evidence.evidence} />
          <form onSubmit={save} className="flex flex-col gap-4 border-t border-line pt-4">
            <NativeSelect
              label={t('setLevel')}
              value={levelId}
              onChange={event => setLevelId(event.target.value)}
              options={[
                { id: '', label: t('useCalculated') },
                ...course.levels.map(({ id, name }) => ({ id, label: name })),
              ]}
            />
            {levelId ? (
              <TextField
                label={t('reason')}
                description={t('reasonHelp')}
                value={reason}
                onChange={setReason}
                maxLength={500}
                isRequired
              />
            ) : null}
            <div className="flex justify-end gap-3">
              <Button variant="secondary" onPress={onClose}>
                {common('cancel')}
              </Button>
              <Button type="submit" isPending={pending}>
                {t('save')}
              </Button>
            </div>
          </form>
          <JudgementHistory judgements={evidence.judgements} levels={course.levels} />
        </>
      ) : fault ? null : (
        <Skeleton className="h-48 w-full" />
      )}
    </Dialog>
  )
}
