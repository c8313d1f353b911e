'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { Menu } from '@azora/ui/menu.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import { type ClozeDraft, type Gap, newGap } from '../body-draft.ts'
import { newKey } from '../lines.ts'
import { LabelledChoice } from './labelled.tsx'
import { NumericEditor } from './numeric-editor.tsx'
import { AddRow, RemoveRow } from './row-buttons.tsx'
import { inputStyle } from './row-style.ts'
import { ShortTextEditor } from './short-text-editor.tsx'

const kinds = ['short_text', 'numeric', 'inline_choice'] as const

type Props = {
  body: ClozeDraft
  survey: boolean
  onChange: (body: ClozeDraft) => void
  /** The text that holds the gaps. */
  content: string
  onContent: (content: string, body: ClozeDraft) => void
}

/** The gaps of a text. A new one is put at its end; its author moves the mark to its place. */
export function ClozeEditor({ body, survey, onChange, content, onContent }: Props) {
  const t = useTranslations('quizEditor')
  const { gaps } = body
  const change = (at: number, gap: Gap) => onChange({ gaps: gaps.with(at, gap) })
  const add = (kind: Gap['kind']) => {
    const mark = `[[${gaps.length + 1}]]`
    const text = content.includes(mark)
      ? content
      : `${content}${content && !content.endsWith(' ') ? ' ' : ''}${mark}`
    onContent(text, { gaps: [...gaps, newGap(kind)] })
  }
  /** The marks of the gaps behind it are counted down with them. */
  const remove = (at: number) => {
    const text = content.replace(/ ?\[\[(\d{1,3})\]\]/g, (mark, digits: string) => {
      const number = Number(digits)
      if (number === at + 1) return ''
      return number > at + 1 ? mark.replace(digits, String(number - 1)) : mark
    })
    onContent(text, { gaps: gaps.toSpliced(at, 1) })
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-muted">{t('gapsHelp')}</p>
      {gaps.map((gap, at) => (
        <fieldset key={gap.id} className="flex flex-col gap-4 rounded-control border border-line p-4">
          <legend className="px-1 text-sm font-semibold">{t('gapTitle', { mark: `[[${at + 1}]]` })}</legend>
          <div className="flex flex-wrap items-end justify-between gap-3">
            <LabelledChoice
              label={t('gapKind')}
              value={gap.kind}
              options={kinds.map(id => ({ id, label: t(`gap_${id}`) }))}
              onChoose={kind => change(at, newGap(kind, gap.id))}
              className="w-56"
            />
            <RemoveRow label={t('removeGap', { number: at + 1 })} onPress={() => remove(at)} />
          </div>
          {gap.kind === 'short_text' ? (
            <ShortTextEditor
              body={gap.body}
              survey={survey}
              onChange={changed => change(at, { ...gap, body: changed })}
            />
          ) : gap.kind === 'numeric' ? (
            <NumericEditor
              body={gap.body}
              survey={survey}
              onChange={changed => change(at, { ...gap, body: changed })}
            />
          ) : (
            <InlineOptions gap={gap} survey={survey} onChange={changed => change(at, changed)} />
          )}
        </fieldset>
      ))}
      <div>
        <Menu
          variant="secondary"
          trigger={
            <>
              <Icon name="plus" />
              {t('addGap')}
            </>
          }
          items={kinds.map(id => ({ id, label: t(`gap_${id}`) }))}
          onAction={id => {
            const kind = kinds.find(one => one === id)
            if (kind) add(kind)
          }}
        />
      </div>
    </div>
  )
}

type InlineGap = Extract<Gap, { kind: 'inline_choice' }>

function InlineOptions({
  gap,
  survey,
  onChange,
}: {
  gap: InlineGap
  survey: boolean
  onChange: (gap: InlineGap) => void
}) {
  const t = useTranslations('quizEditor')
  const { options } = gap.body
  const save = (changed: typeof options) => onChange({ ...gap, body: { options: changed } })
  return (
    <div className="flex flex-col gap-2">
      {options.map((option, at) => (
        <div key={option.id} className="flex items-center gap-2">
          {survey ? null : (
            <input
              type="radio"
              name={`right-${gap.id}`}
              checked={option.correct}
              aria-label={t('gapRight', { number: at + 1 })}
              onChange={() => save(options.map((one, i) => ({ ...one, correct: i === at })))}
              className="size-5 shrink-0 accent-(--good)"
            />
          )}
          <input
            type="text"
            aria-label={t('gapOption', { number: at + 1 })}
            value={option.text}
            maxLength={500}
            onChange={event => save(options.with(at, { ...option, text: event.target.value }))}
            className={inputStyle}
          />
          {options.length > 2 ? (
            <RemoveRow
              label={t('removeGapOption', { number: at + 1 })}
              onPress={() => save(options.toSpliced(at, 1))}
            />
          ) : null}
        </div>
      ))}
      <AddRow
        label={t('addOption')}
        onPress={() => save([...options, { id: newKey(), text: '', correct: false }])}
      />
    </div>
  )
}
