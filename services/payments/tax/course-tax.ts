import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { updateTaxCategory } from '../courses/courses.store.ts'

type Wanted = { courseId: string; category: 'standard' | 'zero_rated' | 'exempt' }

/** Say how a course is taxed, from the next order on. @throws AppError `not_found` */
export function setCourseTax(db: Database, by: Caller, { courseId, category }: Wanted): Promise<Wanted> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const name = await updateTaxCategory(tx, courseId, category)
    if (name === null) throw new AppError('not_found')
    await recordAudit(tx, 'payments', by, {
      action: 'course.tax_changed',
      subject: { kind: 'course', id: courseId, name },
      details: { category },
    })
    return { courseId, category }
  })
}
