'use client'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'

type RecoveryCodesDialogProps = {
  codes: string[]
  email: string
  onKept: () => Promise<void>
}

/** Shows recovery codes this once, and stays until someone says that they have kept them. */
export function RecoveryCodesDialog({ codes, email, onKept }: RecoveryCodesDialogProps) {
  const t = useTranslations('security')
  const [copied, setCopied] = useState(false)
  const [kept, setKept] = useState(false)
  const [ending, setEnding] = useState(false)
  const text = `${t('codesOf', { email })}\n${location.host}\n\n${codes.join('\n')}\n`
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'))
    setCopied(true)
  }
  const download = () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
    const link = Object.assign(document.createElement('a'), { href: url, download: 'recovery-codes.txt' })
    link.click()
    URL.revokeObjectURL(url)
  }
  const finish = async () => {
    setEnding(true)
    await onKept().finally(() => setEnding(false))
  }
  return (
    <Dialog isOpen onOpenChange={() => undefined} title={t('keepTitle')} closeLabel="" isDismissable={false}>
      <p className="text-muted">{t('keepText')}</p>
      <div className="print-alone">
        <p className="hidden pb-4 print:block">{t('codesOf', { email })}</p>
        <ul
          aria-label={t('codesList')}
          className="grid grid-cols-1 gap-y-1.5 rounded-control bg-sunken px-5 py-4 font-mono text-sm break-words sm:text-base print:bg-white print:text-black"
        >
          {codes.map(code => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button variant="secondary" onPress={copy}>
          <Icon name="copy" />
          {copied ? t('copied') : t('copy')}
        </Button>
        <Button variant="secondary" onPress={download}>
          <Icon name="download" />
          {t('download')}
        </Button>
        <Button variant="secondary" onPress={() => window.print()}>
          <Icon name="printer" />
          {t('print')}
        </Button>
      </div>
      <div className="mt-2 flex flex-col gap-4 border-t border-line pt-5">
        <Checkbox isSelected={kept} onChange={setKept}>
          {t('kept')}
        </Checkbox>
        <Button onPress={finish} isDisabled={!kept} isPending={ending}>
          {t('finish')}
        </Button>
      </div>
    </Dialog>
  )
}
