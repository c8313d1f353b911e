'use client'
import { Image } from '@tiptap/extension-image'
import { EditorContent, useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { keptMarkup } from './kept-markup.ts'
import { lostMarkup } from './markup.ts'
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
]

/** The editor of formatted text. Heavy: load it only where somebody writes. */
export default function RichText({ courseId, html, labelledBy, onChange, onLoss, onSource }: RichTextProps) {
  const editor = useEditor({
    extensions,
    content: html,
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: {
        class: 'prose min-h-64 max-w-none! px-4 py-4 outline-none sm:px-6',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-labelledby': labelledBy,
      },
    },
    onCreate: ({ editor: created }) => {
      const before = new DOMParser().parseFromString(html, 'text/html').body.innerHTML
      const lost = lostMarkup(before, created.getHTML())
      if (lost.length) onLoss(lost)
    },
    onUpdate: ({ editor: changed }) => onChange(changed.isEmpty ? '' : changed.getHTML()),
  })
  if (!editor) return null
  return (
    <div className="rounded-control border border-edge bg-surface focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/25">
      <RichTextToolbar editor={editor} courseId={courseId} onSource={onSource} />
      <EditorContent editor={editor} />
    </div>
  )
}
