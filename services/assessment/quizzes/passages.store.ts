import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'
import type { Passage } from '../questions/passage.ts'

/** The text of a question as a column of JSON, read with the question itself, so that both are of one moment. */
export const passageColumn = (organizationId: string, id: Sql, version: Sql) => sql`(
    select jsonb_build_object('id', p.id, 'version', p.version, 'content', p.content, 'shuffle', p.shuffle)
    from passages p where p.organization_id = ${organizationId} and p.id = ${id} and p.version = ${version}) as passage`

/** Store the texts of a quiz that is locked: versions that are new, and how each is shuffled now. */
export async function storePassages(db: Queryable, quizId: string, passages: Passage[]): Promise<void> {
  if (passages.length === 0) return
  const rows = sql`jsonb_to_recordset(${JSON.stringify(passages)}::jsonb)
    as n (id uuid, version int, content text, shuffle boolean)`
  await db.run(sql`
    update passages p set shuffle = n.shuffle from ${rows}
    where p.organization_id = ${db.organizationId} and p.id = n.id and p.version = n.version`)
  await db.run(sql`
    insert into passages (id, version, organization_id, quiz_id, content, shuffle)
    select n.id, n.version, ${db.organizationId}::uuid, ${quizId}::uuid, n.content, n.shuffle from ${rows}
    where not exists (select from passages p
      where p.organization_id = ${db.organizationId} and p.id = n.id and p.version = n.version)`)
}

/** Delete the versions of texts that no version of a question names any more, of a quiz that is locked. */
export async function deleteUnusedPassages(tx: Transaction, quizId: string): Promise<void> {
  await tx.run(sql`
    delete from passages p where p.organization_id = ${tx.organizationId} and p.quiz_id = ${quizId}
      and not exists (select from questions q
        where q.organization_id = p.organization_id and q.passage_id = p.id and q.passage_version = p.version)
      and not exists (select from question_versions v
        where v.organization_id = p.organization_id and v.passage_id = p.id and v.passage_version = p.version)`)
}
