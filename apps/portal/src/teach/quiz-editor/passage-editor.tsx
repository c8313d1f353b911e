'use client'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Menu } from '@azora/ui/menu.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import type { ReactNode } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { PassageDraft } from './passage-draft.ts'

type PassageEditorProps = {
  passage: PassageDraft
  /** What it is called: by the numbers of its questions. */
  name: string
  fault: string | undefined
  isFirst: boolean
  isLast: boolean
  isEmpty: boolean
  onChange: (passage: PassageDraft) => void
  /** The sections that it can be moved to with its questions. */
  moves: { id: string; label: string }[]
  onAction: (action: string) => void
  /** Adds a question under it. */
  add: ReactNode
  /** Its questions. */
  children: ReactNode
}

/** A text with the questions under it. */
export function PassageEditor(props: PassageEditorProps) {
  const { passage, name, fault, isFirst, isLast, isEmpty, moves, onChange, onAction, add, children } = props
  const t = useTranslations('quizEditor')
  return (
    <section
      aria-label={name}
      className={`flex min-w-0 flex-col gap-5 rounded-card border-2 bg-sunken p-3 sm:p-5 ${fault ? 'border-bad' : 'border-line'}`}
    >
      <div className="flex items-center justify-between gap-3">
        <h2 className="min-w-0 flex-1 text-lg font-bold">{name}</h2>
        <Menu
          variant="quiet"
          trigger={<Icon name="more" />}
          label={t('passageActions', { name })}
          items={[
            { id: 'up', label: t('moveUp'), icon: <Icon name="up" />, isDisabled: isFirst || isEmpty },
            { id: 'down', label: t('moveDown'), icon: <Icon name="down" />, isDisabled: isLast || isEmpty },
            ...moves,
            { id: 'dissolve', label: t('dissolvePassage'), icon: <Icon name="close" />, isDisabled: isEmpty },
            { id: 'delete', label: t('deletePassage'), icon: <Icon name="trash" />, danger: true },
          ]}
          onAction={onAction}
        />
      </div>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <TextArea
        label={t('passageText')}
        description={t('passageHelp')}
        value={passage.content}
        onChange={content => onChange({ ...passage, content })}
        rows={8}
      />
      <Checkbox isSelected={passage.shuffle} onChange={shuffle => onChange({ ...passage, shuffle })}>
        {t('shufflePassage')}
      </Checkbox>
      {isEmpty ? (
        <p className="text-muted">{t('passageEmpty')}</p>
      ) : (
        <ol className="flex flex-col gap-5">{children}</ol>
      )}
      <div>{add}</div>
    </section>
  )
}
