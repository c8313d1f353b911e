'use client'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import dynamic from 'next/dynamic'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import type { Learner } from '../gradebook/book.ts'
import { useAction } from '../use-action.ts'
import { useIsWide } from '../use-is-wide.ts'
import { LevelGrid } from './level-grid.tsx'
import { LevelList } from './level-list.tsx'
import { type CourseStandards, type LevelRow, levelRow, type Standing } from './standards.ts'

const EvidenceDialog = dynamic(() => import('./evidence-dialog.tsx').then(module => module.EvidenceDialog))

type LevelsViewProps = { course: CourseStandards; learners: Learner[] }

/** The levels of some learners: a sheet where there is room for one, else a standard at a time. */
export function LevelsView({ course, learners }: LevelsViewProps) {
  const t = useTranslations('standards')
  const common = useTranslations('common')
  const [rows, setRows] = useState<ReadonlyMap<string, LevelRow> | null>(null)
  const [open, setOpen] = useState<{ userId: string; standardId: string } | null>(null)
  const [status, setStatus] = useState('')
  const { run, pending, fault } = useAction()
  const isWide = useIsWide()
  const { courseId, standards } = course
  const load = () =>
    run(async () => {
      const userIds = learners.map(({ userId }) => userId)
      const { items } = await call('assessment.readStandardLevels', { courseId, userIds })
      setRows(new Map(items.map(row => [row.userId, levelRow(row)])))
    })
  const first = useRef(load)
  useEffect(() => {
    void first.current()
  }, [])
  if (!rows) {
    if (!fault) return <Skeleton className="h-80 w-full" />
    return (
      <Notice tone="error" live>
        <p>{fault}</p>
        <Button variant="secondary" size="small" onPress={load} isPending={pending} className="mt-2">
          {common('retry')}
        </Button>
      </Notice>
    )
  }
  const learner = learners.find(({ userId }) => userId === open?.userId)
  const standard = standards.find(({ id }) => id === open?.standardId)
  const take = (userId: string, standardId: string, standing: Standing) => {
    setRows(known => {
      const row = known?.get(userId)
      if (!known || !row) return known
      return new Map(known).set(userId, new Map(row).set(standardId, standing))
    })
  }
  const shared = {
    course,
    learners,
    rows,
    onOpen: (userId: string, standardId: string) => {
      setStatus('')
      setOpen({ userId, standardId })
    },
  }
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-sm text-muted empty:hidden">
        {status}
      </p>
      {isWide ? <LevelGrid {...shared} /> : <LevelList {...shared} />}
      {learner && standard ? (
        <EvidenceDialog
          course={course}
          learner={learner}
          standard={standard}
          onClose={() => setOpen(null)}
          onSaved={standing => {
            take(learner.userId, standard.id, standing)
            setStatus(t('saved', { learner: learner.name, standard: standard.code }))
            setOpen(null)
          }}
        />
      ) : null}
    </div>
  )
}
