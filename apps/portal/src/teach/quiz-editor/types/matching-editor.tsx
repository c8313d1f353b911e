'use client'
import { useTranslations } from '../../../i18n/client.tsx'
import { emptyPair, type MatchingDraft } from '../body-draft.ts'
import { emptyLine } from '../lines.ts'
import { LabelledText } from './labelled.tsx'
import { AddRow, RemoveRow } from './row-buttons.tsx'
import { rowStyle } from './row-style.ts'

type Props = { body: MatchingDraft; survey: boolean; onChange: (body: MatchingDraft) => void }

/** Pairs that belong together, and choices that belong to nothing. */
export function MatchingEditor({ body, onChange }: Props) {
  const t = useTranslations('quizEditor')
  const { pairs, others } = body
  const change = (at: number, part: Partial<MatchingDraft['pairs'][number]>) =>
    onChange({ ...body, pairs: pairs.map((pair, i) => (i === at ? { ...pair, ...part } : pair)) })
  return (
    <>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-sm font-semibold">{t('pairs')}</legend>
        {pairs.map((pair, at) => (
          <div key={pair.key} className={rowStyle}>
            <LabelledText
              label={t('pairItem', { number: at + 1 })}
              value={pair.item}
              onText={item => change(at, { item })}
              className="min-w-44 flex-1"
            />
            <LabelledText
              label={t('pairChoice')}
              value={pair.choice}
              onText={choice => change(at, { choice })}
              className="min-w-44 flex-1"
            />
            {pairs.length > 1 ? (
              <RemoveRow
                label={t('removePair', { number: at + 1 })}
                onPress={() => onChange({ ...body, pairs: pairs.toSpliced(at, 1) })}
              />
            ) : null}
          </div>
        ))}
        <AddRow label={t('addPair')} onPress={() => onChange({ ...body, pairs: [...pairs, emptyPair()] })} />
      </fieldset>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-sm font-semibold">{t('otherChoices')}</legend>
        <p className="text-sm text-muted">{t('otherChoicesHelp')}</p>
        {others.map((line, at) => (
          <div key={line.key} className={rowStyle}>
            <LabelledText
              label={t('otherChoice', { number: at + 1 })}
              value={line.text}
              onText={text => onChange({ ...body, others: others.with(at, { ...line, text }) })}
              className="min-w-44 flex-1"
            />
            <RemoveRow
              label={t('removeOther', { number: at + 1 })}
              onPress={() => onChange({ ...body, others: others.toSpliced(at, 1) })}
            />
          </div>
        ))}
        <AddRow
          label={t('addOther')}
          onPress={() => onChange({ ...body, others: [...others, emptyLine()] })}
        />
      </fieldset>
    </>
  )
}
