'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { htmlOf, typedText } from './typed-text.ts'
import type { QuizState } from './use-quiz.ts'

/** What learners may use beside the questions. */
export function AidsSection({ state }: { state: QuizState }) {
  const t = useTranslations('quizEditor')
  const { settings, changeSettings } = state
  const [formulas, setFormulas] = useState(() => typedText(settings.formulaSheet))
  return (
    <section aria-labelledby="quiz-aids" className="flex flex-col gap-5 border-t border-line pt-5">
      <h2 id="quiz-aids" className="text-lg font-bold">
        {t('aids')}
      </h2>
      <Checkbox isSelected={settings.calculator} onChange={calculator => changeSettings({ calculator })}>
        {t('calculator')}
      </Checkbox>
      <TextArea
        label={t('formulaSheet')}
        description={t('formulaSheetHelp')}
        name="formulaSheet"
        value={formulas}
        maxLength={limits.formulaSheetLength}
        onChange={text => {
          setFormulas(text)
          changeSettings({ formulaSheet: htmlOf(text) })
        }}
      />
    </section>
  )
}
