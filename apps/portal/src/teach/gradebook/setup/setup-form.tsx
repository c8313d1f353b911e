'use client'
import { Card } from '@azora/ui/card.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { type FormEvent, useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { call } from '../../../lib/api.browser.ts'
import { SaveBar, SetupPart } from '../../setup-parts.tsx'
import { useAction } from '../../use-action.ts'
import type { Book } from '../book.ts'
import { CategoryList } from './category-list.tsx'
import { ItemList } from './item-list.tsx'
import { ScaleList } from './scale-list.tsx'
import { type Setup, setupOf } from './setup-draft.ts'

const calculations = ['points', 'weights'] as const
const whenMissing = ['skip', 'zero'] as const

/** The set-up of a gradebook, saved as a whole. */
export function SetupForm({ initial }: { initial: Book }) {
  const t = useTranslations('gradebookSetup')
  const [book, setBook] = useState(initial)
  const [setup, setSetup] = useState<Setup>(() => setupOf(initial))
  const [status, setStatus] = useState<'saved' | 'conflict' | null>(null)
  const { run, pending, fault } = useAction({
    onConflict: async () => setStatus('conflict'),
  })
  const quizzes = [
    ...book.items.flatMap(({ quizId, title, points }) => (quizId ? [{ id: quizId, title, points }] : [])),
    ...book.otherQuizzes,
  ]
  const change = (next: Setup) => {
    setStatus(null)
    setSetup(next)
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    setStatus(null)
    void run(async () => {
      const { courseId, setupRevision } = book
      const saved = await call('assessment.saveGradebook', { ...setup, courseId, setupRevision })
      setBook(saved)
      setSetup(setupOf(saved))
      setStatus('saved')
    })
  }
  return (
    <form onSubmit={save} className="flex flex-col gap-8">
      <SetupPart title={t('rules')}>
        <Card className="flex flex-col gap-4">
          <NativeSelect
            label={t('calculation')}
            value={setup.calculation}
            onChange={event => change({ ...setup, calculation: event.target.value as Setup['calculation'] })}
            options={calculations.map(id => ({ id, label: t(`calculation_${id}`) }))}
          />
          <div className="flex flex-col gap-1.5">
            <NativeSelect
              label={t('missing')}
              value={setup.missing}
              onChange={event => change({ ...setup, missing: event.target.value as Setup['missing'] })}
              options={whenMissing.map(id => ({ id, label: t(`missing_${id}`) }))}
            />
            <p className="text-sm text-muted">{t('missingHelp')}</p>
          </div>
          <NativeSelect
            label={t('decimals')}
            value={String(setup.decimals)}
            onChange={event => change({ ...setup, decimals: Number(event.target.value) })}
            options={(['0', '1', '2'] as const).map(id => ({ id, label: t(`decimals_${id}`) }))}
          />
          <Checkbox
            isSelected={setup.courseGradeShown}
            onChange={courseGradeShown => change({ ...setup, courseGradeShown })}
          >
            {t('shown')}
            <span className="block text-sm text-muted">{t('shownHelp')}</span>
          </Checkbox>
        </Card>
      </SetupPart>
      <SetupPart title={t('categories')}>
        <CategoryList setup={setup} onSetup={change} />
      </SetupPart>
      <SetupPart title={t('items')}>
        <ItemList setup={setup} quizzes={quizzes} onSetup={change} />
      </SetupPart>
      <SetupPart title={t('scale')}>
        <ScaleList setup={setup} onSetup={change} />
      </SetupPart>
      <SaveBar status={status} fault={fault} pending={pending} t={t} />
    </form>
  )
}
