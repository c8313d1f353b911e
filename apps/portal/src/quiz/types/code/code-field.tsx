'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useRef, useState } from 'react'
import { CodeFiles, type ErrorPlace, type FilesHandle } from '../../../code/code-files.tsx'
import { type OwnInput, useRun } from '../../../code/runs/use-run.ts'
import { useTranslations } from '../../../i18n/client.tsx'
import type { FieldProps } from '../answer-field.ts'
import { answerOf, filesWith } from './contents.ts'
import { RunPanel } from './run-panel.tsx'
import { useRunner } from './runs.tsx'

/** A program in its editor. It is kept and sent as any other answer is. */
export function CodeField({
  question,
  answers,
  onAnswer,
  isDisabled,
  labelledBy,
  describedBy,
}: FieldProps<'code'>) {
  const t = useTranslations('code')
  const common = useTranslations('common')
  const state = useRun(useRunner())
  const [asking, setAsking] = useState(false)
  const code = useRef<FilesHandle>(null)
  const { body } = question
  const answer = answers[question.id] ?? []
  const files = filesWith(body, answer)
  const hintId = `keys-${question.id}`
  const isAsItBegan = answerOf(body, files).length === 0
  const written = files.filter(({ locked }) => !locked).map(({ content }) => content)
  const run = (own?: OwnInput) => {
    const program = { ...body, files }
    if (!isDisabled)
      void state.run({ questionId: question.id, files: written, program, ...(own ? { own } : {}) })
  }
  const place: ErrorPlace | null = state.results.find(({ error }) => error !== null)?.error ?? null
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <CodeFiles
        ref={code}
        labelledBy={labelledBy}
        describedBy={`${describedBy} ${hintId}`}
        files={files}
        onChange={(path, content) => {
          const changed = files.map(file => (file.path === path ? { ...file, content } : file))
          onAnswer(question.id, answerOf(body, changed))
        }}
        isReadOnly={isDisabled}
        errorPlace={place}
        onRun={() =>
          run(body.tests.length > 0 || body.style?.length ? undefined : { stdin: '', arguments: [] })
        }
      />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p id={hintId} className="text-sm text-muted pointer-coarse:sr-only">
          {t('leaveHint')}
        </p>
        <Button
          variant="quiet"
          size="small"
          isDisabled={isDisabled || isAsItBegan}
          onPress={() => setAsking(true)}
        >
          <Icon name="refresh" />
          {t('startAgain')}
        </Button>
      </div>
      <RunPanel
        body={body}
        state={state}
        onRun={run}
        onStop={state.stop}
        onGoTo={where => code.current?.goTo(where)}
        isDisabled={isDisabled}
      />
      <ConfirmDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('startAgainTitle')}
        confirmLabel={t('startAgain')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={() => onAnswer(question.id, [])}
      >
        {t('startAgainText')}
      </ConfirmDialog>
    </div>
  )
}
