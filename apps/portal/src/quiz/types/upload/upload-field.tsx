'use client'
import { Button } from '@azora/ui/button.tsx'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import { sizeText } from '@azora/web/size.ts'
import dynamic from 'next/dynamic'
import { useCallback, useRef, useState, useSyncExternalStore } from 'react'
import { useLocale, useTranslations } from '../../../i18n/client.tsx'
import { call } from '../../../lib/api.browser.ts'
import type { FieldProps } from '../answer-field.ts'
import { FoldedRubric } from '../rubric.tsx'
import { useFiles } from './files.tsx'
import type { QueuedFile } from './queue.ts'
import { shrinkPhoto } from './shrink-photo.ts'
import { accepted, filesIn } from './taken.ts'
import { FileRow } from './uploaded-files.tsx'

const Recorder = dynamic(() => import('./recorder.tsx').then(part => part.Recorder))

const none: readonly QueuedFile[] = []

/** Files to choose, to photograph or to record, those that arrived, and those that are on their way. */
export function UploadField({
  question,
  answers,
  onAnswer,
  isDisabled,
  labelledBy,
  describedBy,
}: FieldProps<'upload'>) {
  const t = useTranslations('upload')
  const quiz = useTranslations('quiz')
  const lost = useTranslations('common')('connectionLost')
  const locale = useLocale()
  const { submissionId, queue } = useFiles()
  const { kinds, mostFiles, mostBytes, rubric } = question.body
  const queued = useSyncExternalStore(
    useCallback((told: () => void) => queue?.subscribe(told) ?? (() => undefined), [queue]),
    () => queue?.files() ?? none,
    () => none,
  ).filter(({ questionId }) => questionId === question.id)
  const arrived = filesIn(answers[question.id] ?? [])
  const [said, setSaid] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const choose = useRef<HTMLInputElement>(null)
  const room = mostFiles - arrived.length - queued.filter(({ state }) => state !== 'refused').length
  const size = (bytes: number) => sizeText(locale, bytes)

  /** @returns whether all of them were taken. */
  const add = async (list: readonly File[]): Promise<boolean> => {
    setFault(null)
    if (!queue) return false
    let taken = list.length <= room
    const notes: string[] = []
    if (list.length > room) setFault(t('tooMany', { count: mostFiles }))
    for (const given of list.slice(0, room)) {
      const { file, redrawn } = kinds.includes('photo')
        ? await shrinkPhoto(given)
        : { file: given, redrawn: false }
      if (file.size > mostBytes) {
        setFault(t('tooLarge', { name: given.name, size: size(file.size), most: size(mostBytes) }))
        taken = false
        continue
      }
      if (redrawn)
        notes.push(t('redrawn', { name: file.name, before: size(given.size), after: size(file.size) }))
      await queue.add(question.id, file)
    }
    setSaid(notes.join(' '))
    return taken
  }
  const remove = async (uploadId: string) => {
    setFault(null)
    try {
      const { answer } = await call('assessment.removeUpload', {
        submissionId,
        questionId: question.id,
        uploadId,
      })
      onAnswer(question.id, answer)
      queue?.told(question.id, answer)
      setSaid(t('removed'))
    } catch (failure) {
      setFault(faultText(failure, lost))
    }
    choose.current?.focus()
  }
  const picked = (input: HTMLInputElement) => {
    const list = [...(input.files ?? [])]
    input.value = ''
    void add(list)
  }
  const isClosed = isDisabled || room <= 0 || !queue
  const limits = t('limits', {
    kinds: new Intl.ListFormat(locale, { type: 'disjunction' }).format(kinds.map(kind => t(`kind_${kind}`))),
    count: mostFiles,
    most: size(mostBytes),
  })
  return (
    // biome-ignore lint/a11y/useSemanticElements: named by the text of the question
    <div
      role="group"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className="flex min-w-0 flex-col gap-4"
    >
      <FoldedRubric rubric={rubric} t={quiz} />
      {queue === null ? <Notice>{t('preview')}</Notice> : null}
      <ul className="flex flex-col gap-2 empty:hidden">
        {arrived.map(file => (
          <FileRow key={file.id} file={file}>
            <Button
              variant="quiet"
              size="small"
              isDisabled={isDisabled || queue === null}
              onPress={() => void remove(file.id)}
            >
              <Icon name="trash" />
              <span className="sr-only">{t('remove', { name: file.name })}</span>
            </Button>
          </FileRow>
        ))}
        {queued.map(file => (
          <li key={file.id} className="flex flex-col gap-2 rounded-control border border-line px-4 py-3">
            <div className="flex items-center gap-3">
              <span className="min-w-0 flex-1 break-words">{file.name}</span>
              <span className="text-sm whitespace-nowrap text-muted">{size(file.size)}</span>
              <Button variant="quiet" size="small" onPress={() => void queue?.cancel(file.id)}>
                <Icon name="close" />
                <span className="sr-only">{t('remove', { name: file.name })}</span>
              </Button>
            </div>
            {file.state === 'refused' ? (
              <div className="flex flex-wrap items-center gap-3">
                <p role="alert" className="text-sm font-semibold text-bad-ink">
                  {faultText(file.fault, lost)}
                </p>
                <Button variant="secondary" size="small" onPress={() => queue?.again(file.id)}>
                  {t('again')}
                </Button>
              </div>
            ) : file.state === 'sending' ? (
              <ProgressBar label={t('sending', { name: file.name })} labelHidden percent={file.part * 100} />
            ) : (
              <p className="flex items-center gap-2 text-sm font-medium text-amber-ink">
                <Icon name="offline" />
                {t(file.kept ? 'waiting' : 'waitingHere')}
              </p>
            )}
          </li>
        ))}
      </ul>
      {room > 0 ? (
        <div className="flex flex-wrap gap-3">
          <label
            className={`${buttonStyle({ variant: 'secondary' })} has-focus-visible:outline-2 ${isClosed ? 'opacity-55' : 'cursor-pointer'}`}
          >
            <Icon name="upload" />
            {t('choose')}
            <input
              ref={choose}
              type="file"
              className="sr-only"
              accept={accepted(kinds)}
              multiple={room > 1}
              disabled={isClosed}
              onChange={event => picked(event.target)}
            />
          </label>
          {kinds.includes('photo') ? (
            <label
              className={`${buttonStyle({ variant: 'secondary' })} pointer-fine:hidden has-focus-visible:outline-2 ${isClosed ? 'opacity-55' : 'cursor-pointer'}`}
            >
              <Icon name="camera" />
              {t('takePhoto')}
              <input
                type="file"
                className="sr-only"
                accept="image/*"
                capture="environment"
                disabled={isClosed}
                onChange={event => picked(event.target)}
              />
            </label>
          ) : null}
        </div>
      ) : null}
      {kinds.includes('audio') && room > 0 ? (
        <Recorder mostBytes={mostBytes} isDisabled={isClosed} onRecorded={file => add([file])} />
      ) : null}
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <p className="text-sm text-muted">{limits}</p>
      {kinds.includes('photo') ? <p className="text-sm text-muted">{t('photosRedrawn')}</p> : null}
      <p role="status" className="text-sm text-muted empty:hidden">
        {said}
      </p>
    </div>
  )
}
