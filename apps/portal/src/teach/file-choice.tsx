'use client'
import { Button } from '@azora/ui/button.tsx'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { FilePicker } from './files/file-picker.tsx'
import type { StoredFile } from './files/stored-file.ts'
import { UploadState, useUploads } from './uploads.tsx'

type FileChoiceProps = {
  courseId: string
  kind: 'video' | 'file'
  chosen: StoredFile | null
  onChoose: (file: StoredFile | null) => void
  /** What the API refuses about it. */
  fault?: string | undefined
}

/** The one file of a video or file lesson: chosen among those of the course, or uploaded. */
export function FileChoice({ courseId, kind, chosen, onChoose, fault }: FileChoiceProps) {
  const t = useTranslations('lessonEditor')
  const locale = useLocale()
  const { uploads, send } = useUploads(courseId)
  const upload = async (list: File[]) => {
    for (const stored of await send(list)) onChoose(stored)
  }
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1.5 text-sm font-semibold">{t(`file_${kind}`)}</legend>
      {chosen ? (
        <p className="flex items-center gap-3 rounded-control bg-sunken px-4 py-3">
          <Icon name={kind === 'video' ? 'video' : 'file'} className="text-accent" />
          <a href={chosen.url} className="min-w-0 flex-1 break-words underline underline-offset-4">
            {chosen.name}
          </a>
          <span className="text-sm whitespace-nowrap text-muted">{sizeText(locale, chosen.size)}</span>
        </p>
      ) : (
        <p className="text-sm text-muted">{t('noFile')}</p>
      )}
      {fault ? <p className="text-sm font-semibold text-bad">{fault}</p> : null}
      <div className="flex flex-wrap gap-3">
        <FilePicker
          courseId={courseId}
          {...(kind === 'video' ? { kind: 'video' as const } : {})}
          {...(chosen ? { without: [chosen.id] } : {})}
          onPick={onChoose}
        />
        {chosen ? (
          <Button variant="quiet" onPress={() => onChoose(null)}>
            {t('removeFile')}
          </Button>
        ) : null}
      </div>
      <FileDrop
        label={t(`upload_${kind}`)}
        browseLabel={t('browse')}
        {...(kind === 'video' ? { accept: ['video/mp4', 'video/webm'] } : {})}
        onFiles={upload}
      />
      <UploadState uploads={uploads} />
    </fieldset>
  )
}
