'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { useIsWide } from '../use-is-wide.ts'
import type { Book, GradeRow, Learner } from './book.ts'
import { ColumnList } from './column-list.tsx'
import { GradeGrid } from './grade-grid.tsx'
import { entryIn, useGrades } from './use-grades.ts'

const GradeDialog = dynamic(() => import('./grade-dialog.tsx').then(module => module.GradeDialog))

type GradebookViewProps = { book: Book; learners: Learner[] }

/** The grades of some learners of a course: a sheet where there is room for one, else a column at a time. */
export function GradebookView({ book, learners }: GradebookViewProps) {
  const t = useTranslations('gradebook')
  const common = useTranslations('common')
  const { rows, load, save, undo, canUndo, pending, fault, clear } = useGrades(book, learners)
  const [open, setOpen] = useState<{ userId: string; itemId: string | null } | null>(null)
  const [status, setStatus] = useState('')
  const isWide = useIsWide()
  const nameOf = (userId: string) => learners.find(learner => learner.userId === userId)?.name ?? ''
  const itemOf = (itemId: string | null) => book.items.find(({ id }) => id === itemId) ?? null
  const naming = (userId: string, itemId: string | null) => ({
    learner: nameOf(userId),
    item: itemOf(itemId)?.title ?? t('courseGrade'),
  })
  const onScore = async (row: GradeRow, itemId: string, score: number | null) => {
    setStatus('')
    const done = await save(row, itemId, { score, excused: false })
    if (done) setStatus(t('saved', naming(row.userId, itemId)))
  }
  const onUndo = async () => {
    const undone = await undo()
    if (undone) setStatus(t('undone', naming(undone.userId, undone.itemId)))
  }
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
  const shared = {
    book,
    learners,
    rows,
    onScore,
    onFault: () => setStatus(t('notNumber')),
    onOpen: (row: GradeRow, itemId: string | null) => {
      clear()
      setOpen({ userId: row.userId, itemId })
    },
  }
  const opened = open && rows.get(open.userId)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2">
        <Button variant="secondary" size="small" onPress={onUndo} isDisabled={!canUndo || pending}>
          <Icon name="undo" />
          {t('undo')}
        </Button>
        <p role="status" className={`text-sm ${fault ? 'text-bad' : 'text-muted'}`}>
          {open ? '' : (fault ?? status)}
        </p>
      </div>
      {isWide ? <GradeGrid {...shared} onUndo={onUndo} /> : <ColumnList {...shared} />}
      {open && opened ? (
        <GradeDialog
          learner={nameOf(open.userId)}
          item={itemOf(open.itemId)}
          grades={opened}
          entry={entryIn(book, opened, open.itemId)}
          pending={pending}
          fault={fault}
          onClose={() => {
            clear()
            setOpen(null)
          }}
          onSave={async change => {
            if (!(await save(opened, open.itemId, change))) return
            setStatus(t('saved', naming(open.userId, open.itemId)))
            setOpen(null)
          }}
        />
      ) : null}
    </div>
  )
}
