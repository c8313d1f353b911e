'use client'
import type { Annotation } from '@azora/contracts/assessment/annotation.ts'
import { annotationsInOrder } from '@azora/contracts/assessment/annotation-order.ts'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import type { AnswerToMark } from '../use-mark.ts'
import type { Target } from './annotate-dialog.tsx'

const AnnotateDialog = dynamic(() => import('./annotate-dialog.tsx').then(module => module.AnnotateDialog))

type Annotating = {
  answer: AnswerToMark
  annotations: Annotation[]
  onChange: (annotations: Annotation[]) => void
}

/** The comments on places in an answer as they are made: what opens the dialog, the dialog, and what each can be. */
export function useAnnotating({ answer, annotations, onChange }: Annotating) {
  const t = useTranslations('marking')
  /** `at` is null for a new one. */
  const [open, setOpen] = useState<{ at: number | null; target: Target } | null>(null)
  const files = answer.files.map(({ id }) => id)
  const isFull = annotations.length >= limits.annotationsOfMark
  const change = (made: Annotation, at: number | null) => {
    const others = annotations.filter((_, index) => index !== at)
    onChange(annotationsInOrder([...others, made], files))
  }
  const edit = (at: number) => {
    const one = annotations[at]
    if (!one) return
    const target = targetOf(answer, one)
    if (target) setOpen({ at, target })
  }
  const actions = (at: number): ReactNode =>
    answer.mayMark ? (
      <div className="flex justify-end gap-2">
        <Button
          size="small"
          variant="quiet"
          aria-label={t('editAnnotation', { number: at + 1 })}
          onPress={() => edit(at)}
        >
          {t('edit')}
        </Button>
        <Button
          size="small"
          variant="quiet"
          aria-label={t('deleteAnnotation', { number: at + 1 })}
          onPress={() => onChange(annotations.filter((_, index) => index !== at))}
        >
          {t('delete')}
        </Button>
      </div>
    ) : null
  const dialog = open ? (
    <AnnotateDialog
      target={open.target}
      comment={open.at === null ? '' : (annotations[open.at]?.comment ?? '')}
      onSave={made => change(made, open.at)}
      onClose={() => setOpen(null)}
    />
  ) : null
  const add = (target: Target) => {
    if (answer.mayMark && !isFull) setOpen({ at: null, target })
  }
  return { add, actions, dialog, canAdd: answer.mayMark && !isFull, isFull }
}

/** What a comment is on; null where its file is gone. */
function targetOf({ text, files }: AnswerToMark, one: Annotation): Target | null {
  if (one.on === 'text') return { on: 'text', text, passage: one }
  const file = files.find(({ id }) => id === one.fileId)
  if (!file) return null
  return one.on === 'page'
    ? { on: 'page', file, page: one.page, area: one }
    : { on: 'picture', file, area: one }
}
