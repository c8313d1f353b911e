'use client'
import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { texOf } from './formula.ts'
import { FormulaDialog } from './formula-dialog.tsx'
import { inertElement } from './inert-html.ts'

/** A formula in the text: pressed, or chosen with the keyboard, it is edited as LaTeX. */
export function FormulaView({ node, selected, updateAttributes }: NodeViewProps) {
  const t = useTranslations('richText')
  const [editing, setEditing] = useState(false)
  const html = String(node.attrs.html)
  const { isInline } = node.type
  const math = inertElement(html)
  const tex = (math && texOf(math)) ?? ''
  return (
    <NodeViewWrapper
      as={isInline ? 'span' : 'div'}
      className={`rounded ${selected ? 'outline-3 outline-accent' : ''}`}
    >
      <button
        type="button"
        title={t('formulaEdit')}
        className={`cursor-pointer rounded hover:bg-sunken ${isInline ? 'inline' : 'block w-full py-2'}`}
        onClick={() => setEditing(true)}
        dangerouslySetInnerHTML={{ __html: html }}
      />
      {editing ? (
        <FormulaDialog
          tex={tex}
          block={!isInline}
          canMove={false}
          onFormula={next => updateAttributes({ html: next })}
          onClose={() => setEditing(false)}
        />
      ) : null}
    </NodeViewWrapper>
  )
}
