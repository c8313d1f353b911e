'use client'
import { Button } from '@azora/ui/button.tsx'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { FilePicker } from '../files/file-picker.tsx'
import type { StoredFile } from '../files/stored-file.ts'
import { UploadState, useUploads } from '../uploads.tsx'

type LessonAttachmentsProps = {
  courseId: string
  /** Those of the course that are known here. */
  files: StoredFile[]
  /** The ids of those that stand below the lesson. */
  chosen: string[]
  onFile: (file: StoredFile) => void
  onChange: (ids: string[]) => void
}

/** The files that stand below a lesson for download. */
export function LessonAttachments({ courseId, files, chosen, onFile, onChange }: LessonAttachmentsProps) {
  const t = useTranslations('lessonEditor')
  const locale = useLocale()
  const { uploads, send } = useUploads(courseId)
  const attached = chosen.flatMap(id => files.find(file => file.id === id) ?? [])
  const upload = async (list: File[]) => {
    const stored = await send(list)
    for (const file of stored) onFile(file)
    if (stored.length) onChange([...chosen, ...stored.map(file => file.id)])
  }
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1.5 text-sm font-semibold">{t('attachments')}</legend>
      <p className="text-sm text-muted">{t('attachmentsHelp')}</p>
      {attached.length ? (
        <ul className="flex flex-col gap-1">
          {attached.map(file => (
            <li key={file.id} className="flex items-center gap-2 rounded-control bg-sunken ps-3 text-sm">
              <a href={file.url} className="min-w-0 flex-1 py-2 break-all underline underline-offset-4">
                {file.name}
              </a>
              <span className="whitespace-nowrap text-muted">{sizeText(locale, file.size)}</span>
              <Button
                variant="quiet"
                size="small"
                aria-label={t('removeAttachment', { name: file.name })}
                onPress={() => onChange(chosen.filter(id => id !== file.id))}
              >
                <Icon name="close" />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <FilePicker
        courseId={courseId}
        without={chosen}
        onPick={file => {
          onFile(file)
          onChange([...chosen, file.id])
        }}
      />
      <FileDrop label={t('upload_file')} browseLabel={t('browse')} multiple onFiles={upload} />
      <UploadState uploads={uploads} />
    </fieldset>
  )
}
