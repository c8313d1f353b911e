'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'
import { useAction } from '../use-action.ts'
import { matching, withComment } from './with-comment.ts'

type CommentsDialogProps = { comment: string; onInsert: (comment: string) => void; onClose: () => void }
type Comment = OutputOf<'assessment.listSavedComments'>['items'][number]

/** The saved comments: to insert, change and delete, and to save the one that is being written. */
export function CommentsDialog({ comment, onInsert, onClose }: CommentsDialogProps) {
  const t = useTranslations('marking')
  const common = useTranslations('common')
  const lost = common('connectionLost')
  const [comments, setComments] = useState<Comment[] | null>(null)
  const [wanted, setWanted] = useState('')
  const [edited, setEdited] = useState<Comment | null>(null)
  const [unread, setUnread] = useState<string | null>(null)
  const [tooLong, setTooLong] = useState(false)
  const { run, pending, fault } = useAction()
  useEffect(() => {
    call('assessment.listSavedComments', {}).then(
      ({ items }) => setComments(items),
      failure => setUnread(faultText(failure, lost)),
    )
  }, [lost])
  const all = comments ?? []
  const found = matching(all, wanted)
  const written = comment.trim()
  const canKeep =
    written !== '' && written.length <= limits.savedCommentLength && !all.some(({ text }) => text === written)
  const insert = (text: string) => {
    const both = withComment(comment, text, limits.markCommentLength)
    setTooLong(both === null)
    if (both === null) return
    onInsert(both)
    onClose()
  }
  const insertFirst = (event: FormEvent) => {
    event.preventDefault()
    const [first] = found
    if (first) insert(first.text)
  }
  const keep = () =>
    run(async () => {
      const kept = await call('assessment.keepComment', { text: written })
      setComments([...all.filter(({ id }) => id !== kept.id), kept])
    })
  const change = (event: FormEvent) => {
    event.preventDefault()
    if (!edited || edited.text.trim() === '') return
    void run(async () => {
      const { id, text } = await call('assessment.changeComment', { commentId: edited.id, text: edited.text })
      setComments(all.map(one => (one.id === id ? { id, text } : one)))
      setEdited(null)
    })
  }
  const remove = (id: string) =>
    run(async () => {
      await call('assessment.deleteComment', { commentId: id })
      setComments(all.filter(one => one.id !== id))
    })
  const said = fault ?? unread ?? (tooLong ? t('commentTooLong') : null)
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('savedComments')} closeLabel={common('close')}>
      {said ? (
        <Notice tone="error" live>
          {said}
        </Notice>
      ) : null}
      {edited ? (
        <form onSubmit={change} className="flex flex-col gap-4">
          <TextArea
            label={t('editComment')}
            rows={4}
            maxLength={limits.savedCommentLength}
            value={edited.text}
            onChange={text => setEdited({ ...edited, text })}
            autoFocus
          />
          <div className="flex justify-end gap-3">
            <Button variant="secondary" onPress={() => setEdited(null)}>
              {common('cancel')}
            </Button>
            <Button type="submit" isPending={pending}>
              {t('saveComment')}
            </Button>
          </div>
        </form>
      ) : (
        <>
          <form onSubmit={insertFirst}>
            <TextField
              label={t('findComment')}
              description={t('findCommentHelp')}
              value={wanted}
              onChange={setWanted}
              autoFocus
            />
          </form>
          {comments && found.length === 0 ? (
            <p className="text-muted">{t(all.length === 0 ? 'noComments' : 'noSuchComment')}</p>
          ) : null}
          <ul className="flex flex-col gap-2 empty:hidden">
            {found.map(({ id, text }) => (
              <li key={id} className="flex flex-col gap-1 rounded-control border border-line p-2">
                <button
                  type="button"
                  onClick={() => insert(text)}
                  className="min-h-11 rounded-control px-2 text-start break-words whitespace-pre-wrap hover:bg-sunken"
                >
                  {text}
                </button>
                <div className="flex justify-end gap-2">
                  <Button
                    size="small"
                    variant="quiet"
                    aria-label={t('editThis', { text: text.slice(0, 60) })}
                    onPress={() => setEdited({ id, text })}
                  >
                    {t('edit')}
                  </Button>
                  <Button
                    size="small"
                    variant="quiet"
                    isDisabled={pending}
                    aria-label={t('deleteThis', { text: text.slice(0, 60) })}
                    onPress={() => void remove(id)}
                  >
                    {t('delete')}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
          {canKeep ? (
            <div className="flex flex-col items-start gap-2 border-t border-line pt-4">
              <p className="line-clamp-3 text-sm break-words whitespace-pre-wrap text-muted">{written}</p>
              <Button variant="secondary" onPress={() => void keep()} isPending={pending}>
                {t('keepComment')}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </Dialog>
  )
}
