import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { EvidenceRule, Level } from './level-rule.ts'

export type Standard = { id: string; code: string; title: string; description: string }

export type Rules = { levels: Level[] | null; evidenceRule: EvidenceRule; shown: boolean; revision: number }

const unsaved: Rules = { levels: null, evidenceRule: 'decaying', shown: false, revision: 0 }

export async function selectRules(db: Queryable, courseId: string): Promise<Rules> {
  const stored = await db.optional<Rules>(sql`
    select levels, evidence_rule, shown, revision from standard_rules
    where organization_id = ${db.organizationId} and course_id = ${courseId}`)
  return stored ?? unsaved
}

/**
 * The rules of a course, made where there were none. `update`: change the standards while nobody aligns or judges;
 * `share`: align and judge side by side while no standard and no level goes.
 */
export async function lockRules(tx: Transaction, courseId: string, lock: 'share' | 'update'): Promise<Rules> {
  tx.send(sql`
    insert into standard_rules (course_id, organization_id) values (${courseId}, ${tx.organizationId})
    on conflict (course_id) do nothing`)
  const columns = sql`
    select levels, evidence_rule, shown, revision from standard_rules
    where organization_id = ${tx.organizationId} and course_id = ${courseId}`
  return tx.one<Rules>(lock === 'share' ? sql`${columns} for share` : sql`${columns} for update`)
}

export async function selectStandards(
  db: Queryable,
  courseId: string,
): Promise<(Standard & { questionCount: number })[]> {
  return db.rows(sql`
    select s.id, s.code, s.title, s.description, (
      select count(*)::int from standard_alignments a
      join questions n on n.organization_id = a.organization_id and n.id = a.question_id and n.quiz_id = a.quiz_id
      where a.organization_id = s.organization_id and a.course_id = s.course_id and a.standard_id = s.id) as question_count
    from standards s where s.organization_id = ${db.organizationId} and s.course_id = ${courseId}
    order by s.position, s.id`)
}

/** Let the standards of a course be these, in this order. The rules are locked. */
export async function replaceStandards(
  tx: Transaction,
  courseId: string,
  rules: Omit<Rules, 'revision'>,
  standards: readonly Standard[],
): Promise<void> {
  const rows = JSON.stringify(standards.map((standard, position) => ({ ...standard, position })))
  tx.send(sql`
    update standard_rules set levels = ${JSON.stringify(rules.levels)}::jsonb, evidence_rule = ${rules.evidenceRule},
      shown = ${rules.shown}, revision = revision + 1
    where organization_id = ${tx.organizationId} and course_id = ${courseId}`)
  tx.send(sql`
    delete from standards where organization_id = ${tx.organizationId} and course_id = ${courseId}
      and id <> all(${standards.map(({ id }) => id)}::uuid[])`)
  await tx.run(sql`
    insert into standards (organization_id, course_id, id, code, title, description, position)
    select ${tx.organizationId}::uuid, ${courseId}::uuid, r.id, r.code, r.title, r.description, r.position
    from jsonb_to_recordset(${rows}::jsonb)
      as r (id uuid, code text, title text, description text, position int)
    on conflict (course_id, id) do update set code = excluded.code, title = excluded.title,
      description = excluded.description, position = excluded.position
    where standards.organization_id = excluded.organization_id`)
}

export async function deleteStandards(db: Queryable, courseId: string): Promise<void> {
  await db.run(
    sql`delete from standards where organization_id = ${db.organizationId} and course_id = ${courseId}`,
  )
  await db.run(
    sql`delete from standard_rules where organization_id = ${db.organizationId} and course_id = ${courseId}`,
  )
}

export type Alignment = { questionId: string; standardId: string }

/** What each question of a quiz shows, in its order. */
export async function selectQuizAlignments(db: Queryable, quizId: string) {
  return db.rows<{ id: string; content: string; points: number; standardIds: string[] }>(sql`
    select n.id, n.content, n.points::float8 as points, coalesce((
      select array_agg(a.standard_id order by s.position, s.id) from standard_alignments a
      join standards s on s.organization_id = a.organization_id and s.course_id = a.course_id and s.id = a.standard_id
      where a.organization_id = n.organization_id and a.quiz_id = n.quiz_id and a.question_id = n.id), '{}') as standard_ids
    from questions n where n.organization_id = ${db.organizationId} and n.quiz_id = ${quizId}
    order by n.position, n.id`)
}

/** Add and remove pairs. The rules are locked, and so is the quiz. @returns the most standards that a question of it shows. */
export async function storeAlignments(
  tx: Transaction,
  { courseId, quizId }: { courseId: string; quizId: string },
  added: readonly Alignment[],
  removed: readonly Alignment[],
): Promise<number> {
  const given = (pairs: readonly Alignment[]) =>
    sql`unnest(${pairs.map(({ questionId }) => questionId)}::uuid[], ${pairs.map(({ standardId }) => standardId)}::uuid[])
      as given (question_id, standard_id)`
  tx.send(sql`
    delete from standard_alignments a using ${given(removed)}
    where a.organization_id = ${tx.organizationId} and a.course_id = ${courseId} and a.quiz_id = ${quizId}
      and a.question_id = given.question_id and a.standard_id = given.standard_id`)
  // In one order, so that two who add the same do not wait for each other in a circle.
  tx.send(sql`
    insert into standard_alignments (organization_id, course_id, standard_id, quiz_id, question_id)
    select ${tx.organizationId}::uuid, ${courseId}::uuid, given.standard_id, ${quizId}::uuid, given.question_id
    from ${given(added)} order by given.standard_id, given.question_id on conflict do nothing`)
  const { most } = await tx.one<{ most: number }>(sql`
    select coalesce(max(shown), 0)::int as most from (
      select count(*) as shown from standard_alignments
      where organization_id = ${tx.organizationId} and quiz_id = ${quizId} group by question_id) each`)
  return most
}

/** Let the questions of a copied quiz show what those that they were made from show. */
export async function copyAlignments(
  tx: Transaction,
  quizId: string,
  copies: readonly { from: string; to: string }[],
): Promise<void> {
  await tx.run(sql`
    insert into standard_alignments (organization_id, course_id, standard_id, quiz_id, question_id)
    select a.organization_id, a.course_id, a.standard_id, ${quizId}::uuid, copied.to_id
    from unnest(${copies.map(({ from }) => from)}::uuid[], ${copies.map(({ to }) => to)}::uuid[])
      as copied (from_id, to_id)
    join standard_alignments a on a.organization_id = ${tx.organizationId} and a.question_id = copied.from_id`)
}
