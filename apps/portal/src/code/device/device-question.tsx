'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { type ProgramFiles, programFilesAddress } from '@azora/web/programs/protocol.ts'
import { sizeText } from '@azora/web/size.ts'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import type { Place } from './choice.ts'

/** Until the files say it themselves: what Python takes, compressed. */
const usualBytes = 6_000_000

/** Asks once whether a language is to be fetched for this device. */
export function DeviceQuestion({
  language,
  onAnswer,
}: {
  language: string
  onAnswer: (place: Place | null) => void
}) {
  const t = useTranslations('code')
  const common = useTranslations('common')
  const locale = useLocale()
  const [bytes, setBytes] = useState(usualBytes)
  useEffect(() => {
    const read = async () => {
      const answer = await fetch(programFilesAddress)
      const files = (await answer.json()) as Partial<ProgramFiles>
      setBytes(files[language as keyof ProgramFiles]?.transferBytes ?? usualBytes)
    }
    read().catch(() => {})
  }, [language])
  const size = sizeText(locale, Math.round(bytes / 1e6) * 1e6)
  return (
    <Dialog
      isOpen
      onOpenChange={open => {
        if (!open) onAnswer(null)
      }}
      title={t('deviceTitle')}
      closeLabel={common('cancel')}
    >
      <p>{t('deviceText', { size })}</p>
      <p className="text-muted">{t('deviceSubmit')}</p>
      <div className="mt-2 flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">
        <Button variant="secondary" onPress={() => onAnswer('server')}>
          {t('onServer')}
        </Button>
        <Button onPress={() => onAnswer('device')} autoFocus>
          {t('onDevice')}
        </Button>
      </div>
    </Dialog>
  )
}
