'use client'
import { embedOf } from '@azora/contracts/embeds.ts'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Node } from '@tiptap/core'
import { type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { EmbedDialog } from './embed-dialog.tsx'

// Elsewhere, as in a sentence, the link stays a link, which keeps its class.
const places = ['body', 'div', 'aside', 'section', 'article', 'blockquote', 'td', 'th']

function EmbedView({ node, selected, updateAttributes, deleteNode }: NodeViewProps) {
  const t = useTranslations('richText')
  const [editing, setEditing] = useState(false)
  const { href, title } = node.attrs as { href: string; title: string }
  return (
    <NodeViewWrapper
      className={`flex flex-wrap items-center gap-3 rounded-control border border-line bg-sunken p-4 font-sans text-base *:mt-0! ${selected ? 'outline-3 outline-accent' : ''}`}
    >
      <span data-drag-handle className="grid size-10 place-items-center rounded-full bg-accent-soft">
        <Icon name="video" className="text-accent-ink" />
      </span>
      <span className="min-w-0 flex-1 basis-40 *:mt-0!">
        <span className="block font-semibold">{title}</span>
        <span className="block text-sm text-muted">
          {t('embedFrom', { provider: embedOf(href)?.provider ?? '' })}
        </span>
      </span>
      <span className="flex gap-1 *:mt-0!">
        <Button size="small" variant="quiet" onPress={() => setEditing(true)}>
          {t('embedEdit')}
        </Button>
        <Button size="small" variant="quiet" onPress={deleteNode}>
          {t('keptDelete')}
        </Button>
      </span>
      {editing ? (
        <EmbedDialog present={{ href, title }} onEmbed={updateAttributes} onClose={() => setEditing(false)} />
      ) : null}
    </NodeViewWrapper>
  )
}

/** A thing of another site: stored as a link to its page, shown to learners as a poster. */
export const embed = Node.create({
  name: 'embed',
  group: 'block',
  atom: true,
  selectable: true,
  draggable: true,
  addAttributes: () => ({
    href: { default: '', rendered: false },
    title: { default: '', rendered: false },
  }),
  parseHTML: () => [
    {
      tag: 'a.embed',
      priority: 110,
      getAttrs: element => {
        const href = element.getAttribute('href') ?? ''
        const plain = [...element.attributes].every(({ name }) =>
          ['href', 'class', 'rel', 'target'].includes(name),
        )
        const alone = element.childElementCount === 0 && element.className === 'embed'
        if (!plain || !alone || embedOf(href)?.page !== href) return false
        if (!places.includes(element.parentElement?.localName ?? 'body')) return false
        return { href, title: element.textContent ?? '' }
      },
    },
  ],
  renderHTML: ({ node }) => ['a', { class: 'embed', href: node.attrs.href }, String(node.attrs.title)],
  addNodeView: () => ReactNodeViewRenderer(EmbedView),
})
