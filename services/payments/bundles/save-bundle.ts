import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { selectKnownCourses } from '../plans/plans.store.ts'
import { refuseForeign } from '../prices/set-prices.ts'
import { selectCurrencies } from '../settings/settings.store.ts'
import {
  type Bundle,
  type BundleTerms,
  insertBundle,
  insertBundleVersion,
  lockOptionalBundle,
  selectOptionalBundle,
  updateBundleStatus,
} from './bundles.store.ts'

/**
 * Make a bundle, as a draft.
 * @throws AppError `invalid_input` for a course that the school does not have or that is named twice, and a currency in
 * which it does not sell.
 */
export function createBundle(db: Database, by: Caller, terms: BundleTerms): Promise<Bundle> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    await requireSellable(tx, terms, [])
    const bundleId = uuidv7()
    await insertBundle(tx, bundleId)
    return saved(tx, by, { bundleId, version: 1, terms })
  })
}

/**
 * Save another version of a bundle, on top of the one that was changed. Who has bought it keeps what they bought.
 * @throws AppError `not_found`; `conflict` where somebody saved since; as `createBundle`.
 */
export function saveBundle(
  db: Database,
  by: Caller,
  { bundleId, version, ...terms }: BundleTerms & { bundleId: string; version: number },
): Promise<Bundle> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const held = await lockOptionalBundle(tx, bundleId, 'save')
    if (!held) throw new AppError('not_found')
    if (held.version !== version) throw new AppError('conflict')
    const before = await requireBundle(tx, bundleId)
    await requireSellable(tx, terms, before.prices)
    return saved(tx, by, { bundleId, version: version + 1, terms })
  })
}

/** Offer a bundle, or stop offering it. @throws AppError `not_found` */
export function setBundleStatus(
  db: Database,
  by: Caller,
  { bundleId, status }: { bundleId: string; status: 'offered' | 'retired' },
): Promise<Bundle> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    if (!(await lockOptionalBundle(tx, bundleId, 'save'))) throw new AppError('not_found')
    await updateBundleStatus(tx, bundleId, status)
    const bundle = await requireBundle(tx, bundleId)
    await recordAudit(tx, 'payments', by, {
      action: 'bundle.status_changed',
      subject: { kind: 'bundle', id: bundleId, name: bundle.title },
      details: { status },
    })
    return bundle
  })
}

async function saved(
  tx: Transaction,
  by: Caller,
  made: { bundleId: string; version: number; terms: BundleTerms },
): Promise<Bundle> {
  const { bundleId, version, terms } = made
  await insertBundleVersion(tx, made)
  await recordAudit(tx, 'payments', by, {
    action: 'bundle.saved',
    subject: { kind: 'bundle', id: bundleId, name: terms.title },
    details: { version, prices: terms.prices, courses: terms.courseIds.length },
  })
  return requireBundle(tx, bundleId)
}

async function requireBundle(tx: Transaction, bundleId: string): Promise<Bundle> {
  const bundle = await selectOptionalBundle(tx, bundleId)
  if (!bundle) throw new Error('A bundle vanished.')
  return bundle
}

async function requireSellable(
  tx: Transaction,
  { prices, courseIds }: BundleTerms,
  before: BundleTerms['prices'],
): Promise<void> {
  refuseForeign(prices, await selectCurrencies(tx), before)
  const twice = courseIds.findIndex((courseId, at) => courseIds.indexOf(courseId) < at)
  if (twice >= 0) throw invalidField(`courseIds.${twice}`, 'course_twice')
  const known = await selectKnownCourses(tx, courseIds)
  const strange = courseIds.findIndex(courseId => !known.has(courseId))
  if (strange >= 0) throw invalidField(`courseIds.${strange}`, 'course_unknown')
}
