'use client'
import type { Annotation } from '@azora/contracts/assessment/annotation.ts'
import { Button } from '@azora/ui/button.tsx'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useRef, useState } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { AnnotatedPdf } from '../../quiz/annotations/annotated-pdf.tsx'
import { NoteList } from '../../quiz/annotations/note-list.tsx'
import { pagesOn, placesOn } from '../../quiz/annotations/places-on.ts'
import { ZoomedPicture } from '../../quiz/annotations/zoomed-picture.tsx'
import { useAnnotating } from './annotating/use-annotating.tsx'
import type { AnswerToMark } from './use-mark.ts'

type MarkedFile = AnswerToMark['files'][number]
type FilesAnswerProps = {
  answer: AnswerToMark
  annotations: Annotation[]
  onAnnotate: (annotations: Annotation[]) => void
}

const speeds = ['0.75', '1', '1.25', '1.5', '2']

/** What was handed in: photos to look at closely, recordings to hear at one's own speed, all else to open or save. */
export function FilesAnswer({ answer, annotations, onAnnotate }: FilesAnswerProps) {
  const t = useTranslations('marking')
  const quiz = useTranslations('quiz')
  const { files } = answer
  const { add, actions, dialog, canAdd, isFull } = useAnnotating({
    answer,
    annotations,
    onChange: onAnnotate,
  })
  const names = Object.fromEntries(files.map(({ id, name }) => [id, name]))
  const locale = useLocale()
  return (
    <div className="flex flex-col gap-6">
      <ul className="flex flex-col gap-6">
        {files.map(file => (
          <li key={file.id} className="flex min-w-0 flex-col gap-3">
            <div className="flex flex-wrap items-center justify-between gap-3">
              <p className="min-w-0 font-semibold break-words">
                {t('fileOf', { name: file.name, size: sizeText(locale, file.size) })}
              </p>
              <a
                href={file.url}
                target="_blank"
                rel="noreferrer"
                className={buttonStyle({ variant: 'secondary', size: 'small' })}
              >
                <Icon name={isShown(file) ? 'link' : 'download'} />
                {t(isShown(file) ? 'openFile' : 'saveFile')}
                <span className="sr-only">{file.name}</span>
              </a>
            </div>
            {file.mediaType.startsWith('image/') ? (
              <ZoomedPicture
                id={answer.id}
                src={file.url}
                name={file.name}
                places={placesOn(annotations, file.id)}
              >
                {canAdd ? (
                  <Button
                    size="small"
                    variant="secondary"
                    onPress={() => add({ on: 'picture', file, area: middle })}
                  >
                    {t('annotatePicture')}
                  </Button>
                ) : null}
              </ZoomedPicture>
            ) : null}
            {file.mediaType === 'application/pdf' ? (
              <AnnotatedPdf
                id={answer.id}
                address={file.url}
                name={file.name}
                places={pagesOn(annotations, file.id)}
                onAnnotate={canAdd ? page => add({ on: 'page', file, page, area: middle }) : null}
              />
            ) : null}
            {file.mediaType.startsWith('audio/') ? <Recording file={file} /> : null}
          </li>
        ))}
      </ul>
      {isFull ? <p className="text-sm text-muted">{t('annotationsFull')}</p> : null}
      <NoteList id={answer.id} annotations={annotations} files={names} t={quiz} actions={actions} />
      {dialog}
    </div>
  )
}

/** Where a comment is before its place is chosen. */
const middle = { x: 0.5, y: 0.5, width: 0, height: 0 }

const isShown = ({ mediaType }: MarkedFile) => /^(image|audio)\/|^application\/pdf$/.test(mediaType)

function Recording({ file }: { file: MarkedFile }) {
  const t = useTranslations('marking')
  const locale = useLocale()
  const player = useRef<HTMLAudioElement>(null)
  const [speed, setSpeed] = useState('1')
  const digits = new Intl.NumberFormat(locale)
  return (
    <div className="flex flex-wrap items-end gap-3">
      {/* biome-ignore lint/a11y/useMediaCaption: nobody wrote down what a learner said */}
      <audio
        ref={player}
        controls
        preload="metadata"
        src={file.url}
        aria-label={file.name}
        className="min-w-0 flex-1"
      />
      <NativeSelect
        label={t('speed')}
        value={speed}
        onChange={({ target }) => {
          setSpeed(target.value)
          if (player.current) player.current.playbackRate = Number(target.value)
        }}
        options={speeds.map(id => ({ id, label: `${digits.format(Number(id))}×` }))}
      />
    </div>
  )
}
