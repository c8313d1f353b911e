'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import { emptyTextAnswer, type ShortTextDraft } from '../body-draft.ts'
import { AcceptedAnswers } from './accepted-answers.tsx'
import { LabelledChoice, LabelledText } from './labelled.tsx'
import { SpellingLanguage } from './spelling-language.tsx'

type Props = { body: ShortTextDraft; survey: boolean; onChange: (body: ShortTextDraft) => void }

/** The answers that are accepted to a short text, and what does not count against one. */
export function ShortTextEditor({ body, survey, onChange }: Props) {
  const t = useTranslations('quizEditor')
  if (survey) return null
  const { answers } = body
  const matches = (['text', 'wildcard', 'pattern'] as const).map(id => ({ id, label: t(`match_${id}`) }))
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-sm font-semibold">{t('accepted')}</legend>
      <AcceptedAnswers
        answers={answers}
        onChange={changed => onChange({ ...body, answers: changed })}
        empty={emptyTextAnswer}
        addLabel={t('addAccepted')}
        fields={(answer, number, change) => (
          <>
            <LabelledText
              label={t('acceptedText', { number })}
              value={answer.text}
              onText={text => change({ text })}
              maxLength={limits.shortTextLength}
              className="min-w-48 flex-1"
            />
            <LabelledChoice
              label={t('match')}
              value={answer.match}
              options={matches}
              onChoose={match => change({ match })}
              className="w-48"
            />
          </>
        )}
      />
      <div className="flex flex-col gap-2">
        <Checkbox
          isSelected={body.spelling === 'tolerant'}
          onChange={tolerant => onChange({ ...body, spelling: tolerant ? 'tolerant' : 'exact' })}
        >
          {t('spellingTolerant')}
        </Checkbox>
        <Checkbox
          isSelected={body.caseSensitive}
          onChange={caseSensitive => onChange({ ...body, caseSensitive })}
        >
          {t('caseSensitive')}
        </Checkbox>
        <Checkbox
          isSelected={body.accentSensitive}
          onChange={accentSensitive => onChange({ ...body, accentSensitive })}
        >
          {t('accentSensitive')}
        </Checkbox>
      </div>
      <SpellingLanguage language={body.language} onChange={language => onChange({ ...body, language })} />
    </fieldset>
  )
}
