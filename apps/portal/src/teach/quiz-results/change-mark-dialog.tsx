'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { useRouter } from 'next/navigation'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'

export type ChangeableMark = {
  submissionId: string
  questionId: string
  number: number
  revision: number
  awarded: number
  points: number
  /** With what was said, where the points were given by hand already. */
  adjustment: { kind: string; reason: string | null; comment: string | null } | null
}

/** Asks for other points and the reason; what was given by hand can be taken back. */
export function ChangeMarkDialog({ mark, onClose }: { mark: ChangeableMark; onClose: () => void }) {
  const t = useTranslations('regrading')
  const common = useTranslations('common')
  const router = useRouter()
  const { submissionId, questionId, revision, points, adjustment } = mark
  const { kind, reason, comment } = adjustment ?? { kind: null, reason: null, comment: null }
  const named = { submissionId, questionId, revision }
  const done = () => {
    onClose()
    router.refresh()
  }
  const save = async (data: FormData) => {
    await call('assessment.overrideMark', {
      ...named,
      awarded: Number(data.get('awarded')),
      reason: String(data.get('reason')),
      comment: String(data.get('comment')),
    })
    done()
  }
  const takeBack = async () => {
    await call('assessment.takeBackOverride', named)
    done()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('change', { number: mark.number })}
      closeLabel={common('close')}
    >
      <p className="text-muted">{t('changeText')}</p>
      <Form onSubmit={save} failure={common('connectionLost')}>
        <NumberField
          label={t('points')}
          name="awarded"
          description={t('pointsHelp', { most: points })}
          minValue={0}
          maxValue={points}
          defaultValue={mark.awarded}
          isRequired
          autoFocus
        />
        <TextArea
          label={t('reason')}
          name="reason"
          rows={2}
          description={t('reasonHelp')}
          minLength={3}
          maxLength={limits.overrideReasonLength}
          defaultValue={reason ?? ''}
          isRequired
        />
        <TextArea
          label={t('comment')}
          name="comment"
          rows={2}
          maxLength={limits.markCommentLength}
          defaultValue={comment ?? ''}
        />
        <div className="flex flex-col-reverse gap-3 pt-1 sm:flex-row sm:justify-end">
          <Button variant="secondary" onPress={onClose}>
            {common('cancel')}
          </Button>
          <SubmitButton>{t('save')}</SubmitButton>
        </div>
      </Form>
      {kind === 'override' ? (
        <Form onSubmit={takeBack} failure={common('connectionLost')}>
          <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
            <p className="text-sm text-muted">{t('takeBackText')}</p>
            <SubmitButton variant="quiet">{t('takeBack')}</SubmitButton>
          </div>
        </Form>
      ) : null}
    </Dialog>
  )
}
