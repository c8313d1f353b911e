import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { sharingPassages } from '../questions/passage.ts'
import type { Question } from '../questions/question.ts'
import { passageColumn } from './passages.store.ts'

/** Keep the current versions of questions, before they are changed or taken out. The quiz is locked. */
export async function keepVersions(db: Queryable, questionIds: string[]): Promise<void> {
  await db.run(sql`
    insert into question_versions (organization_id, quiz_id, question_id, version, type, content, options,
      correct_answer, body, scoring, feedback, hints, parameters, points, position, passage_id, passage_version)
    select organization_id, quiz_id, id, version, type, content, options, correct_answer, body, scoring, feedback,
      hints, parameters, points, position, passage_id, passage_version
    from questions where organization_id = ${db.organizationId} and id = any(${questionIds}::uuid[])`)
}

/** The questions in the versions given, in the order given. */
export async function selectQuestionVersions(
  db: Queryable,
  ids: string[],
  versions: number[],
): Promise<Question[]> {
  const passageId = sql`case when q.id is null then v.passage_id else q.passage_id end`
  const passageVersion = sql`case when q.id is null then v.passage_version else q.passage_version end`
  const questions = await db.rows<Question>(sql`
    select wanted.id, wanted.version, coalesce(q.type, v.type) as type, coalesce(q.content, v.content) as content,
      coalesce(q.points, v.points) as points, coalesce(q.options, v.options) as options,
      coalesce(q.correct_answer, v.correct_answer) as correct_answer,
      case when q.id is null then v.body else q.body end as body, coalesce(q.scoring, v.scoring) as scoring,
      coalesce(q.feedback, v.feedback) as feedback, coalesce(q.hints, v.hints) as hints,
      case when q.id is null then v.parameters else q.parameters end as parameters,
      ${passageColumn(db.organizationId, passageId, passageVersion)}
    from unnest(${ids}::uuid[], ${versions}::int[]) with ordinality as wanted (id, version, place)
    left join questions q
      on q.organization_id = ${db.organizationId} and q.id = wanted.id and q.version = wanted.version
    left join question_versions v
      on v.organization_id = ${db.organizationId} and v.question_id = wanted.id and v.version = wanted.version
    where q.id is not null or v.question_id is not null
    order by wanted.place`)
  return sharingPassages(questions)
}

export async function raiseRevision(db: Queryable, quizId: string): Promise<void> {
  await db.run(sql`
    update quizzes set revision = revision + 1 where organization_id = ${db.organizationId} and id = ${quizId}`)
}

/** How many attempts there are, and how many of them were taken before the latest change of the questions. */
export async function countAttempts(db: Queryable, quizId: string) {
  return db.one<{ attemptCount: number; earlierAttemptCount: number }>(sql`
    select count(*) as attempt_count, count(*) filter (where s.quiz_revision < q.revision) as earlier_attempt_count
    from submissions s join quizzes q on q.organization_id = s.organization_id and q.id = s.quiz_id
    where s.organization_id = ${db.organizationId} and s.quiz_id = ${quizId}`)
}
