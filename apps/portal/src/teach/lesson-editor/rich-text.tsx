'use client'
import { Image } from '@tiptap/extension-image'
import { type Editor, EditorContent, useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { useState } from 'react'
import { callout } from './callout-node.ts'
import { editorHtml } from './editor-html.ts'
import { embed } from './embed-node.tsx'
import { embedFrom, type Refusal, readForeignHtml } from './foreign-html.ts'
import { keptMarkup } from './kept-markup.ts'
import { lostMarkup } from './markup.ts'
import { RefusalNotice } from './refusal-notice.tsx'
import { tableNodes } from './table-nodes.ts'
import { RichTextToolbar } from './toolbar.tsx'

type RichTextProps = {
  courseId: string
  html: string
  labelledBy: string
  onChange: (html: string) => void
  /** The editor's schema would drop these elements of `html`; it must not be used for it. */
  onLoss: (elements: string[]) => void
  onSource: () => void
}

const extensions = [
  StarterKit.configure({
    heading: { levels: [2, 3, 4, 5, 6] },
    link: { openOnClick: false, HTMLAttributes: { target: null, rel: null } },
    // It would write an empty paragraph after every kept piece.
    trailingNode: false,
  }),
  Image.configure({ inline: true }),
  ...keptMarkup,
  ...tableNodes,
  callout,
  embed,
]

/** The editor of formatted text. Heavy: load it only where someone writes. */
export default function RichText({ courseId, html, labelledBy, onChange, onLoss, onSource }: RichTextProps) {
  const [loaded] = useState(() => readForeignHtml(html))
  const [refusal, setRefusal] = useState<Refusal | null>(loaded.refusal)
  const editor: Editor | null = useEditor({
    extensions,
    content: loaded.html,
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    editorProps: {
      transformPastedHTML: pasted => {
        const read = readForeignHtml(pasted)
        if (read.refusal) setRefusal(read.refusal)
        return read.html
      },
      handlePaste: (view, event): boolean => {
        const text = event.clipboardData?.getData('text/plain').trim() ?? ''
        const { $from, empty } = view.state.selection
        if (!editor || !text || $from.parent.type.spec.code) return false
        if (/^<(?:iframe|embed)\b/i.test(text)) {
          const read = readForeignHtml(text)
          setRefusal(read.refusal)
          return editor.commands.insertContent(read.html)
        }
        // An address alone on its line is shown; within a sentence it is a link like any other.
        const found = empty && $from.parent.content.size === 0 ? embedFrom(text) : null
        return found ? editor.commands.insertContent({ type: 'embed', attrs: found }) : false
      },
      attributes: {
        class: 'prose min-h-64 max-w-none! px-4 py-4 outline-none sm:px-6',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-labelledby': labelledBy,
      },
    },
    onCreate: ({ editor: created }) => {
      const before = new DOMParser().parseFromString(loaded.html, 'text/html').body.innerHTML
      const lost = lostMarkup(before, editorHtml(created))
      if (lost.length) onLoss(lost)
    },
    onUpdate: ({ editor: changed }) => onChange(editorHtml(changed)),
  })
  if (!editor) return null
  return (
    <div className="flex flex-col gap-3">
      {refusal ? <RefusalNotice refusal={refusal} /> : null}
      <div className="rounded-control border border-edge bg-surface focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/25">
        <RichTextToolbar editor={editor} courseId={courseId} onSource={onSource} />
        <EditorContent editor={editor} />
      </div>
    </div>
  )
}
