import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database, Queryable } from '@azora/kit/db.ts'
import { invalidField, refusal } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import type { SplitTerms } from './split.ts'
import {
  insertRule,
  lockRule,
  type StoredRule,
  selectOptionalLastRule,
  selectOptionalRuleAt,
  selectRules,
} from './split-rules.store.ts'

/** One version of a rule. */
export type SplitRule = SplitTerms & Pick<StoredRule, 'id' | 'name' | 'version' | 'validFrom'>

function ruleOf(stored: StoredRule) {
  const { platformBasisPoints, schoolBasisPoints, instructorBasisPoints, ...rule } = stored
  return {
    ...rule,
    shares: { platform: platformBasisPoints, school: schoolBasisPoints, instructor: instructorBasisPoints },
  }
}

export const listSplitRules = async (db: Queryable, { name }: { name?: string | undefined }) => ({
  items: (await selectRules(db, name)).map(ruleOf),
})

/** The version of a rule that counts at a time, now unless given; null when there is none yet. */
export async function splitRuleAt(db: Queryable, name: string, at?: string): Promise<SplitRule | null> {
  const stored = await selectOptionalRuleAt(db, name, at ?? null)
  return stored && ruleOf(stored)
}

type Wanted = SplitTerms & { name: string; validFrom?: string | undefined }

/**
 * Add a version to a rule.
 *
 * @throws AppError `invalid_input` for a time that has passed, `conflict` (`version_not_later`) where a version begins then
 * or later: which version counted at a time would otherwise change after it.
 */
export function createSplitRule(db: Database, caller: Caller, wanted: Wanted) {
  const { userId, organizationId } = caller.actor
  const { name, validFrom, taxBasisPoints, shares } = wanted
  if (validFrom !== undefined && Date.parse(validFrom) < Date.now())
    throw invalidField('validFrom', 'valid_from_past')
  return db.in(organizationId).transaction(async tx => {
    await lockRule(tx, name)
    const last = await selectOptionalLastRule(tx, name)
    if (last && Date.parse(last.validFrom) >= Date.parse(validFrom ?? new Date().toISOString()))
      throw refusal('version_not_later')
    const stored = await insertRule(tx, {
      id: uuidv7(),
      name,
      version: (last?.version ?? 0) + 1,
      validFrom: validFrom ?? null,
      taxBasisPoints,
      platformBasisPoints: shares.platform,
      schoolBasisPoints: shares.school,
      instructorBasisPoints: shares.instructor,
      createdBy: userId,
    })
    await recordAudit(tx, 'mint', caller, {
      action: 'split_rule.created',
      subject: { kind: 'split_rule', id: stored.id, name },
      details: { version: stored.version, validFrom: stored.validFrom, taxBasisPoints, shares },
    })
    return ruleOf(stored)
  })
}
