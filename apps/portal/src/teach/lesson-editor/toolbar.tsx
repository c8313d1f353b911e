'use client'
import { Icon, type IconName } from '@azora/ui/icon.tsx'
import { type Editor, useEditorState } from '@tiptap/react'
import { type ReactNode, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Group } from 'react-aria-components/Group'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { Toolbar } from 'react-aria-components/Toolbar'
import { useTranslations } from '../../i18n/client.tsx'
import { newCallout } from './callout-node.ts'
import { ContextBar } from './context-bar.tsx'
import { EmbedDialog } from './embed-dialog.tsx'
import { FormulaDialog } from './formula-dialog.tsx'
import { ImageDialog } from './image-dialog.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { newTable } from './table-nodes.ts'

type ToolbarProps = { editor: Editor; courseId: string; onSource: () => void }

const look =
  'grid size-10 shrink-0 place-items-center rounded-md text-ink data-hovered:bg-sunken data-selected:bg-accent-soft data-selected:text-accent-ink data-disabled:opacity-40'

/** The formatting of the text; one stop for the Tab key, the arrows go through it. */
export function RichTextToolbar({ editor, courseId, onSource }: ToolbarProps) {
  const t = useTranslations('richText')
  const [dialog, setDialog] = useState<'link' | 'image' | 'embed' | 'formula' | null>(null)
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      level: ([2, 3, 4] as const).find(level => now.isActive('heading', { level })) ?? null,
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      code: now.isActive('code'),
      bullets: now.isActive('bulletList'),
      numbers: now.isActive('orderedList'),
      quote: now.isActive('blockquote'),
      codeBlock: now.isActive('codeBlock'),
      link: now.isActive('link'),
      table: now.isActive('table'),
      callout: now.isActive('callout'),
      undo: now.can().undo(),
      redo: now.can().redo(),
    }),
  })
  const chain = () => editor.chain().focus()
  const toggle = (label: string, selected: boolean, content: ReactNode, act: () => void) => (
    <ToggleButton aria-label={label} isSelected={selected} onChange={act} className={look}>
      {content}
    </ToggleButton>
  )
  const button = (label: string, icon: IconName, act: () => void, isDisabled = false) => (
    <AriaButton aria-label={label} onPress={act} isDisabled={isDisabled} className={look}>
      <Icon name={icon} />
    </AriaButton>
  )
  return (
    <>
      <div className="sticky top-16 z-20 overflow-clip rounded-t-control bg-surface">
        <Toolbar
          aria-label={t('toolbar')}
          className="flex flex-wrap gap-x-2 gap-y-0.5 border-b border-line p-1"
        >
          <Group aria-label={t('style')} className="flex">
            {([2, 3, 4] as const).map(level => (
              <ToggleButton
                key={level}
                aria-label={t('heading', { level: level - 1 })}
                isSelected={on.level === level}
                onChange={() => chain().toggleHeading({ level }).run()}
                className={`${look} text-sm font-bold`}
              >
                H{level - 1}
              </ToggleButton>
            ))}
          </Group>
          <Group className="flex">
            {toggle(t('bold'), on.bold, <b>B</b>, () => chain().toggleBold().run())}
            {toggle(t('italic'), on.italic, <i className="font-serif">I</i>, () =>
              chain().toggleItalic().run(),
            )}
            {toggle(t('code'), on.code, <Icon name="code" />, () => chain().toggleCode().run())}
          </Group>
          <Group className="flex">
            {toggle(t('bulletList'), on.bullets, <Icon name="bullets" />, () =>
              chain().toggleBulletList().run(),
            )}
            {toggle(t('orderedList'), on.numbers, <Icon name="numbers" />, () =>
              chain().toggleOrderedList().run(),
            )}
            {toggle(t('quote'), on.quote, <Icon name="quote" />, () => chain().toggleBlockquote().run())}
            {toggle(t('codeBlock'), on.codeBlock, <span className="font-mono text-sm">{'{}'}</span>, () =>
              chain().toggleCodeBlock().run(),
            )}
          </Group>
          <Group className="flex">
            {toggle(t('link'), on.link, <Icon name="link" />, () => setDialog('link'))}
            {button(t('image'), 'image', () => setDialog('image'))}
            {button(t('embed'), 'video', () => setDialog('embed'))}
          </Group>
          <Group className="flex">
            {button(t('table'), 'table', () => chain().insertContent(newTable()).run(), on.table)}
            {button(
              t('callout'),
              'info',
              () =>
                chain()
                  .insertContent(newCallout('note', t('callout_note')))
                  .run(),
              on.callout,
            )}
            {button(t('formula'), 'formula', () => setDialog('formula'))}
          </Group>
          <Group className="flex">
            {button(t('undo'), 'undo', () => chain().undo().run(), !on.undo)}
            {button(t('redo'), 'redo', () => chain().redo().run(), !on.redo)}
          </Group>
          <AriaButton onPress={onSource} className={`${look} ms-auto w-auto! px-3 text-sm font-semibold`}>
            {t('toSource')}
          </AriaButton>
        </Toolbar>
        <ContextBar editor={editor} />
      </div>
      {dialog === 'link' ? <LinkDialog editor={editor} onClose={() => setDialog(null)} /> : null}
      {dialog === 'embed' ? (
        <EmbedDialog
          onClose={() => setDialog(null)}
          onEmbed={attrs => chain().insertContent({ type: 'embed', attrs }).run()}
        />
      ) : null}
      {dialog === 'formula' ? (
        <FormulaDialog
          tex=""
          block={false}
          canMove
          onClose={() => setDialog(null)}
          onFormula={(html, block) =>
            chain()
              .insertContent({ type: block ? 'formulaBlock' : 'formulaInline', attrs: { html } })
              .run()
          }
        />
      ) : null}
      {dialog === 'image' ? (
        <ImageDialog
          courseId={courseId}
          onClose={() => setDialog(null)}
          onImage={image => chain().setImage(image).run()}
        />
      ) : null}
    </>
  )
}
