'use client'
import { type CSSProperties, type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { Editor } from './editor.ts'
import { editorPhrases } from './editor-phrases.ts'
import { KeyBar } from './key-bar.tsx'
import { lineStart } from './line-start.ts'
import { useEditor } from './use-editor.ts'

export type CodeHandle = {
  /** The cursor goes to the beginning of a line, counted from 1. */
  goTo: (line: number) => void
}

export type CodeAreaProps = {
  value: string
  onChange?: (text: string) => void
  language: string
  /** Ids of what names it, and of what says more of it. */
  labelledBy: string
  describedBy?: string
  isReadOnly?: boolean
  maxLength: number
  /** A line where the program failed, counted from 1. */
  errorLine?: number | null
  /** What Ctrl and Enter do. */
  onRun?: () => void
  /** How high it is at least, in lines. */
  lines?: number
  ref?: Ref<CodeHandle>
}

/**
 * A program as it is written. A plain text area at first and where the editor cannot be loaded; what was typed in it,
 * and the cursor, are kept when the editor takes its place.
 */
export function CodeArea({
  value,
  onChange,
  language,
  labelledBy,
  describedBy,
  isReadOnly = false,
  maxLength,
  errorLine = null,
  onRun,
  lines = 7,
  ref,
}: CodeAreaProps) {
  const t = useTranslations('code')
  const area = useRef<HTMLTextAreaElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const named = {
    'aria-labelledby': labelledBy,
    ...(describedBy ? { 'aria-describedby': describedBy } : {}),
  }
  const editor = useEditor({
    place,
    area,
    language,
    value,
    maxLength,
    phrases: editorPhrases(t),
    attributes: named,
    onText: text => onChange?.(text),
    onRun: () => onRun?.(),
  })
  useImperativeHandle(ref, () => ({ goTo: line => goTo(line, editor, area.current) }), [editor])
  useEffect(() => editor?.setReadOnly(isReadOnly), [editor, isReadOnly])
  useEffect(() => editor?.markLine(errorLine), [editor, errorLine])
  const height = `${lines * 1.5 + 1}rem`
  return (
    <div
      style={{ '--code-height': height } as CSSProperties}
      className="min-w-0 overflow-clip rounded-control border border-edge bg-surface text-ink has-[:focus-visible]:border-accent has-[.cm-focused]:ring-3 has-[.cm-focused]:ring-accent/25"
    >
      {editor && !isReadOnly ? <KeyBar editor={editor} /> : null}
      <div ref={place} />
      {editor ? null : (
        <textarea
          ref={area}
          {...named}
          value={value}
          readOnly={isReadOnly}
          maxLength={maxLength}
          onChange={event => onChange?.(event.target.value)}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          translate="no"
          wrap="off"
          style={{ minHeight: height }}
          className="block field-sizing-content max-h-[60dvh] w-full resize-y overflow-auto rounded-control bg-surface px-3 py-2 font-mono text-[0.9375rem] leading-relaxed"
        />
      )}
    </div>
  )
}

function goTo(line: number, editor: Editor | null, area: HTMLTextAreaElement | null): void {
  editor?.goTo(line)
  const at = lineStart(area?.value ?? '', line)
  area?.focus()
  area?.setSelectionRange(at, at)
}
