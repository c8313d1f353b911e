'use client'
import { Icon } from '@azora/ui/icon.tsx'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Toolbar } from 'react-aria-components/Toolbar'
import { useTranslations } from '../i18n/client.tsx'
import type { Editor } from './editor.ts'

/** What keyboards of phones hide behind a key or two, with the key of the message that names it. */
const characters = [
  ['(', 'openRound'],
  [')', 'closeRound'],
  [':', 'colon'],
  ['=', 'equals'],
  ['"', 'quote'],
  ['[', 'openSquare'],
  [']', 'closeSquare'],
  ['_', 'underscore'],
  ['{', 'openCurly'],
  ['}', 'closeCurly'],
  ['<', 'less'],
  ['>', 'greater'],
  ['#', 'hash'],
  [';', 'semicolon'],
] as const

const look =
  'grid h-11 min-w-10 shrink-0 place-items-center rounded-md bg-surface px-2 font-mono text-base text-ink data-pressed:bg-accent-soft'

/** Characters for a phone, in a row that scrolls. One stop for the Tab key, the arrows go through it. */
export function KeyBar({ editor }: { editor: Editor }) {
  const t = useTranslations('code')
  const key = (label: string, content: ReactNode, act: () => void) => (
    <Button
      key={label}
      aria-label={label}
      // The keyboard of the phone stays open: what is pressed does not take the cursor.
      preventFocusOnPress
      onPress={act}
      className={look}
    >
      {content}
    </Button>
  )
  return (
    <Toolbar
      aria-label={t('keys')}
      className="flex gap-1 overflow-x-auto rounded-t-control border-b border-line bg-sunken p-1 sm:pointer-fine:hidden"
    >
      {key(t('keyTab'), 'Tab', editor.indent)}
      {key(t('keyUndo'), <Icon name="undo" />, editor.undo)}
      {characters.map(([character, name]) =>
        key(t(`key_${name}`), character, () => editor.insert(character)),
      )}
    </Toolbar>
  )
}
