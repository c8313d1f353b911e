'use client'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { useRef } from 'react'
import type { FilesHandle } from '../../../../code/code-files.tsx'
import { RunSummary } from '../../../../code/runs/run-summary.tsx'
import { useTranslations } from '../../../../i18n/client.tsx'
import { call } from '../../../../lib/api.browser.ts'
import { type CodeDraft, hasUnitTests, inLanguage, type ProgramLanguage } from '../../code-draft.ts'
import { LabelledChoice } from '../labelled.tsx'
import { FileRows } from './file-rows.tsx'
import { RunLimits } from './run-limits.tsx'
import { Solution } from './solution.tsx'
import { StyleRows } from './style-rows.tsx'
import { TestRows } from './test-rows.tsx'
import { UnitTests } from './unit-tests.tsx'
import { useTrialRun } from './use-trial-run.ts'

type CodeEditorProps = { body: CodeDraft; survey: boolean; onChange: (body: CodeDraft) => void }

const languages = {
  python: 'Python',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  sql: 'SQL (SQLite)',
  c: 'C',
} satisfies Record<ProgramLanguage, string>

const options = Object.entries(languages).map(([id, label]) => ({ id: id as ProgramLanguage, label }))

/** A question that asks for a program: its language, its files, a right answer, and what it is tested with. */
export function CodeEditor({ body, survey, onChange }: CodeEditorProps) {
  const t = useTranslations('codeEditor')
  const trial = useTrialRun(body)
  const solution = useRef<FilesHandle>(null)
  const known = useLoad('program-languages', signal =>
    call('assessment.listProgramLanguages', {}, { signal }),
  ).value?.languages
  // As long as it is not known it is tried.
  const isRun = known?.includes(body.language) ?? true
  const hasSolution = body.files.some(file => file.use === 'write' && file.solution.trim() !== '')
  const run = () => {
    if (isRun && hasSolution) trial.run()
  }
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <LabelledChoice
        label={t('language')}
        value={body.language}
        options={options}
        onChoose={language => onChange(inLanguage(body, language))}
        className="max-w-56"
      />
      {isRun ? null : (
        <Notice tone="warning">{t('languageNotRun', { language: languages[body.language] })}</Notice>
      )}
      <FileRows body={body} onChange={files => onChange({ ...body, files })} />
      {survey ? null : (
        <>
          <Solution
            ref={solution}
            files={body.files}
            onChange={files => onChange({ ...body, files })}
            errorPlace={trial.errorPlace}
            onRun={run}
          />
          {hasUnitTests(body.language) ? (
            <UnitTests body={body} onChange={part => onChange({ ...body, ...part })} />
          ) : null}
          <TestRows
            tests={body.tests}
            onChange={tests => onChange({ ...body, tests })}
            bounds={body}
            resultOf={trial.resultOf}
            onGoTo={place => solution.current?.goTo(place)}
          />
          {hasUnitTests(body.language) ? (
            <StyleRows
              style={body.style ?? []}
              onChange={style => onChange({ ...body, style })}
              resultOf={trial.resultOf}
              onGoTo={place => solution.current?.goTo(place)}
            />
          ) : null}
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button
              variant="secondary"
              onPress={run}
              isPending={trial.state.isRunning}
              isDisabled={!isRun || !hasSolution}
            >
              {t('trySolution')}
            </Button>
            {hasSolution ? null : <p className="text-sm text-muted">{t('solutionMissing')}</p>}
            <RunSummary state={trial.state} tests={body.tests} />
          </div>
          <Checkbox isSelected={body.keyShown} onChange={keyShown => onChange({ ...body, keyShown })}>
            {t('keyShown')}
          </Checkbox>
        </>
      )}
      <RunLimits body={body} onChange={part => onChange({ ...body, ...part })} />
    </div>
  )
}
