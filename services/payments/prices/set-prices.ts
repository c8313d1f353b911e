import { type Price, toDecimal } from '@azora/contracts/money.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Database, Queryable } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import { countPriceChange, upsertCourse } from '../courses/courses.store.ts'
import { selectCurrencies } from '../settings/settings.store.ts'
import { isCharged, mostIn, stepOf } from '../stripe/stripe-amounts.ts'
import { endPrices, insertPrices, selectCurrentPrices, selectPriceHistory } from './prices.store.ts'

/**
 * The authors of a course say what it costs; education knows who they are, and it is asked each time.
 * @throws AppError `not_found` for a course that is not there for the caller, `forbidden` for a colleague's.
 */
export async function requireAuthor({ others }: AskingCaller, courseId: string) {
  const course = await others.education.getCourseAccess({ courseId })
  if (!course.author) throw new AppError('forbidden')
  return course
}

async function pricesOf(db: Queryable, courseId: string) {
  const [prices, history, currencies] = [
    await selectCurrentPrices(db, courseId),
    await selectPriceHistory(db, courseId),
    await selectCurrencies(db),
  ]
  const bare = ({ amountMinor, currency }: Price) => ({ amountMinor, currency })
  return {
    courseId,
    prices: prices.map(bare),
    currencies,
    history: history.map(({ from, until, setBy, ...price }) => ({ price: bare(price), from, until, setBy })),
  }
}

export async function readPrices(db: Database, by: AskingCaller, courseId: string) {
  await requireAuthor(by, courseId)
  return pricesOf(db.in(by.actor.organizationId), courseId)
}

/**
 * Set all prices of a course: those that stay as they are go on, others end and new ones begin. The course is told of
 * with a revision, so of two who set prices at once everybody ends with the same.
 *
 * @throws AppError `invalid_input` for a currency in which the school does not sell, or that is there twice.
 */
export async function setPrices(db: Database, by: AskingCaller, courseId: string, wanted: readonly Price[]) {
  const { title, instructorId } = await requireAuthor(by, courseId)
  const { organizationId, userId } = by.actor
  return db.in(organizationId).transaction(async tx => {
    await upsertCourse(tx, { id: courseId, instructorId, title }, new Date().toISOString())
    const revision = await countPriceChange(tx, courseId)
    const before = await selectCurrentPrices(tx, courseId)
    refuseForeign(wanted, await selectCurrencies(tx), before)
    const stays = (price: Price) =>
      wanted.some(one => one.currency === price.currency && one.amountMinor === price.amountMinor)
    const ended = before.filter(price => !stays(price))
    const begun = wanted.filter(
      price => !before.some(one => one.currency === price.currency && one.amountMinor === price.amountMinor),
    )
    if (ended.length > 0 || begun.length > 0) {
      await endPrices(
        tx,
        ended.map(({ id }) => id),
      )
      await insertPrices(tx, courseId, begun, userId)
      const prices = wanted.map(({ amountMinor, currency }) => ({ amountMinor, currency }))
      await publish(tx, 'payments', 'course.priced', { courseId, organizationId, revision, prices })
      await recordAudit(tx, 'payments', by, {
        action: 'course.priced',
        subject: { kind: 'course', id: courseId, name: title },
        details: { before: before.map(({ id, ...price }) => price), after: prices },
      })
    }
    return pricesOf(tx, courseId)
  })
}

/** A price that is there already may stay in a currency that the school has given up. */
export function refuseForeign(
  wanted: readonly Price[],
  taken: readonly string[],
  before: readonly Price[],
): void {
  const seen = new Set<string>()
  wanted.forEach(({ amountMinor, currency }, at) => {
    if (seen.has(currency)) throw invalidField(`prices.${at}.currency`, 'currency_twice')
    seen.add(currency)
    if (!isCharged(currency)) throw invalidField(`prices.${at}.currency`, 'currency_not_charged')
    const step = stepOf(currency)
    if (amountMinor % step !== 0) {
      const values = { step: toDecimal({ amountMinor: step, currency }) }
      throw invalidField(`prices.${at}.amountMinor`, 'amount_not_charged', { values })
    }
    const most = mostIn(currency)
    if (amountMinor > most.amountMinor)
      throw invalidField(`prices.${at}.amountMinor`, 'amount_too_large', {
        values: { most: toDecimal(most) },
      })
    const stays = before.some(one => one.currency === currency && one.amountMinor === amountMinor)
    if (!stays && !taken.includes(currency)) throw invalidField(`prices.${at}.currency`, 'currency_not_taken')
  })
}
