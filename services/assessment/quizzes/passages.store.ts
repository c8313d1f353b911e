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
  await db.run(sql`
    insert into passages (id, version, organization_id, quiz_id, content, shuffle)
    select p.id, p.version, ${db.organizationId}::uuid, ${quizId}::uuid, p.content, p.shuffle
    from jsonb_to_recordset(${JSON.stringify(passages)}::jsonb) as p (id uuid, version int, content text, shuffle boolean)
    on conflict (id, version) do update set shuffle = excluded.shuffle`)
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
