'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { inertElement } from './inert-html.ts'

/** A piece that the editor keeps word for word: shown as it looks, edited as HTML. */
export function KeptView({ node, updateAttributes, deleteNode, selected }: NodeViewProps) {
  const t = useTranslations('richText')
  const common = useTranslations('common')
  const [draft, setDraft] = useState<string | null>(null)
  const html = String(node.attrs.html)
  const part = html.match(/^<([\w-]+)/)?.[1] ?? 'HTML'
  const ring = selected ? 'outline-3 outline-accent' : ''
  const dialog =
    draft === null ? null : (
      <Dialog isOpen onOpenChange={() => setDraft(null)} title={t('keptTitle')} closeLabel={common('close')}>
        <TextArea label={t('source')} value={draft} onChange={setDraft} rows={12} autoFocus />
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="secondary" onPress={() => setDraft(null)}>
            {common('cancel')}
          </Button>
          <Button
            onPress={() => {
              const clean = inertElement(draft)
              if (clean) updateAttributes({ html: clean.outerHTML })
              setDraft(null)
            }}
          >
            {t('keptSave')}
          </Button>
        </div>
      </Dialog>
    )
  if (node.type.isInline)
    return (
      <NodeViewWrapper as="span" className={`rounded bg-sunken px-1 ${ring}`}>
        <button
          type="button"
          title={`${t('kept', { part })}. ${t('keptEdit')}`}
          className="inline"
          onClick={() => setDraft(html)}
          dangerouslySetInnerHTML={{ __html: html }}
        />
        {dialog}
      </NodeViewWrapper>
    )
  return (
    <NodeViewWrapper className={`rounded-control border border-dashed border-edge/60 p-3 ${ring}`}>
      <div
        className="mb-2 flex flex-wrap items-center justify-between gap-2 font-sans text-sm *:mt-0!"
        contentEditable={false}
      >
        <span className="text-muted" data-drag-handle>
          {t('kept', { part })}
        </span>
        <span className="flex gap-1 *:mt-0!">
          <Button size="small" variant="quiet" onPress={() => setDraft(html)}>
            {t('keptEdit')}
          </Button>
          <Button size="small" variant="quiet" onPress={deleteNode}>
            {t('keptDelete')}
          </Button>
        </span>
      </div>
      <div
        contentEditable={false}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        className="overflow-x-auto [&_math]:overflow-visible!"
        dangerouslySetInnerHTML={{ __html: html }}
      />
      {dialog}
    </NodeViewWrapper>
  )
}
