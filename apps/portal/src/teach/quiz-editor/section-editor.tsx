'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { Menu } from '@azora/ui/menu.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import type { ReactNode } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { SectionDraft } from './section-draft.ts'

export type SectionAction = 'up' | 'down' | 'delete'

type SectionEditorProps = {
  section: SectionDraft
  /** Counts from 1. */
  number: number
  count: number
  fault: string | undefined
  isEmpty: boolean
  onChange: (section: SectionDraft) => void
  onAction: (action: SectionAction) => void
  /** Adds a question to it. */
  add: ReactNode
  /** Its questions. */
  children: ReactNode
}

/** A section with its questions. */
export function SectionEditor(props: SectionEditorProps) {
  const { section, number, count, fault, isEmpty, onChange, onAction, add, children } = props
  const t = useTranslations('quizEditor')
  const name = t('sectionName', { number })
  return (
    <section
      aria-label={section.title ? `${name}: ${section.title}` : name}
      className={`flex min-w-0 flex-col gap-5 border-s-4 ps-3 sm:ps-5 ${fault ? 'border-bad' : 'border-accent'}`}
    >
      <div className="flex items-center justify-between gap-3">
        <h2 className="min-w-0 flex-1 text-xl font-bold">{name}</h2>
        <Menu
          variant="quiet"
          trigger={<Icon name="more" />}
          label={t('sectionActions', { name })}
          items={[
            { id: 'up', label: t('moveUp'), icon: <Icon name="up" />, isDisabled: number === 1 },
            { id: 'down', label: t('moveDown'), icon: <Icon name="down" />, isDisabled: number === count },
            { id: 'delete', label: t('deleteSection'), icon: <Icon name="trash" /> },
          ]}
          onAction={id => onAction(id as SectionAction)}
        />
      </div>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <div className="grid gap-5 sm:grid-cols-[2fr_1fr]">
        <TextField
          label={t('sectionTitle')}
          value={section.title}
          onChange={title => onChange({ ...section, title })}
          maxLength={limits.sectionTitleLength}
          isRequired
        />
        <NumberField
          label={t('timeLimit')}
          description={t('sectionLimitHelp')}
          minValue={1}
          maxValue={limits.timeLimitMinutes}
          value={section.timeLimitMinutes ?? Number.NaN}
          onChange={value => onChange({ ...section, timeLimitMinutes: Number.isNaN(value) ? null : value })}
        />
      </div>
      <TextArea
        label={t('sectionInstructions')}
        description={t('sectionInstructionsHelp')}
        value={section.instructions}
        onChange={instructions => onChange({ ...section, instructions })}
        rows={3}
      />
      {isEmpty ? (
        <p className="text-muted">{t('sectionEmpty')}</p>
      ) : (
        <ol className="flex flex-col gap-5">{children}</ol>
      )}
      <div>{add}</div>
    </section>
  )
}
