import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type StoredRule = {
  id: string
  name: string
  version: number
  validFrom: string
  taxBasisPoints: number
  platformBasisPoints: number
  schoolBasisPoints: number
  instructorBasisPoints: number
  createdBy: string | null
  createdAt: string
}

const columns = sql`id, name, version, valid_from, tax_basis_points, platform_basis_points, school_basis_points,
  instructor_basis_points, created_by, created_at`

/** One at a time makes versions of a rule, until the transaction ends. */
export async function lockRule(tx: Transaction, name: string): Promise<void> {
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended('azora split rule ' || ${tx.organizationId}::text || ${name}, 0))`,
  )
}

export function selectRules(db: Queryable, name: string | undefined): Promise<StoredRule[]> {
  return db.rows<StoredRule>(sql`
    select ${columns} from split_rules
    where organization_id = ${db.organizationId} and (${name ?? null}::text is null or name = ${name ?? null})
    order by name, version desc`)
}

export function selectOptionalLastRule(db: Queryable, name: string): Promise<StoredRule | null> {
  return db.optional<StoredRule>(sql`
    select ${columns} from split_rules where organization_id = ${db.organizationId} and name = ${name}
    order by version desc limit 1`)
}

/** The version that counts at a time; now, if null. */
export function selectOptionalRuleAt(
  db: Queryable,
  name: string,
  at: string | null,
): Promise<StoredRule | null> {
  return db.optional<StoredRule>(sql`
    select ${columns} from split_rules where organization_id = ${db.organizationId} and name = ${name}
      and valid_from <= coalesce(${at}::timestamptz, clock_timestamp())
    order by valid_from desc limit 1`)
}

type NewRule = Omit<StoredRule, 'validFrom' | 'createdAt'> & { validFrom: string | null }

/** From now on where no time is given. */
export function insertRule(tx: Transaction, rule: NewRule): Promise<StoredRule> {
  return tx.one<StoredRule>(sql`
    insert into split_rules (organization_id, id, name, version, valid_from, tax_basis_points, platform_basis_points,
      school_basis_points, instructor_basis_points, created_by)
    values (${tx.organizationId}, ${rule.id}, ${rule.name}, ${rule.version},
      coalesce(${rule.validFrom}::timestamptz, clock_timestamp()), ${rule.taxBasisPoints}, ${rule.platformBasisPoints},
      ${rule.schoolBasisPoints}, ${rule.instructorBasisPoints}, ${rule.createdBy})
    returning ${columns}`)
}
