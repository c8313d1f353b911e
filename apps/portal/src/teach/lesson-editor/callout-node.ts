import { Node } from '@tiptap/core'
import { keptAttributesOf } from './kept-attributes.ts'

export const calloutKinds = ['note', 'tip', 'warning', 'important'] as const
export type CalloutKind = (typeof calloutKinds)[number]

/** The kind that the classes of a callout say; a callout that says none is a note. */
export function calloutKind(classes: unknown): CalloutKind {
  const names = String(classes ?? '').split(/\s+/)
  return calloutKinds.find(kind => names.includes(kind)) ?? 'note'
}

export const calloutClass = (kind: CalloutKind) => `callout ${kind}`

/** A callout with its title, a paragraph that carries the class of titles, and room for the text. */
export const newCallout = (kind: CalloutKind, title: string) => ({
  type: 'callout',
  attrs: { class: calloutClass(kind) },
  content: [
    { type: 'paragraph', attrs: { class: 'callout-title' }, content: [{ type: 'text', text: title }] },
    { type: 'paragraph' },
  ],
})

export const callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes: keptAttributesOf(['class', 'id', 'lang', 'dir', 'aria-label']),
  parseHTML: () => [{ tag: 'aside.callout', priority: 90 }],
  renderHTML: ({ HTMLAttributes }) => ['aside', HTMLAttributes, 0],
})
