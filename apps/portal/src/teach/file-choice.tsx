'use client'
import type { file } from '@azora/contracts/education/shapes.ts'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Select } from '@azora/ui/select.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useState } from 'react'
import type { z } from 'zod'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { UploadState, useUploads } from './uploads.tsx'

export type StoredFile = z.infer<typeof file>

type FileChoiceProps = {
  courseId: string
  kind: 'video' | 'file'
  /** The files that the course has already. */
  files: StoredFile[]
  chosen: StoredFile | null
  onChoose: (file: StoredFile | null) => void
  /** Where the API's fault of this field is shown. */
  name: string
}

const noFile = 'none'

/** The one file of a video or file lesson: chosen among those of the course, or uploaded. */
export function FileChoice({ courseId, kind, files, chosen, onChoose, name }: FileChoiceProps) {
  const t = useTranslations('lessonEditor')
  const locale = useLocale()
  const { uploads, send } = useUploads(courseId)
  const [added, setAdded] = useState<StoredFile[]>([])
  const known = [
    ...new Map([...files, ...added, ...(chosen ? [chosen] : [])].map(one => [one.id, one])).values(),
  ]
  const offered = known.filter(
    one => kind === 'file' || one.mediaType.startsWith('video/') || one.id === chosen?.id,
  )
  const upload = async (list: File[]) => {
    for (const stored of await send(list)) {
      setAdded(before => [...before, stored])
      onChoose(stored)
    }
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
      {offered.length ? (
        <Select
          label={t('chooseExisting')}
          name={name}
          value={chosen?.id ?? noFile}
          onChange={id => onChoose(known.find(one => one.id === id) ?? null)}
          options={[
            { id: noFile, label: t('noneOption') },
            ...offered.map(one => ({ id: one.id, label: one.name })),
          ]}
        />
      ) : null}
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
