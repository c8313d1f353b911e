'use client'
import { readFormula } from '@azora/contracts/assessment/formula/read-formula.ts'
import { functionNames } from '@azora/contracts/assessment/formula/tree.ts'
import { limits } from '@azora/contracts/limits.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import { Html } from '../../../quiz/html.tsx'
import { mathmlOf } from '../../../quiz/types/formula-mathml.ts'
import { emptyFormulaAnswer, type FormulaDraft } from '../formula-draft.ts'
import { AcceptedAnswers } from './accepted-answers.tsx'
import { Labelled, LabelledChoice, LabelledText } from './labelled.tsx'
import { AddRow, RemoveRow } from './row-buttons.tsx'
import { inputStyle, rowStyle } from './row-style.ts'

type Props = { body: FormulaDraft; survey: boolean; onChange: (body: FormulaDraft) => void }
type Variable = FormulaDraft['variables'][number]

/** The formulas that are accepted, and the variables and functions that they may use. */
export function FormulaEditor({ body, survey, onChange }: Props) {
  const t = useTranslations('quizEditor')
  const { answers, variables, functions } = body
  const names = { variables: variables.map(({ name }) => name.trim()).filter(Boolean), functions }
  const changeVariable = (at: number, part: Partial<Variable>) =>
    onChange({ ...body, variables: variables.map((one, i) => (i === at ? { ...one, ...part } : one)) })
  const forms = (['any', 'expanded', 'factored'] as const).map(id => ({ id, label: t(`form_${id}`) }))
  const drawn = (expression: string) => {
    const read = expression.trim() ? readFormula(expression, names) : null
    return read && 'formula' in read ? mathmlOf(read.formula) : null
  }
  return (
    <>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-sm font-semibold">{t('variables')}</legend>
        {survey ? null : <p className="text-sm text-muted">{t('variablesHelp')}</p>}
        {variables.map((variable, at) => (
          <div key={at} className={rowStyle}>
            <LabelledText
              label={t('variable', { number: at + 1 })}
              value={variable.name}
              onText={name => changeVariable(at, { name })}
              maxLength={20}
              className="w-28"
            />
            {survey
              ? null
              : (['from', 'to'] as const).map(end => (
                  <Labelled key={end} label={t(`range_${end}`)} className="w-28">
                    <input
                      type="number"
                      step="any"
                      value={Number.isNaN(variable[end]) ? '' : variable[end]}
                      onChange={event => changeVariable(at, { [end]: event.target.valueAsNumber })}
                      className={`${inputStyle} tabular-nums`}
                    />
                  </Labelled>
                ))}
            <RemoveRow
              label={t('removeVariable', { number: at + 1 })}
              onPress={() => onChange({ ...body, variables: variables.toSpliced(at, 1) })}
            />
          </div>
        ))}
        {variables.length < limits.variablesOfFormula ? (
          <AddRow
            label={t('addVariable')}
            onPress={() => onChange({ ...body, variables: [...variables, { name: '', from: -5, to: 5 }] })}
          />
        ) : null}
      </fieldset>
      <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
        <legend className="mb-2 text-sm font-semibold">{t('functions')}</legend>
        {functionNames.map(name => (
          <Checkbox
            key={name}
            isSelected={functions.includes(name)}
            onChange={used =>
              onChange({
                ...body,
                functions: functionNames.filter(one => (one === name ? used : functions.includes(one))),
              })
            }
          >
            {name}
          </Checkbox>
        ))}
      </fieldset>
      {survey ? null : (
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 text-sm font-semibold">{t('accepted')}</legend>
          <AcceptedAnswers
            answers={answers}
            onChange={changed => onChange({ ...body, answers: changed })}
            empty={emptyFormulaAnswer}
            addLabel={t('addFormula')}
            fields={(answer, number, change) => {
              const html = drawn(answer.expression)
              return (
                <div className="flex min-w-48 flex-1 flex-col gap-1">
                  <LabelledText
                    label={t('acceptedFormula', { number })}
                    placeholder="2x(x + 1)"
                    value={answer.expression}
                    onText={expression => change({ expression })}
                    maxLength={limits.shortTextLength}
                  />
                  {html ? (
                    <div className="overflow-x-auto px-1">
                      <Html html={html} />
                    </div>
                  ) : null}
                </div>
              )
            }}
          />
          <LabelledChoice
            label={t('form')}
            value={body.form}
            options={forms}
            onChoose={form => onChange({ ...body, form })}
            className="max-w-md"
          />
        </fieldset>
      )}
    </>
  )
}
