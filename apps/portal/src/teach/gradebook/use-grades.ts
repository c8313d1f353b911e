'use client'
import { useEffect, useRef, useState } from 'react'
import { call } from '../../lib/api.browser.ts'
import { useAction } from '../use-action.ts'
import type { Book, GradeRow, Learner } from './book.ts'

export type GradeEntry = {
  score: number | null
  excused: boolean
  comment: string | null
  reason: string | null
}

/** What of a grade is changed; the rest stays, also where someone else has just changed it. */
export type GradeChange = Partial<GradeEntry>

/** A grade that was entered, and what was there before of that which changed. */
type Entered = { userId: string; itemId: string | null; before: GradeChange }

/** What was entered by hand in a cell; without an item, for the course grade. */
export function entryIn(book: Book, row: GradeRow, itemId: string | null): GradeEntry {
  if (itemId === null) {
    return { score: row.overridden ? row.percent : null, excused: false, comment: null, reason: null }
  }
  const entry = row.entries.find(one => one.itemId === itemId)
  const at = book.items.findIndex(({ id }) => id === itemId)
  return {
    score: entry?.byHand ? (row.scores[at] ?? null) : null,
    excused: entry?.excused ?? false,
    comment: entry?.comment ?? null,
    reason: null,
  }
}

/** The rows of a gradebook as they are now, saving a grade, and taking the last one back. */
export function useGrades(book: Book, learners: readonly Learner[]) {
  const [rows, setRows] = useState<ReadonlyMap<string, GradeRow> | null>(null)
  const [last, setLast] = useState<Entered | null>(null)
  const { run, pending, fault, clear } = useAction()
  const { courseId } = book
  // What is saved while another save is under way waits, so that the grades come in the order of typing.
  const queue = useRef<Promise<unknown>>(Promise.resolve())

  const load = () =>
    run(async () => {
      const userIds = learners.map(({ userId }) => userId)
      const { items } = await call('assessment.readGrades', { courseId, userIds })
      setRows(new Map(items.map(row => [row.userId, row])))
    })
  const first = useRef(load)
  useEffect(() => {
    void first.current()
  }, [])

  const store = (userId: string, itemId: string | null, change: GradeChange): Promise<boolean> => {
    const work = queue.current.then(() =>
      run(async () => {
        const row = await call('assessment.setGrade', { courseId, userId, itemId, ...change })
        setRows(known => new Map(known ?? []).set(userId, row))
      }),
    )
    queue.current = work
    return work
  }

  const save = async (row: GradeRow, itemId: string | null, change: GradeChange): Promise<boolean> => {
    const before = beforeOf(change, entryIn(book, row, itemId))
    const done = await store(row.userId, itemId, change)
    if (done) setLast({ userId: row.userId, itemId, before })
    return done
  }

  const undo = async (): Promise<Entered | null> => {
    if (!last) return null
    const hadResult = typeof last.before.score === 'number' || last.before.excused
    const done = await store(last.userId, last.itemId, {
      ...last.before,
      ...(hadResult ? { reason: undoReason } : {}),
    })
    if (!done) return null
    setLast(null)
    return last
  }

  return { rows, load, save, undo, canUndo: last !== null, pending, fault, clear }
}

/** What the history tells of a replaced grade that came back. */
const undoReason = 'Undo'

function beforeOf(change: GradeChange, { score, excused, comment }: GradeEntry): GradeChange {
  return {
    ...('score' in change ? { score } : {}),
    ...('excused' in change ? { excused } : {}),
    ...('comment' in change ? { comment } : {}),
  }
}
