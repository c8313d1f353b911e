import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { RequestContext } from '@azora/kit/http.ts'
import { selectOptionalEnrollment } from '../enrollments/enrollments.store.ts'
import { selectVisitedSchool } from '../organizations/organizations.store.ts'
import { cardOf, selectCatalogue, selectOptionalOverview } from './catalogue.store.ts'
import { mayAuthor } from './course-access.ts'
import { selectOutline } from './outline.store.ts'

/** The school whose catalogue is asked for: the reader's own, else the one that the address names. */
async function schoolOf(db: Database, context: RequestContext, named: string | undefined): Promise<string> {
  if (context.actor) return context.actor.organizationId
  return (await selectVisitedSchool(db, named ?? context.school)).id
}

type Search = {
  school?: string | undefined
  q?: string | undefined
  category?: string | undefined
  level?: string | undefined
  cursor?: string | undefined
  limit: number
}

export async function browseCatalogue(db: Database, context: RequestContext, search: Search) {
  const organizationId = await schoolOf(db, context, search.school)
  return selectCatalogue(db.in(organizationId), organizationId, search)
}

/**
 * A course as its public page shows it. A draft is there for its author alone; an archived one for who is in it.
 * @throws AppError `not_found`.
 */
export async function viewCourse(
  db: Database,
  context: RequestContext,
  { course, school: named }: { course: string; school?: string | undefined },
) {
  const organizationId = await schoolOf(db, context, named)
  const school = db.in(organizationId)
  const row = await selectOptionalOverview(school, organizationId, course)
  if (!row) throw new AppError('not_found')
  const { actor } = context
  const enrolled = actor !== null && (await selectOptionalEnrollment(school, actor.userId, row.id)) !== null
  if (row.status !== 'published' && !enrolled && !(actor && mayAuthor(actor, row)))
    throw new AppError('not_found')
  return { ...cardOf(row), enrolled, modules: await selectOutline(school, row.id) }
}
