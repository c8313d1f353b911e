'use client'
import { Button } from '@azora/ui/button.tsx'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { Submission } from '../../offline/answers.ts'
import { Html } from '../html.tsx'
import { AidPanel } from './aid-panel.tsx'

// Only who opens it pays for its arithmetic.
const Calculator = dynamic(() => import('./calculator.tsx').then(module => module.Calculator))

type Aid = 'calculator' | 'formulas'

/** What the author allows beside a quiz: a calculator and a sheet of formulas, one open at a time. */
export function Aids({ submission }: { submission: Pick<Submission, 'calculator' | 'formulaSheet'> }) {
  const t = useTranslations('quiz')
  const [open, setOpen] = useState<Aid | null>(null)
  const { calculator, formulaSheet } = submission
  if (!calculator && !formulaSheet) return null
  const toggle = (aid: Aid) => setOpen(before => (before === aid ? null : aid))
  const close = () => setOpen(null)
  return (
    <div className="flex flex-wrap gap-3">
      {calculator ? (
        <Button
          variant="secondary"
          aria-expanded={open === 'calculator'}
          onPress={() => toggle('calculator')}
        >
          {t('calculator')}
        </Button>
      ) : null}
      {formulaSheet ? (
        <Button variant="secondary" aria-expanded={open === 'formulas'} onPress={() => toggle('formulas')}>
          {t('formulas')}
        </Button>
      ) : null}
      {open === 'calculator' ? (
        <AidPanel title={t('calculator')} closeLabel={t('closeCalculator')} onClose={close}>
          <Calculator />
        </AidPanel>
      ) : null}
      {open === 'formulas' ? (
        <AidPanel title={t('formulas')} closeLabel={t('closeFormulas')} onClose={close}>
          <div className="overflow-x-auto">
            <Html html={formulaSheet} />
          </div>
        </AidPanel>
      ) : null}
    </div>
  )
}
