'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { FilePicker } from '../../files/file-picker.tsx'
import { UploadState, useUploads } from '../../uploads.tsx'
import { useCourseOfEditor } from '../course-of-editor.ts'
import type { Picture } from '../picture-draft.ts'
import { LabelledText } from './labelled.tsx'

type PictureChoiceProps = { picture: Picture | null; onChange: (picture: Picture | null) => void }

/** The size of a picture, which only the browser that shows it knows. @throws where it is none. */
async function sizeOf(url: string): Promise<{ width: number; height: number }> {
  const image = new Image()
  image.src = url
  await image.decode()
  return { width: image.naturalWidth, height: image.naturalHeight }
}

/** The picture of a question: a file of the course, chosen or uploaded, and what it shows in words. */
export function PictureChoice({ picture, onChange }: PictureChoiceProps) {
  const t = useTranslations('quizEditor')
  const courseId = useCourseOfEditor()
  const [unread, setUnread] = useState(false)
  const { uploads, send } = useUploads(courseId)
  const choose = async ({ url }: { url: string }) => {
    setUnread(false)
    try {
      onChange({ address: url, alt: picture?.alt ?? '', ...(await sizeOf(url)) })
    } catch (failure) {
      console.warn('The browser cannot show this file as a picture.', failure)
      setUnread(true)
    }
  }
  return (
    <div className="flex flex-col gap-3">
      {picture ? (
        <div className="flex flex-wrap items-end gap-3">
          <LabelledText
            label={t('pictureAlt')}
            placeholder={t('pictureAltExample')}
            value={picture.alt}
            onText={alt => onChange({ ...picture, alt })}
            maxLength={limits.shortTextLength}
            className="min-w-56 flex-1"
          />
          <FilePicker courseId={courseId} kind="image" onPick={choose} />
          <Button variant="quiet" onPress={() => onChange(null)}>
            {t('removePicture')}
          </Button>
        </div>
      ) : (
        <>
          <FileDrop
            label={t('pictureDrop')}
            browseLabel={t('pictureBrowse')}
            accept={['image/*']}
            onFiles={async files => {
              const [stored] = await send(files.slice(0, 1))
              if (stored) await choose(stored)
            }}
          />
          <div>
            <FilePicker courseId={courseId} kind="image" onPick={choose} />
          </div>
        </>
      )}
      <UploadState uploads={uploads} />
      {unread ? (
        <Notice tone="error" live>
          {t('pictureUnread')}
        </Notice>
      ) : null}
    </div>
  )
}
