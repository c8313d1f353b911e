'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import type { Editor } from '@tiptap/react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'

/** Sets, changes or removes the link of the selected text; without a selection the address becomes the text. */
export function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const t = useTranslations('richText')
  const common = useTranslations('common')
  const present = String(editor.getAttributes('link').href ?? '')
  const [address, setAddress] = useState(present)
  const set = (event: FormEvent) => {
    event.preventDefault()
    // The form is drawn in a portal; React would hand the event on to the form around the editor.
    event.stopPropagation()
    const typed = address.trim()
    if (!typed) return
    const href = /^([a-z][a-z+.-]*:|[/#?.])/i.test(typed) ? typed : `https://${typed}`
    const chain = editor.chain().focus().extendMarkRange('link')
    if (editor.state.selection.empty && !present)
      chain.insertContent({ type: 'text', text: typed, marks: [{ type: 'link', attrs: { href } }] }).run()
    else chain.setLink({ href }).run()
    onClose()
  }
  const remove = () => {
    editor.chain().focus().extendMarkRange('link').unsetLink().run()
    onClose()
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('linkTitle')} closeLabel={common('close')}>
      <form onSubmit={set} className="flex flex-col gap-5">
        <TextField
          label={t('linkAddress')}
          description={t('linkHelp')}
          value={address}
          onChange={setAddress}
          isRequired
          autoFocus
        />
        <div className="flex flex-wrap justify-end gap-3">
          {present ? (
            <Button variant="danger" onPress={remove}>
              {t('linkRemove')}
            </Button>
          ) : null}
          <Button type="submit">{t('linkSet')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
