'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import { type EssayDraft, emptyCriterion, emptyLevel } from '../body-draft.ts'
import { Labelled, LabelledText } from './labelled.tsx'
import { AddRow, RemoveRow } from './row-buttons.tsx'
import { inputStyle } from './row-style.ts'

type Marked = Pick<EssayDraft, 'rubric' | 'rubricShown' | 'guidance'>
type Criterion = EssayDraft['rubric'][number]

/** What a person marks an answer by. */
export function RubricEditor({
  body,
  onChange,
}: {
  body: Marked
  onChange: (part: Partial<Marked>) => void
}) {
  const t = useTranslations('quizEditor')
  const { rubric } = body
  const change = (at: number, part: Partial<Criterion>) =>
    onChange({ rubric: rubric.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  return (
    <>
      <fieldset className="flex min-w-0 flex-col gap-3">
        <legend className="text-sm font-semibold">{t('rubric')}</legend>
        <p className="text-sm text-muted">{t(rubric.length ? 'rubricHelp' : 'rubricNone')}</p>
        <ol className="flex flex-col gap-4">
          {rubric.map((criterion, at) => (
            <CriterionRow
              key={criterion.id}
              criterion={criterion}
              number={at + 1}
              onChange={part => change(at, part)}
              onRemove={() => onChange({ rubric: rubric.toSpliced(at, 1) })}
            />
          ))}
        </ol>
        {rubric.length < limits.criteriaOfRubric ? (
          <AddRow
            label={t('addCriterion')}
            onPress={() => onChange({ rubric: [...rubric, emptyCriterion()] })}
          />
        ) : null}
        {rubric.length > 0 ? (
          <Checkbox isSelected={body.rubricShown} onChange={rubricShown => onChange({ rubricShown })}>
            {t('rubricShown')}
          </Checkbox>
        ) : null}
      </fieldset>
      <TextArea
        label={t('guidance')}
        description={t('guidanceHelp')}
        rows={2}
        value={body.guidance ?? ''}
        onChange={guidance => onChange({ guidance: guidance || null })}
      />
    </>
  )
}

function CriterionRow({
  criterion,
  number,
  onChange,
  onRemove,
}: {
  criterion: Criterion
  number: number
  onChange: (part: Partial<Criterion>) => void
  onRemove: () => void
}) {
  const t = useTranslations('quizEditor')
  const { levels } = criterion
  const changeLevel = (at: number, part: Partial<Criterion['levels'][number]>) =>
    onChange({ levels: levels.map((level, index) => (index === at ? { ...level, ...part } : level)) })
  return (
    <li className="flex flex-col gap-3 rounded-control border border-line p-3">
      <div className="flex items-end gap-2">
        <LabelledText
          label={t('criterion', { number })}
          value={criterion.title}
          onText={title => onChange({ title })}
          maxLength={limits.rubricTitleLength}
          className="flex-1"
        />
        <RemoveRow label={t('removeCriterion', { number })} onPress={onRemove} />
      </div>
      <LabelledText
        label={t('criterionText')}
        value={criterion.description}
        onText={description => onChange({ description })}
        maxLength={limits.rubricTextLength}
      />
      <ol className="flex flex-col gap-3">
        {levels.map((level, at) => (
          <li
            key={level.id}
            className="grid grid-cols-[1fr_5rem_auto] items-end gap-2 sm:grid-cols-[1fr_2fr_5rem_auto]"
          >
            <LabelledText
              label={t('level', { number: at + 1 })}
              value={level.title}
              onText={title => changeLevel(at, { title })}
              maxLength={limits.rubricTitleLength}
            />
            <LabelledText
              label={t('levelText')}
              value={level.description}
              onText={description => changeLevel(at, { description })}
              maxLength={limits.rubricTextLength}
              className="col-span-3 row-start-2 sm:col-span-1 sm:row-start-auto"
            />
            <Labelled label={t('points')}>
              <input
                type="number"
                min={0}
                max={limits.pointsOfQuestion}
                step="any"
                value={level.points}
                onChange={event => {
                  const points = event.target.valueAsNumber
                  changeLevel(at, { points: points >= 0 ? Math.min(points, limits.pointsOfQuestion) : 0 })
                }}
                className={`${inputStyle} tabular-nums`}
              />
            </Labelled>
            {levels.length > 1 ? (
              <RemoveRow
                label={t('removeLevel', { number: at + 1 })}
                onPress={() => onChange({ levels: levels.toSpliced(at, 1) })}
              />
            ) : (
              <span />
            )}
          </li>
        ))}
      </ol>
      {levels.length < limits.levelsOfCriterion ? (
        <AddRow label={t('addLevel')} onPress={() => onChange({ levels: [...levels, emptyLevel(0)] })} />
      ) : null}
    </li>
  )
}
