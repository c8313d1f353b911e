import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** The schools that have an account, by steps through an index instead of every row. */
export async function selectSchools(db: Unscoped): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    with recursive schools as (
      select (select a.organization_id from accounts a order by a.organization_id limit 1) as id
      union all
      select (select a.organization_id from accounts a where a.organization_id > s.id order by a.organization_id limit 1)
      from schools s where s.id is not null
    )
    select id from schools where id is not null`)
  return rows.map(({ id }) => id)
}

/** The highest number of a transfer that is committed; null when there is none. */
export async function selectLastSequence(db: Queryable): Promise<string | null> {
  const { last } = await db.one<{ last: string | null }>(
    sql`select max(sequence)::text as last from transfers where organization_id = ${db.organizationId}`,
  )
  return last
}

/** The transactions that are writing to the ledger of the school just now (`markWriting`). */
export async function selectWriters(db: Queryable): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select l.virtualtransaction as id
    from hashtextextended('azora ledger ' || ${db.organizationId}::text, 0) as key, pg_locks l
    where l.locktype = 'advisory' and l.mode = 'ShareLock' and l.objsubid = 1
      and l.database = (select oid from pg_database where datname = current_database())
      and l.classid::bigint = (key >> 32) & 4294967295 and l.objid::bigint = key & 4294967295`)
  return rows.map(({ id }) => id)
}

export type Seal = { number: number; lastSequence: string; transfers: number; hash: Buffer }

/** One at a time seals a school, until the transaction ends. */
export async function lockSealing(tx: Transaction): Promise<void> {
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended('azora ledger seals ' || ${tx.organizationId}::text, 0))`,
  )
}

export function selectOptionalLastSeal(db: Queryable): Promise<Seal | null> {
  return db.optional<Seal>(sql`
    select number, last_sequence::text as last_sequence, transfers, hash from seals
    where organization_id = ${db.organizationId} order by number desc limit 1`)
}

/** In their order, after a number. */
export function selectSeals(db: Queryable, after: number, limit: number): Promise<Seal[]> {
  return db.rows<Seal>(sql`
    select number, last_sequence::text as last_sequence, transfers, hash from seals
    where organization_id = ${db.organizationId} and number > ${after} order by number limit ${limit}`)
}

export async function insertSeal(tx: Transaction, seal: Seal): Promise<void> {
  await tx.run(sql`
    insert into seals (organization_id, number, last_sequence, transfers, hash)
    values (${tx.organizationId}, ${seal.number}, ${seal.lastSequence}, ${seal.transfers}, ${seal.hash})`)
}

/**
 * A run of transfers: how many there are and the SHA-256 of their rows in order, each as PostgreSQL writes a record
 * (manual, 8.16.6) and on a line of its own, behind the hash of the run before. Times are seconds since 1970, so that no
 * setting of a session changes them.
 *
 * @param until the last of the run; at most `limit` are taken.
 */
export async function selectRun(
  db: Queryable,
  run: { after: string; until: string; limit: number; previous: Buffer },
): Promise<{ transfers: number; lastSequence: string | null; hash: Buffer | null }> {
  return db.one(sql`
    select count(*) as transfers, max(sequence)::text as last_sequence,
      sha256(${run.previous}::bytea || convert_to(string_agg(line, E'\n' order by sequence), 'UTF8')) as hash
    from (
      select sequence, row(sequence, id, phase, debit_account_id, credit_account_id, amount, released, currency, kind,
        pending_id, extract(epoch from expires_at), booking_id, corrects_id, reference_type, reference_id, description,
        created_by, extract(epoch from booked_at))::text as line
      from transfers
      where organization_id = ${db.organizationId} and sequence > ${run.after}::bigint and sequence <= ${run.until}::bigint
      order by sequence limit ${run.limit}
    ) lines`)
}

/** How many transfers no seal covers yet, and since when the first of them waits. */
export function selectUnsealed(db: Queryable): Promise<{ transfers: number; since: string | null }> {
  return db.one(sql`
    select count(*) as transfers, min(booked_at) as since from transfers
    where organization_id = ${db.organizationId} and sequence > coalesce(
      (select max(s.last_sequence) from seals s where s.organization_id = ${db.organizationId}), 0)`)
}
