'use client'
import { embedNames } from '@azora/contracts/embeds.ts'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { type FormEvent, useState } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { embedFrom } from './foreign-html.ts'

type EmbedDialogProps = {
  present?: { href: string; title: string }
  onEmbed: (embed: { href: string; title: string }) => void
  onClose: () => void
}

/** Asks for the address, or the code with a frame, of something to show; says what is accepted when it is not. */
export function EmbedDialog({ present, onEmbed, onClose }: EmbedDialogProps) {
  const t = useTranslations('richText')
  const common = useTranslations('common')
  const locale = useLocale()
  const [address, setAddress] = useState(present?.href ?? '')
  const [title, setTitle] = useState(present?.title ?? '')
  const [refused, setRefused] = useState(false)
  const names = new Intl.ListFormat(locale).format(embedNames)
  const set = (event: FormEvent) => {
    event.preventDefault()
    // The form is drawn in a portal; React would hand the event on to the form around the editor.
    event.stopPropagation()
    const found = embedFrom(address)
    if (!found) return setRefused(true)
    onEmbed({ href: found.href, title: title.trim() || found.title })
    onClose()
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('embed')} closeLabel={common('close')}>
      <form onSubmit={set} className="flex flex-col gap-5">
        <TextField
          label={t('embedAddress')}
          description={t('embedHelp', { names })}
          value={address}
          onChange={next => {
            setAddress(next)
            setRefused(false)
          }}
          isRequired
          autoFocus
        />
        {refused ? (
          <Notice tone="error" live title={t('embedRefused')}>
            <p>{t('embedAccepted', { names })}</p>
          </Notice>
        ) : null}
        <TextField
          label={t('embedTitle')}
          description={t('embedTitleHelp')}
          value={title}
          onChange={setTitle}
        />
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="secondary" onPress={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit">{t(present ? 'keptSave' : 'embedInsert')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
