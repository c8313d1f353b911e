'use client'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useEffect, useRef, useState } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { upload } from '../../lib/api.browser.ts'
import { uploadFault } from '../upload-fault.ts'

/** Sends a cartridge, showing how much of it has gone, and opens the page of its import. */
export function ImportUpload() {
  const t = useTranslations('imports')
  const common = useTranslations('common')
  const uploads = useTranslations('uploads')
  const locale = useLocale()
  const [file, setFile] = useState<File | null>(null)
  const [part, setPart] = useState(0)
  const [fault, setFault] = useState<string | null>(null)
  const sending = file !== null && fault === null
  // Whether leaving the page would cut the upload off.
  const underWay = useRef(false)
  useEffect(() => {
    const stay = (event: BeforeUnloadEvent) => {
      if (underWay.current) event.preventDefault()
    }
    addEventListener('beforeunload', stay)
    return () => removeEventListener('beforeunload', stay)
  }, [])
  const send = async (chosen: File) => {
    setFile(chosen)
    setPart(0)
    setFault(null)
    underWay.current = true
    try {
      const begun = await upload('education.importCartridge', { name: chosen.name }, chosen, setPart)
      underWay.current = false
      location.assign(`/teach/imports/${begun.id}`)
    } catch (failure) {
      underWay.current = false
      setFault(uploadFault(failure, locale, uploads, common('connectionLost')))
    }
  }
  const percent = Math.floor(part * 100)
  return (
    <div className="flex flex-col gap-5">
      {fault ? (
        <Notice tone="error" live title={t('notSent', { file: file?.name ?? '' })}>
          <p>{fault}</p>
          {file ? (
            <Button variant="secondary" size="small" className="mt-3" onPress={() => send(file)}>
              {t('sendAgain')}
            </Button>
          ) : null}
        </Notice>
      ) : null}
      {sending ? (
        <Card className="flex flex-col gap-3">
          <p className="font-semibold break-words">{file.name}</p>
          <ProgressBar label={t('sending', { size: sizeText(locale, file.size) })} percent={percent} />
          <p className="text-sm text-muted" role="status">
            {part === 1 ? t('arrived') : t('stayHere')}
          </p>
        </Card>
      ) : (
        <FileDrop
          label={t('drop')}
          browseLabel={t('browse')}
          description={t('accept')}
          accept={['.imscc', '.zip', 'application/zip']}
          onFiles={([chosen]) => chosen && send(chosen)}
        />
      )}
    </div>
  )
}
