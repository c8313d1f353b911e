'use client'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import { CancelImport } from './cancel-import.tsx'
import { ImportReport } from './import-report.tsx'
import { type CourseImport, ImportState, standingOf } from './import-state.tsx'
import { useImport } from './use-import.ts'
import { useImportWords } from './use-import-words.ts'

const stages = ['received', 'reading', 'files', 'lessons', 'done'] as const

/** An import while it runs, and its report or its failure afterwards. */
export function ImportProgress({ initial }: { initial: CourseImport }) {
  const t = useTranslations('imports')
  const words = useImportWords()
  const { state, setState, lost, setLost } = useImport(initial)
  const running = state.status === 'waiting' || state.status === 'running'
  if (standingOf(state) === 'cancelled')
    return (
      <div className="flex flex-col gap-5">
        <Notice tone="info" live={initial.status !== 'failed'} title={t('cancelledTitle')}>
          <p>{t('cancelledText')}</p>
        </Notice>
        <WaysOn again={t('importAnother')} toCourses={t('toCourses')} />
      </div>
    )
  if (state.status === 'failed')
    return (
      <div className="flex flex-col gap-5">
        <Notice tone="error" live={initial.status !== 'failed'} title={t('failedTitle')}>
          {state.error ? <p>{words.failure(state.error)}</p> : null}
          <p className="mt-2">{t('failedText')}</p>
        </Notice>
        <WaysOn again={t('tryAnother')} toCourses={t('toCourses')} />
        {state.report ? <ImportReport report={state.report} /> : null}
      </div>
    )
  if (running)
    return (
      <Card className="flex max-w-3xl flex-col gap-5">
        {lost ? (
          <Notice tone="warning" live>
            {lost}
          </Notice>
        ) : null}
        <div className="flex items-center gap-3">
          <ImportState standing={state.status} label={t(`status_${state.status}`)} />
          <p role="status" className="font-semibold">
            {t(`stage_${state.stage}`)}
          </p>
        </div>
        <ProgressBar label={t('progress')} percent={state.progressPercent} />
        <ol className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
          {stages.map((stage, index) => {
            const at = stages.indexOf(state.stage)
            const look = index < at ? 'text-good' : index === at ? 'font-semibold' : 'text-muted'
            return (
              <li
                key={stage}
                className={`flex items-center gap-1.5 ${look}`}
                {...(index === at ? { 'aria-current': 'step' as const } : {})}
              >
                {index < at ? <Icon name="check" /> : null}
                {t(`step_${stage}`)}
              </li>
            )
          })}
        </ol>
        <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
          <p className="text-sm text-muted">{t('mayLeave')}</p>
          <CancelImport importId={initial.id} cancelled={setState} failed={setLost} />
        </div>
      </Card>
    )
  return (
    <div className="flex flex-col gap-6">
      <Notice tone="success" live={initial.status !== 'done'} title={t('doneTitle')}>
        <p>{t('doneText')}</p>
      </Notice>
      {state.courseId ? (
        <div>
          <LinkButton href={`/teach/courses/${state.courseId}`} size="large">
            {t('openCourse')}
            <Icon name="forward" />
          </LinkButton>
        </div>
      ) : null}
      {state.report ? <ImportReport report={state.report} /> : null}
    </div>
  )
}

/** Where to go from an import that brought no course. */
function WaysOn({ again, toCourses }: { again: string; toCourses: string }) {
  return (
    <div className="flex flex-wrap gap-3">
      <LinkButton href="/teach/import">{again}</LinkButton>
      <LinkButton href="/teach" variant="secondary">
        {toCourses}
      </LinkButton>
    </div>
  )
}
