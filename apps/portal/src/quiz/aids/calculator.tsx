'use client'
import { TextField } from '@azora/ui/text-field.tsx'
import { type FormEvent, useRef, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { useTranslations } from '../../i18n/client.tsx'
import { evaluate, longestLine } from './evaluate.ts'

const keys = [
  ['7', '8', '9', '÷', '('],
  ['4', '5', '6', '×', ')'],
  ['1', '2', '3', '−', '^'],
  ['0', '.', '+', '√'],
]
/** The keys whose sign says too little to a screen reader. */
const spoken = {
  '÷': 'keyDivide',
  '×': 'keyTimes',
  '−': 'keyMinus',
  '+': 'keyPlus',
  '^': 'keyPower',
  '√': 'keyRoot',
  '(': 'keyOpen',
  ')': 'keyClose',
  '.': 'keyPoint',
} as const

const keyStyle =
  'grid min-h-11 place-items-center rounded-control border border-line bg-sunken text-lg font-semibold tabular-nums hover:border-accent data-pressed:bg-accent-soft'

/** A calculator for a line at a time, typed or pressed. Nothing of it is sent or kept. */
export function Calculator() {
  const t = useTranslations('quiz')
  const [line, setLine] = useState('')
  const [outcome, setOutcome] = useState<ReturnType<typeof evaluate> | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const type = (text: string) => {
    setOutcome(null)
    setLine(text.slice(0, longestLine))
  }
  const calculate = (event: FormEvent) => {
    event.preventDefault()
    setOutcome(evaluate(line))
  }
  return (
    <form ref={form} onSubmit={calculate} className="flex flex-col gap-3">
      <TextField
        label={t('calculation')}
        value={line}
        onChange={type}
        maxLength={longestLine}
        inputMode="decimal"
        autoComplete="off"
        spellCheck="false"
      />
      <p role="status" className="min-h-8 text-xl font-bold break-all tabular-nums">
        {outcome === null ? '' : 'value' in outcome ? `= ${outcome.value}` : t(`calculator_${outcome.fault}`)}
      </p>
      <div className="grid grid-cols-5 gap-2">
        {keys.flat().map(key => (
          <Button
            key={key}
            className={keyStyle}
            onPress={() => type(line + key)}
            {...(key in spoken ? { 'aria-label': t(spoken[key as keyof typeof spoken]) } : {})}
          >
            {key}
          </Button>
        ))}
        <Button className={keyStyle} aria-label={t('keyBack')} onPress={() => type(line.slice(0, -1))}>
          ⌫
        </Button>
        <Button className={`${keyStyle} col-span-2`} onPress={() => type('')}>
          {t('keyClear')}
        </Button>
        <Button
          type="submit"
          className="col-span-3 grid min-h-11 place-items-center rounded-control bg-accent text-lg font-bold text-on-accent"
          aria-label={t('calculate')}
        >
          =
        </Button>
      </div>
    </form>
  )
}
