'use client'
import { useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { ApiError, call, type OutputOf } from '../../../lib/api.browser.ts'
import { linesOfFile } from '../../csv-file.tsx'
import { useAction } from '../../use-action.ts'
import { allLearners } from '../all-grades.ts'
import type { Book, Learner } from '../book.ts'
import { type FileGrades, gradesIn } from './read-file.ts'

type Checked = OutputOf<'assessment.importGrades'>
export type Check = { grades: FileGrades; found: Checked; book: Book; learners: Learner[] }

const mostBytes = 2 * 1024 * 1024

/** Reading a file of grades, looking at what it would change, and importing it. */
export function useImport(courseId: string) {
  const t = useTranslations('gradebookImport')
  const gradebook = useTranslations('gradebook')
  const [check, setCheck] = useState<Check | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const [changed, setChanged] = useState(false)
  const { run, pending, fault } = useAction()

  const ask = async (grades: FileGrades) => {
    const { itemIds, rows } = grades
    return call('assessment.importGrades', { courseId, apply: false, itemIds, rows })
  }

  const open = async (file: File) => {
    setCheck(null)
    setChanged(false)
    setRefused(null)
    if (file.size > mostBytes) return setRefused(t('tooLarge'))
    await run(async () => {
      const [lines, book, learners] = await Promise.all([
        linesOfFile(file),
        call('assessment.getGradebook', { courseId }),
        allLearners(courseId),
      ])
      if (!lines) return setRefused(t('notRead'))
      const passedOver = [
        gradebook('learner'),
        gradebook('courseGrade'),
        `${gradebook('courseGrade')} %`,
        'Name',
      ]
      const grades = gradesIn(lines, book, learners, passedOver)
      if (!grades) return setRefused(t('noLearnerColumn'))
      setCheck({ grades, found: await ask(grades), book, learners })
    })
  }

  const apply = async () => {
    if (!check) return
    const { grades, found } = check
    const { itemIds, rows } = grades
    await run(async () => {
      try {
        const { revision } = found
        const done = await call('assessment.importGrades', { courseId, apply: true, revision, itemIds, rows })
        setChanged(false)
        setCheck({ ...check, found: done })
      } catch (failure) {
        if (!(failure instanceof ApiError && failure.code === 'conflict')) throw failure
        // What would change now is shown instead, and nothing was written.
        setCheck({ ...check, found: await ask(grades) })
        setChanged(true)
      }
    })
  }

  const restart = () => {
    setCheck(null)
    setRefused(null)
    setChanged(false)
  }

  return { check, changed, pending, fault: refused ?? fault, open, apply, restart }
}
