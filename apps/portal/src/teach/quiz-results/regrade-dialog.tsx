'use client'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type InputOf, type OutputOf } from '../../lib/api.browser.ts'
import { useAction } from '../use-action.ts'
import { RegradeChoices } from './regrade-choices.tsx'
import { RegradePreview } from './regrade-preview.tsx'
import { RegradeProgress } from './regrade-progress.tsx'

export type RegradeProps = {
  quizId: string
  courseId: string
  /** Those that were changed after attempts. */
  questions: OutputOf<'assessment.getRegrade'>['questions']
  running: boolean
}

type RegradeDialogProps = RegradeProps & { onClose: () => void }
type Choices = Pick<InputOf<'assessment.previewRegrade'>, 'questions' | 'neverLower'>
type Preview = OutputOf<'assessment.previewRegrade'>

/** Choose what to do with each changed question, see what that changes, and apply it. */
export function RegradeDialog({ quizId, courseId, questions, running, onClose }: RegradeDialogProps) {
  const t = useTranslations('regrading')
  const common = useTranslations('common')
  const router = useRouter()
  const [started, setStarted] = useState(running)
  const [choices, setChoices] = useState<Choices>({ questions: [], neverLower: false })
  const [preview, setPreview] = useState<Preview | null>(null)
  const { run, pending, fault } = useAction()
  const close = () => {
    onClose()
    router.refresh()
  }
  const show = () =>
    run(async () => setPreview(await call('assessment.previewRegrade', { quizId, ...choices })))
  const start = (version: string, tellLearners: boolean) =>
    run(async () => {
      await call('assessment.startRegrade', { quizId, ...choices, version, tellLearners })
      setStarted(true)
    })
  return (
    <Dialog isOpen onOpenChange={close} title={t('regradeTitle')} closeLabel={common('close')}>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {started ? (
        <RegradeProgress quizId={quizId} onClose={close} />
      ) : preview ? (
        <RegradePreview
          preview={preview}
          courseId={courseId}
          pending={pending}
          onBack={() => setPreview(null)}
          onStart={start}
        />
      ) : (
        <RegradeChoices
          questions={questions}
          choices={choices}
          pending={pending}
          onChange={setChoices}
          onPreview={show}
        />
      )}
    </Dialog>
  )
}
