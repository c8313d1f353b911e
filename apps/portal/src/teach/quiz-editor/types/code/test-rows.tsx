'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import type { ErrorPlace } from '../../../../code/code-files.tsx'
import type { RunResult } from '../../../../code/runs/run-result.ts'
import type { RunBounds } from '../../../../code/runs/test-outcome.tsx'
import { useTranslations } from '../../../../i18n/client.tsx'
import { newTest, type TestDraft } from '../../code-draft.ts'
import { LabelledChoice, LabelledText } from '../labelled.tsx'
import { AddRow, RemoveRow } from '../row-buttons.tsx'
import { MonoArea } from './mono-area.tsx'
import { TestResult } from './test-result.tsx'

type TestRowsProps = {
  tests: TestDraft[]
  onChange: (tests: TestDraft[]) => void
  bounds: RunBounds
  /** What a test came to with the solution; null where it was not run. */
  resultOf: (testId: string) => RunResult | null
  onGoTo: (place: ErrorPlace) => void
}

/** What a program is run with, and what it should print. */
export function TestRows({ tests, onChange, bounds, resultOf, onGoTo }: TestRowsProps) {
  const t = useTranslations('codeEditor')
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1 text-base font-bold">{t('tests')}</legend>
      <p className="text-sm text-muted">{t('testsHelp')}</p>
      <ol className="flex flex-col gap-4">
        {tests.map((test, at) => (
          <TestRow
            key={test.id}
            test={test}
            number={at + 1}
            isRemovable={tests.length > 1}
            onChange={part => onChange(tests.with(at, { ...test, ...part }))}
            onRemove={() => onChange(tests.toSpliced(at, 1))}
            bounds={bounds}
            result={resultOf(test.id)}
            onGoTo={onGoTo}
          />
        ))}
      </ol>
      {tests.length < limits.testsOfProgram ? (
        <AddRow label={t('addTest')} onPress={() => onChange([...tests, newTest()])} />
      ) : null}
    </fieldset>
  )
}

type TestRowProps = Pick<TestRowsProps, 'bounds' | 'onGoTo'> & {
  result: RunResult | null
  test: TestDraft
  number: number
  isRemovable: boolean
  onChange: (part: Partial<TestDraft>) => void
  onRemove: () => void
}

function TestRow({ test, number, isRemovable, onChange, onRemove, bounds, result, onGoTo }: TestRowProps) {
  const t = useTranslations('codeEditor')
  return (
    <li className="min-w-0 rounded-control border border-line p-3">
      <fieldset aria-label={t('test', { number })} className="flex min-w-0 flex-col gap-3">
        <div className="flex items-end gap-2">
          <LabelledText
            label={t('testTitle', { number })}
            placeholder={t('testPlaceholder')}
            value={test.title}
            onText={title => onChange({ title })}
            maxLength={limits.programTitleLength}
            className="flex-1"
          />
          {isRemovable ? <RemoveRow label={t('removeTest', { number })} onPress={onRemove} /> : null}
        </div>
        {test.unit === undefined ? null : (
          <LabelledText
            label={t('unit')}
            value={test.unit}
            onText={unit => onChange({ unit })}
            maxLength={limits.programArgumentLength}
            spellCheck={false}
            autoCapitalize="off"
          />
        )}
        <div className={`grid min-w-0 gap-3 sm:grid-cols-2 ${test.unit === undefined ? '' : 'hidden'}`}>
          <MonoArea
            label={t('input')}
            value={test.stdin}
            onText={stdin => onChange({ stdin })}
            maxLength={limits.programTextLength}
          />
          <MonoArea
            label={t('expected')}
            value={test.expected}
            onText={expected => onChange({ expected })}
            maxLength={limits.programTextLength}
          />
        </div>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <Checkbox isSelected={test.hidden} onChange={hidden => onChange({ hidden })}>
            {t('hidden')}
          </Checkbox>
          <span className="text-sm text-muted">
            {t(test.hidden ? 'hiddenHelp' : test.unit === undefined ? 'shownHelp' : 'shownUnitHelp')}
          </span>
        </div>
        <details className="rounded-control border border-line">
          <summary className="px-3 py-2 text-sm font-semibold">
            {t(test.unit === undefined ? 'testMore' : 'worth')}
          </summary>
          <div className="flex flex-col gap-3 px-3 pb-3">
            <div className="flex flex-wrap items-end gap-3">
              {test.unit === undefined ? (
                <LabelledChoice
                  label={t('comparison')}
                  value={test.comparison}
                  options={comparisons.map(id => ({ id, label: t(`compare_${id}`) }))}
                  onChoose={comparison => onChange({ comparison })}
                  className="min-w-0 flex-1 basis-64"
                />
              ) : null}
              {test.comparison === 'numbers' ? (
                <NumberField
                  label={t('tolerance')}
                  minValue={0}
                  maxValue={1}
                  formatOptions={{ maximumFractionDigits: 12 }}
                  value={test.tolerance}
                  onChange={tolerance => Number.isNaN(tolerance) || onChange({ tolerance })}
                />
              ) : null}
              <NumberField
                label={t('worth')}
                minValue={0}
                maxValue={1000}
                value={test.worth}
                onChange={worth => Number.isNaN(worth) || onChange({ worth })}
              />
            </div>
            {test.unit === undefined ? (
              <MonoArea
                label={t('arguments')}
                value={test.arguments.join('\n')}
                onText={text =>
                  onChange({
                    arguments: text === '' ? [] : text.split('\n').slice(0, limits.argumentsOfProgram),
                  })
                }
                rows={2}
              />
            ) : null}
          </div>
        </details>
        {result ? (
          <TestResult
            result={result}
            bounds={bounds}
            onGoTo={onGoTo}
            onTake={expected => onChange({ expected })}
          />
        ) : null}
      </fieldset>
    </li>
  )
}

const comparisons = ['lines', 'exact', 'words', 'numbers'] as const satisfies TestDraft['comparison'][]
