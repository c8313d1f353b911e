'use client'
import type { Annotation } from '@azora/contracts/assessment/annotation.ts'
import { quoteOf } from '@azora/contracts/assessment/annotation-quote.ts'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { call, type OutputOf } from '../../../lib/api.browser.ts'
import { withComment } from '../with-comment.ts'
import type { Area } from './area.ts'
import { PagePlace } from './page-place.tsx'
import { PicturePlace } from './picture-place.tsx'
import { type Passage, TextPlace } from './text-place.tsx'

/** A file of an answer. */
export type TargetFile = { id: string; name: string; url: string }

/** What is commented on: words of a text, or a place on a picture or a page. `passage` and `area` are where it begins. */
export type Target =
  | { on: 'text'; text: string; passage: Passage | null }
  | { on: 'picture'; file: TargetFile; area: Area }
  | { on: 'page'; file: TargetFile; page: number; area: Area }

type AnnotateDialogProps = {
  target: Target
  /** What was said so far, where it is changed. */
  comment: string
  onSave: (annotation: Annotation) => void
  onClose: () => void
}
const titles = { text: 'annotateWords', picture: 'annotatePicture', page: 'annotatePage' } as const

type Comment = OutputOf<'assessment.listSavedComments'>['items'][number]

/** Chooses a place in an answer and says something about it. */
export function AnnotateDialog({ target, comment: before, onSave, onClose }: AnnotateDialogProps) {
  const t = useTranslations('marking')
  const common = useTranslations('common')
  const [passage, setPassage] = useState(target.on === 'text' ? target.passage : null)
  const [area, setArea] = useState(target.on === 'text' ? { x: 0, y: 0, width: 0, height: 0 } : target.area)
  const [comment, setComment] = useState(before)
  const [saved, setSaved] = useState<Comment[]>([])
  useEffect(() => {
    // Without them one writes.
    call('assessment.listSavedComments', {}).then(
      ({ items }) => setSaved(items),
      () => {},
    )
  }, [])
  const said = comment.trim()
  const canSave = said !== '' && (target.on !== 'text' || passage !== null)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!canSave) return
    if (target.on === 'picture') onSave({ on: 'picture', fileId: target.file.id, ...area, comment: said })
    else if (target.on === 'page')
      onSave({ on: 'page', fileId: target.file.id, page: target.page, ...area, comment: said })
    else if (passage) {
      const { start, end } = passage
      onSave({ on: 'text', start, end, quote: quoteOf(target.text, start, end), comment: said })
    }
    onClose()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t(before ? 'changeAnnotation' : titles[target.on])}
      closeLabel={common('close')}
    >
      <form onSubmit={save} className="flex flex-col gap-4">
        {target.on === 'text' ? (
          <TextPlace text={target.text} chosen={passage} onChoose={setPassage} />
        ) : target.on === 'page' ? (
          <PagePlace file={target.file} page={target.page} area={area} onChange={setArea} />
        ) : (
          <PicturePlace src={target.file.url} name={target.file.name} area={area} onChange={setArea} />
        )}
        <TextArea
          label={t('annotationComment')}
          rows={3}
          maxLength={limits.annotationLength}
          value={comment}
          onChange={setComment}
        />
        {saved.length > 0 ? (
          <NativeSelect
            label={t('insertSaved')}
            value=""
            onChange={({ target: { value } }) => {
              const text = saved.find(({ id }) => id === value)?.text
              const both = text && withComment(comment, text, limits.annotationLength)
              if (both) setComment(both)
            }}
            options={[
              { id: '', label: t('chooseSaved') },
              ...saved.map(({ id, text }) => ({ id, label: text.slice(0, 80) })),
            ]}
          />
        ) : null}
        <div className="flex justify-end gap-3">
          <Button variant="secondary" onPress={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" isDisabled={!canSave}>
            {t('saveAnnotation')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
