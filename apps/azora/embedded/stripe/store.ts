import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { Hidden, Kind, Objects } from './objects.ts'

/**
 * What the sandbox knows, in one SQLite file. A request is one transaction, so that what was answered is there after
 * a crash, and what was not answered is there whole or not at all.
 *
 * Commits are written ahead without waiting for the disk: they outlive the process however it ends, but not a power
 * cut. Waiting would hold up the process in which the sandbox runs, for money that is not there.
 */
export type Store = ReturnType<typeof openStore>

/** Work that is to be done at a time. */
export type Due = { at: number; task: string; id: string }

/** A webhook that is to be told. */
export type Delivery = { seq: number; event: string; endpoint: string; attempts: number }

export type Page = {
  limit: number
  startingAfter: string | null
  endingBefore: string | null
  created: { gt?: number; gte?: number; lt?: number; lte?: number }
}

const schema = `
  create table if not exists objects (
    seq integer primary key autoincrement,
    id text not null unique,
    object text not null,
    created integer not null,
    body text not null,
    hidden text not null default '{}',
    customer text generated always as (body ->> '$.customer') virtual,
    payment_intent text generated always as (body ->> '$.payment_intent') virtual,
    charge text generated always as (body ->> '$.charge') virtual,
    challenge text generated always as (hidden ->> '$.challenge') virtual
  );
  create index if not exists objects_by_kind on objects (object, seq);
  create index if not exists objects_by_customer on objects (object, customer, seq) where customer is not null;
  create index if not exists objects_by_payment on objects (object, payment_intent, seq) where payment_intent is not null;
  create index if not exists objects_by_charge on objects (object, charge, seq) where charge is not null;
  create index if not exists objects_by_challenge on objects (challenge) where challenge is not null;
  create table if not exists answers (
    key text primary key, fingerprint text not null, at integer not null, request_id text not null,
    status integer not null, body text not null
  );
  create table if not exists due (at integer not null, task text not null, id text not null, unique (task, id));
  create table if not exists deliveries (
    seq integer primary key autoincrement, event text not null, endpoint text not null,
    attempts integer not null default 0, next_at integer not null
  );
  create index if not exists deliveries_by_time on deliveries (next_at);
`

export function openStore(path: string) {
  const db = new DatabaseSync(path)
  db.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000')
  db.exec(schema)
  const prepared = new Map<string, ReturnType<typeof db.prepare>>()
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? db.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  const all = <R>(sql: string, ...values: SQLInputValue[]) => statement(sql).all(...values) as R[]
  const one = <R>(sql: string, ...values: SQLInputValue[]) =>
    (statement(sql).get(...values) ?? null) as R | null
  const run = (sql: string, ...values: SQLInputValue[]) => statement(sql).run(...values)
  const parsed = <T>(row: { body: string } | null) => (row ? (JSON.parse(row.body) as T) : null)

  return {
    /** All of the work or nothing of it. */
    transaction<T>(work: () => T): T {
      db.exec('begin immediate')
      try {
        const result = work()
        db.exec('commit')
        return result
      } catch (failure) {
        // A full disk may have ended it already.
        if (db.isTransaction) db.exec('rollback')
        throw failure
      }
    },

    put<K extends Kind>(kind: K, object: Objects[K], hidden?: Hidden): void {
      const { id, created } = object as { id: string; created: number }
      run(
        `insert into objects (id, object, created, body, hidden) values (?, ?, ?, ?, ?)
         on conflict (id) do update set body = excluded.body`,
        id,
        kind,
        created,
        JSON.stringify(object),
        '{}',
      )
      if (hidden)
        run('update objects set hidden = json_patch(hidden, ?) where id = ?', JSON.stringify(hidden), id)
    },

    find<K extends Kind>(kind: K, id: string): Objects[K] | null {
      return parsed(one<{ body: string }>('select body from objects where id = ? and object = ?', id, kind))
    },

    /** Whatever has this id. */
    findAny(id: string): Objects[Kind] | null {
      return parsed(one<{ body: string }>('select body from objects where id = ?', id))
    },

    hidden(id: string): Hidden {
      const row = one<{ hidden: string }>('select hidden from objects where id = ?', id)
      return row ? (JSON.parse(row.hidden) as Hidden) : {}
    },

    /** The intent that waits at this 3-D Secure page. */
    findChallenge(challenge: string): Objects['payment_intent'] | Objects['setup_intent'] | null {
      return parsed(one<{ body: string }>('select body from objects where challenge = ?', challenge))
    },

    /**
     * The newest first, one more than was asked for where there are more; before an object, the nearest to it.
     * @param filter what top-level fields are; the names are ours, never a caller's
     */
    list<K extends Kind>(kind: K, page: Page, filter: Record<string, string | null>): Objects[K][] {
      const where = ['object = ?', "coalesce(hidden ->> '$.deleted', 0) = 0"]
      const values: SQLInputValue[] = [kind]
      for (const [field, value] of Object.entries(filter)) {
        if (value === null) continue
        const column = ['customer', 'payment_intent', 'charge'].includes(field)
          ? field
          : `body ->> '$.${field}'`
        where.push(`${column} = ?`)
        values.push(value)
      }
      const operators = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const
      for (const [name, operator] of Object.entries(operators)) {
        const bound = page.created[name as keyof typeof operators]
        if (bound === undefined) continue
        where.push(`created ${operator} ?`)
        values.push(bound)
      }
      const beyond = page.startingAfter ?? page.endingBefore
      if (beyond) {
        where.push(`seq ${page.startingAfter ? '<' : '>'} (select seq from objects where id = ?)`)
        values.push(beyond)
      }
      const order = page.endingBefore && !page.startingAfter ? 'asc' : 'desc'
      const sql = `select body from objects where ${where.join(' and ')} order by seq ${order} limit ?`
      return all<{ body: string }>(sql, ...values, page.limit + 1).map(
        row => JSON.parse(row.body) as Objects[K],
      )
    },

    /** The first answer that was given under an idempotency key. */
    answerOf: (key: string) =>
      one<{ fingerprint: string; request_id: string; status: number; body: string }>(
        'select fingerprint, request_id, status, body from answers where key = ?',
        key,
      ),
    keepAnswer(
      key: string,
      answer: { fingerprint: string; at: number; requestId: string; status: number; body: string },
    ) {
      run(
        'insert into answers (key, fingerprint, at, request_id, status, body) values (?, ?, ?, ?, ?, ?)',
        key,
        answer.fingerprint,
        answer.at,
        answer.requestId,
        answer.status,
        answer.body,
      )
    },

    later({ at, task, id }: Due): void {
      run('insert into due (at, task, id) values (?, ?, ?) on conflict do nothing', at, task, id)
    },
    /** The next work whose time has come. */
    nextDue: (now: number): Due | null =>
      one<Due>('select at, task, id from due where at <= ? order by at, rowid limit 1', now),
    endDue(task: string, id: string): void {
      run('delete from due where task = ? and id = ?', task, id)
    },

    addDelivery(event: string, endpoint: string, at: number): void {
      run('insert into deliveries (event, endpoint, next_at) values (?, ?, ?)', event, endpoint, at)
    },
    /** Those whose time has come, the oldest first. */
    deliveriesDue: (nowMs: number, limit: number): Delivery[] =>
      all(
        'select seq, event, endpoint, attempts from deliveries where next_at <= ? order by seq limit ?',
        nowMs,
        limit,
      ),
    delayDelivery(seq: number, nextAt: number): void {
      run('update deliveries set attempts = attempts + 1, next_at = ? where seq = ?', nextAt, seq)
    },
    /** It was told, or is given up. */
    endDelivery(seq: number, event: string): void {
      run('delete from deliveries where seq = ?', seq)
      run(
        `update objects set body = json_set(body, '$.pending_webhooks',
           (select count(*) from deliveries where event = ?)) where id = ?`,
        event,
        event,
      )
    },
    forgetDeliveriesTo(endpoint: string): void {
      run('delete from deliveries where endpoint = ?', endpoint)
    },

    /** What is left of all that came in and went out, by currency, and what of it can be used by now. */
    balances: (now: number) =>
      all<{ currency: string; net: number; available: number }>(
        `select body ->> '$.currency' as currency, sum(body ->> '$.net') as net,
           sum(case when body ->> '$.available_on' <= ? then body ->> '$.net' else 0 end) as available
         from objects where object = 'balance_transaction' group by 1 order by 1`,
        now,
      ),

    /** When something is to be done next: work in seconds, a webhook in milliseconds. */
    nextTimes() {
      const due = one<{ at: number | null }>('select min(at) as at from due')
      const delivery = one<{ at: number | null }>('select min(next_at) as at from deliveries')
      return { dueAt: due?.at ?? null, deliveryAtMs: delivery?.at ?? null }
    },

    /** Answers under keys for a day and events for thirty, as Stripe keeps them. */
    forgetOld(now: number): void {
      run('delete from answers where at < ?', now - 24 * 3600)
      run(
        `delete from objects where object = 'event' and created < ?
           and id not in (select event from deliveries)`,
        now - 30 * 24 * 3600,
      )
    },

    close: () => db.close(),
  }
}
