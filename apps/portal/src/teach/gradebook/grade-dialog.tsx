'use client'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { type FormEvent, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { BookItem, GradeRow } from './book.ts'
import { typedScore } from './typed-score.ts'
import type { GradeChange, GradeEntry } from './use-grades.ts'

type GradeDialogProps = {
  learner: string
  /** Null for the course grade. */
  item: BookItem | null
  grades: GradeRow
  entry: GradeEntry
  pending: boolean
  fault: string | null
  onSave: (change: GradeChange) => void
  onClose: () => void
}

/** All that can be entered of one grade. */
export function GradeDialog({
  learner,
  item,
  grades,
  entry,
  pending,
  fault,
  onSave,
  onClose,
}: GradeDialogProps) {
  const t = useTranslations('gradebook')
  const common = useTranslations('common')
  // What is changed here is told from what was there when it opened.
  const [opened] = useState(entry)
  const [text, setText] = useState(opened.score === null ? '' : String(opened.score))
  const [excused, setExcused] = useState(opened.excused)
  const [comment, setComment] = useState(opened.comment ?? '')
  const [reason, setReason] = useState('')
  const [isFaulty, setFaulty] = useState(false)
  const replaces = item === null || item.quizId !== null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const score = typedScore(text)
    setFaulty(score === undefined)
    if (score === undefined) return
    const written = comment.trim() || null
    onSave({
      ...(score === opened.score && excused === opened.excused ? {} : { score, excused }),
      ...(written === opened.comment ? {} : { comment: written }),
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    })
  }
  const help = item
    ? t(item.quizId ? 'scoreHelpQuiz' : 'scoreHelp', { points: item.points })
    : t('scoreHelpCourse')
  return (
    <Dialog
      isOpen
      onOpenChange={open => {
        if (!open) onClose()
      }}
      title={`${item?.title ?? t('courseGrade')} · ${learner}`}
      closeLabel={common('close')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {item === null && grades.calculatedPercent !== null ? (
          <p className="text-muted">{t('calculated', { percent: grades.calculatedPercent })}</p>
        ) : null}
        <TextField
          label={t('score')}
          value={text}
          onChange={setText}
          inputMode="decimal"
          description={help}
          autoFocus
        />
        {isFaulty ? (
          <p role="alert" className="text-sm text-bad">
            {t('notNumber')}
          </p>
        ) : null}
        {item ? (
          <>
            <Checkbox isSelected={excused} onChange={setExcused}>
              {t('excuse')}
              <span className="block text-sm text-muted">{t('excuseHelp')}</span>
            </Checkbox>
            <TextArea label={t('comment')} value={comment} onChange={setComment} rows={3} maxLength={2000} />
          </>
        ) : null}
        {replaces ? (
          <TextField
            label={t('reason')}
            value={reason}
            onChange={setReason}
            description={t('reasonHelp')}
            maxLength={500}
          />
        ) : null}
        {fault ? (
          <Notice tone="error" live>
            {fault}
          </Notice>
        ) : null}
        <div className="flex justify-end gap-3">
          <Button variant="secondary" onPress={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" isPending={pending}>
            {t('saveGrade')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
