'use client'
import { Select } from '@azora/ui/select.tsx'
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  toggleHeader,
} from '@tiptap/pm/tables'
import { type Editor, useEditorState } from '@tiptap/react'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { Toolbar } from 'react-aria-components/Toolbar'
import { useTranslations } from '../../i18n/client.tsx'
import { calloutClass, calloutKind, calloutKinds } from './callout-node.ts'
import { codeLanguages } from './code-languages.ts'

const look =
  'h-10 shrink-0 rounded-md px-3 text-sm font-semibold whitespace-nowrap data-hovered:bg-surface data-selected:bg-accent-soft data-selected:text-accent-ink'
const plain = 'plain'

type TableCommand = typeof addRowAfter

/** What can be done with the table, the callout or the code that the cursor is in. */
export function ContextBar({ editor }: { editor: Editor }) {
  const t = useTranslations('richText')
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      table: now.isActive('table'),
      callout: now.isActive('callout') ? calloutKind(now.getAttributes('callout').class) : null,
      code: now.isActive('codeBlock'),
      language: (now.getAttributes('codeBlock').language as string | null) ?? plain,
    }),
  })
  const act = (label: string, run: () => void) => (
    <AriaButton key={label} onPress={run} className={look}>
      {label}
    </AriaButton>
  )
  const inTable = (label: string, command: TableCommand) =>
    act(label, () => {
      command(editor.state, editor.view.dispatch)
      editor.commands.focus()
    })
  const bar = (label: string, content: ReactNode) => (
    <Toolbar
      aria-label={label}
      className="flex items-center gap-0.5 overflow-x-auto border-b border-line bg-sunken p-1 sm:flex-wrap"
    >
      {content}
    </Toolbar>
  )
  return (
    <>
      {on.table
        ? bar(t('table'), [
            inTable(t('rowAdd'), addRowAfter),
            inTable(t('rowRemove'), deleteRow),
            inTable(t('columnAdd'), addColumnAfter),
            inTable(t('columnRemove'), deleteColumn),
            inTable(t('rowHeader'), toggleHeader('row')),
            inTable(t('tableRemove'), deleteTable),
          ])
        : null}
      {on.callout
        ? bar(t('callout'), [
            ...calloutKinds.map(kind => (
              <ToggleButton
                key={kind}
                isSelected={on.callout === kind}
                onChange={() =>
                  editor
                    .chain()
                    .focus()
                    .updateAttributes('callout', { class: calloutClass(kind) })
                    .run()
                }
                className={look}
              >
                {t(`callout_${kind}`)}
              </ToggleButton>
            )),
            act(t('calloutRemove'), () => editor.chain().focus().lift('callout').run()),
          ])
        : null}
      {on.code ? (
        <div className="border-b border-line bg-sunken px-3 pt-2 pb-3">
          <Select
            label={t('codeLanguage')}
            value={on.language}
            onChange={id =>
              editor
                .chain()
                .focus()
                .updateAttributes('codeBlock', { language: id === plain ? null : id })
                .run()
            }
            options={[
              { id: plain, label: t('codePlain') },
              ...codeLanguages.map(([id, label]) => ({ id, label })),
              // A language of an import that is not in the list stays what it is.
              ...(on.language === plain || codeLanguages.some(([id]) => id === on.language)
                ? []
                : [{ id: on.language, label: on.language }]),
            ]}
          />
        </div>
      ) : null}
    </>
  )
}
