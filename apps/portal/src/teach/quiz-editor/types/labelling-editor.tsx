'use client'
import { limits } from '@azora/contracts/limits.ts'
import { useTranslations } from '../../../i18n/client.tsx'
import { PictureFrame } from '../../../quiz/types/picture-frame.tsx'
import { emptyLine } from '../lines.ts'
import { type LabellingDraft, newTarget } from '../picture-draft.ts'
import { LabelledText } from './labelled.tsx'
import { PictureChoice } from './picture-choice.tsx'
import { PictureHandle, PictureNumber } from './picture-handle.tsx'
import { AddRow, RemoveRow } from './row-buttons.tsx'
import { rowStyle } from './row-style.ts'

type Props = { body: LabellingDraft; survey: boolean; onChange: (body: LabellingDraft) => void }
type Target = LabellingDraft['targets'][number]

const kept = (part: number) => Math.min(Math.max(part, 0), 1)

/** A picture with numbered places, and the label that belongs to each. */
export function LabellingEditor({ body, onChange }: Props) {
  const t = useTranslations('quizEditor')
  const { picture, targets, others } = body
  const change = (at: number, part: Partial<Target>) =>
    onChange({
      ...body,
      targets: targets.map((target, i) => (i === at ? { ...target, ...part } : target)),
    })
  return (
    <>
      <fieldset className="flex flex-col gap-4">
        <legend className="mb-2 text-sm font-semibold">{t('picture')}</legend>
        <PictureChoice picture={picture} onChange={changed => onChange({ ...body, picture: changed })} />
        {picture ? (
          <>
            <p className="text-sm text-muted">{t('targetsHelp')}</p>
            <PictureFrame picture={picture}>
              {targets.map((target, at) => (
                <PictureHandle
                  key={target.key}
                  at={target}
                  label={t('moveTarget', { number: at + 1 })}
                  onMove={by => change(at, { x: kept(target.x + by.x), y: kept(target.y + by.y) })}
                >
                  <PictureNumber chosen>{at + 1}</PictureNumber>
                </PictureHandle>
              ))}
            </PictureFrame>
            {targets.map((target, at) => (
              <div key={target.key} className={rowStyle}>
                <LabelledText
                  label={t('targetLabel', { number: at + 1 })}
                  value={target.label}
                  onText={label => change(at, { label })}
                  className="min-w-44 flex-1"
                />
                <RemoveRow
                  label={t('removeTarget', { number: at + 1 })}
                  onPress={() => onChange({ ...body, targets: targets.toSpliced(at, 1) })}
                />
              </div>
            ))}
            {targets.length < limits.partsOfQuestion ? (
              <AddRow
                label={t('addTarget')}
                onPress={() => onChange({ ...body, targets: [...targets, newTarget(targets.length)] })}
              />
            ) : null}
          </>
        ) : null}
      </fieldset>
      {picture ? (
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 text-sm font-semibold">{t('otherLabels')}</legend>
          {others.map((line, at) => (
            <div key={line.key} className={rowStyle}>
              <LabelledText
                label={t('otherLabel', { number: at + 1 })}
                value={line.text}
                onText={text => onChange({ ...body, others: others.with(at, { ...line, text }) })}
                className="min-w-44 flex-1"
              />
              <RemoveRow
                label={t('removeOtherLabel', { number: at + 1 })}
                onPress={() => onChange({ ...body, others: others.toSpliced(at, 1) })}
              />
            </div>
          ))}
          <AddRow
            label={t('addOtherLabel')}
            onPress={() => onChange({ ...body, others: [...others, emptyLine()] })}
          />
        </fieldset>
      ) : null}
    </>
  )
}
