'use client'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import dynamic from 'next/dynamic'
import { type FormEvent, useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { call, type InputOf } from '../../../lib/api.browser.ts'
import { SaveBar, SetupPart } from '../../setup-parts.tsx'
import { useAction } from '../../use-action.ts'
import type { CourseStandards } from '../standards.ts'
import { LevelRows } from './level-rows.tsx'
import { StandardList } from './standard-list.tsx'

const ImportDialog = dynamic(() => import('./import-dialog.tsx').then(module => module.ImportDialog))

export type Setup = Omit<InputOf<'assessment.saveStandards'>, 'courseId' | 'standardsRevision'>

const evidenceRules = ['decaying', 'latest', 'highest', 'mean'] as const

const setupOf = ({ standardsShown, evidenceRule, levels, standards }: CourseStandards): Setup => ({
  standardsShown,
  evidenceRule,
  levels,
  standards: standards.map(({ questionCount: _, ...standard }) => standard),
})

/** The standards of a course with their levels, saved as a whole. */
export function StandardsForm({ initial }: { initial: CourseStandards }) {
  const t = useTranslations('standardsSetup')
  const [course, setCourse] = useState(initial)
  const [setup, setSetup] = useState<Setup>(() => setupOf(initial))
  const [status, setStatus] = useState<'saved' | 'conflict' | 'taken' | null>(null)
  const [importing, setImporting] = useState(false)
  const { run, pending, fault } = useAction({ onConflict: async () => setStatus('conflict') })
  const change = (next: Setup) => {
    setStatus(null)
    setSetup(next)
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    setStatus(null)
    void run(async () => {
      const { courseId, standardsRevision } = course
      const saved = await call('assessment.saveStandards', { ...setup, courseId, standardsRevision })
      setCourse(saved)
      setSetup(setupOf(saved))
      setStatus('saved')
    })
  }
  return (
    <form onSubmit={save} className="flex flex-col gap-8">
      <SetupPart title={t('standards')}>
        <div>
          <Button variant="secondary" onPress={() => setImporting(true)}>
            <Icon name="upload" />
            {t('import')}
          </Button>
        </div>
        {status === 'taken' ? <Notice live>{t('taken')}</Notice> : null}
        <StandardList
          standards={setup.standards}
          saved={course.standards}
          onStandards={standards => change({ ...setup, standards })}
        />
      </SetupPart>
      <SetupPart title={t('rules')}>
        <Card className="flex flex-col gap-4">
          <div className="flex flex-col gap-1.5">
            <NativeSelect
              label={t('rule')}
              value={setup.evidenceRule}
              onChange={event =>
                change({ ...setup, evidenceRule: event.target.value as Setup['evidenceRule'] })
              }
              options={evidenceRules.map(id => ({ id, label: t(`rule_${id}`) }))}
            />
            <p className="text-sm text-muted">{t('ruleHelp')}</p>
          </div>
          <Checkbox
            isSelected={setup.standardsShown}
            onChange={standardsShown => change({ ...setup, standardsShown })}
          >
            {t('shown')}
            <span className="block text-sm text-muted">{t('shownHelp')}</span>
          </Checkbox>
        </Card>
      </SetupPart>
      <SetupPart title={t('levels')}>
        <LevelRows levels={setup.levels} onLevels={levels => change({ ...setup, levels })} />
      </SetupPart>
      <SaveBar status={status} fault={fault} pending={pending} t={t} />
      {importing ? (
        <ImportDialog
          current={setup.standards}
          onClose={() => setImporting(false)}
          onTake={standards => {
            setSetup({ ...setup, standards })
            setStatus('taken')
            setImporting(false)
          }}
        />
      ) : null}
    </form>
  )
}
