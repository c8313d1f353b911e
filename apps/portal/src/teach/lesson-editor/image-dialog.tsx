'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { FilePicker } from '../files/file-picker.tsx'
import { UploadState, useUploads } from '../uploads.tsx'

type ImageDialogProps = {
  courseId: string
  onClose: () => void
  onImage: (image: { src: string; alt: string }) => void
}

/** Uploads a picture to the course and asks what it shows, before it goes into the text. */
export function ImageDialog({ courseId, onClose, onImage }: ImageDialogProps) {
  const t = useTranslations('richText')
  const common = useTranslations('common')
  const [src, setSrc] = useState<string | null>(null)
  const [alt, setAlt] = useState('')
  const { uploads, send } = useUploads(courseId)
  const upload = async (files: File[]) => {
    const [stored] = await send(files)
    if (stored) setSrc(stored.url)
  }
  const insert = () => {
    if (!src) return
    onImage({ src, alt: alt.trim() })
    onClose()
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('imageTitle')} closeLabel={common('close')}>
      {src ? (
        <img src={src} alt="" className="max-h-60 self-center rounded-control" />
      ) : (
        <>
          <FileDrop
            label={t('imageDrop')}
            browseLabel={t('imageBrowse')}
            accept={['image/*']}
            onFiles={upload}
          />
          <FilePicker courseId={courseId} kind="image" onPick={file => setSrc(file.url)} />
        </>
      )}
      <UploadState uploads={uploads} />
      <TextField label={t('imageAlt')} description={t('imageAltHelp')} value={alt} onChange={setAlt} />
      <div className="flex flex-wrap justify-end gap-3">
        <Button variant="secondary" onPress={onClose}>
          {common('cancel')}
        </Button>
        <Button onPress={insert} isDisabled={!src}>
          {t('imageInsert')}
        </Button>
      </div>
    </Dialog>
  )
}
