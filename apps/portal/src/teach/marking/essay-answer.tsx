'use client'
import type { Annotation } from '@azora/contracts/assessment/annotation.ts'
import { Button } from '@azora/ui/button.tsx'
import { useEffect, useRef } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { AnnotatedText } from '../../quiz/annotations/annotated-text.tsx'
import { NoteList } from '../../quiz/annotations/note-list.tsx'
import { wholeCharacters } from './annotating/text-offset.ts'
import { useAnnotating } from './annotating/use-annotating.tsx'
import { isAnnotateKey } from './desk-key.ts'
import type { AnswerToMark } from './use-mark.ts'

type EssayAnswerProps = {
  answer: AnswerToMark
  annotations: Annotation[]
  onAnnotate: (annotations: Annotation[]) => void
}

/** A text with the comments on its words beside it. Words that are selected are those the next comment is on. */
export function EssayAnswer({ answer, annotations, onAnnotate }: EssayAnswerProps) {
  const t = useTranslations('marking')
  const quiz = useTranslations('quiz')
  const shown = useRef<HTMLDivElement>(null)
  const { add, actions, dialog, canAdd, isFull } = useAnnotating({
    answer,
    annotations,
    onChange: onAnnotate,
  })
  const passages = annotations.flatMap(one => (one.on === 'text' ? [one] : []))
  const { text } = answer
  const begin = () => {
    const range = shown.current && selectedIn(shown.current)
    const passage = range && range.end <= text.length ? wholeCharacters(text, range.start, range.end) : null
    add({ on: 'text', text, passage })
  }
  const latest = useRef(begin)
  latest.current = begin
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isAnnotateKey(event) || document.querySelector('[role="dialog"], [role="alertdialog"]')) return
      event.preventDefault()
      latest.current()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return (
    <div className={annotations.length > 0 ? 'grid gap-5 xl:grid-cols-[minmax(0,1fr)_18rem]' : ''}>
      <div className="flex min-w-0 flex-col items-start gap-3">
        <div ref={shown} className="w-full">
          <AnnotatedText id={answer.id} text={text} passages={passages} t={quiz} />
        </div>
        {canAdd && text ? (
          // A press would first take the selection away.
          <div onPointerDown={event => event.preventDefault()}>
            <Button size="small" variant="secondary" onPress={begin}>
              {t('annotateWords')}
            </Button>
          </div>
        ) : null}
        {isFull ? <p className="text-sm text-muted">{t('annotationsFull')}</p> : null}
      </div>
      <NoteList id={answer.id} annotations={annotations} t={quiz} actions={actions} />
      {dialog}
    </div>
  )
}

/** What is selected in an element, in code units of its text; null for nothing, and for what reaches beyond it. */
function selectedIn(root: HTMLElement): { start: number; end: number } | null {
  const selection = getSelection()
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null
  const before = document.createRange()
  before.selectNodeContents(root)
  before.setEnd(range.startContainer, range.startOffset)
  const start = before.toString().length
  const end = start + range.toString().length
  return end > start ? { start, end } : null
}
