import { addDays, daysBetween } from '@azora/billing/calendar/day.ts'
import type { Invoice as Priced } from '@azora/billing/invoices/invoice.ts'
import type { Price } from '@azora/contracts/money.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import { v7 as uuidv7 } from 'uuid'
import { selectTaxCategories, upsertCourse } from '../courses/courses.store.ts'
import { type Institution, lockOptionalInstitution } from '../institutions/institutions.store.ts'
import { requireOrderer } from '../institutions/orderers.ts'
import { issueInvoice } from '../invoices/issue-invoice.ts'
import { isSame } from '../orders/open-order.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { selectCurrentPrices } from '../prices/prices.store.ts'
import { upsertSchoolName } from '../schools/schools.store.ts'
import { openPool } from '../seats/give-seats.ts'
import { today } from '../tax/tax-rates.ts'
import { priceLines, type TaxTerms, taxTermsOf } from '../tax/tax-terms.ts'
import { type AccountOrder, insertAccountOrder, selectOptionalAccountOrder } from './account-orders.store.ts'
import { selectDebt } from './open-amounts.store.ts'
import { saidOf } from './shown-order.ts'

/** For how many days an invoice may be late before its institution orders nothing more. */
const mostDaysLate = 30

type Wanted = { institutionId: string; courseId: string; seats: number }
type Tools = Pick<OrderTools, 'db' | 'stripe'>

type PricedSeats = { price: Price; priced: Priced; terms: TaxTerms; dueOn: string; creditLeft: Price | null }

/**
 * What seats of a course come to for an institution now, with its country and tax number.
 * @throws AppError `course_is_free`; `price_changed` where it has no price in that currency any more; `tax_rate_missing`.
 */
async function priceSeats(
  db: Queryable,
  institution: Institution,
  { courseId, seats, currency }: Wanted & { currency: string },
  sandbox: boolean,
): Promise<PricedSeats> {
  const prices = await selectCurrentPrices(db, courseId)
  if (prices.length === 0) throw refusal('course_is_free')
  const price = prices.find(one => one.currency === currency)
  if (!price) throw new AppError('price_changed')
  const terms = await taxTermsOf(db, institution)
  const day = today(terms.settings)
  const line = {
    item: courseId,
    quantity: seats,
    amount: { amountMinor: price.amountMinor * seats, currency },
    category: (await selectTaxCategories(db, [courseId])).get(courseId) ?? 'standard',
    because: { code: 'purchase' },
  } as const
  const { openMinor } = await selectDebt(db, { institutionId: institution.id, currency, sandbox })
  const limit = institution.creditLimits.find(one => one.currency === currency)
  return {
    price: { amountMinor: price.amountMinor, currency },
    priced: priceLines(terms, { currency, day, lines: [line] }),
    terms,
    dueOn: addDays(day, institution.termsDays),
    creditLeft: limit ? { amountMinor: Math.max(0, limit.amountMinor - openMinor), currency } : null,
  }
}

/** A course that is sold to this caller now. @throws AppError `not_found` */
async function requireSold({ others }: AskingCaller, courseId: string) {
  const { status, title, instructorId } = await others.education.getCourseAccess({ courseId })
  if (status !== 'published') throw new AppError('not_found')
  return { id: courseId, title, instructorId }
}

/** What seats come to, for those who may order for the institution, before they do. @throws AppError as `orderSeats` */
export async function quoteSeats(
  { db, stripe }: Tools,
  by: AskingCaller,
  wanted: Wanted & { currency: string },
) {
  const school = db.in(by.actor.organizationId)
  const institution = await requireOrderer(school, by, wanted.institutionId)
  await requireSold(by, wanted.courseId)
  const quoted = await priceSeats(school, institution, wanted, stripe.sandbox)
  const { registered, taxName, pricesIncludeTax } = quoted.terms.settings
  const { net, tax, total } = quoted.priced
  return {
    price: quoted.price,
    seats: wanted.seats,
    net,
    tax,
    total,
    taxName: registered ? taxName : null,
    pricesIncludeTax: !registered || pricesIncludeTax,
    dueOn: quoted.dueOn,
    creditLeft: quoted.creditLeft,
  }
}

/**
 * Order seats on account: at once there are the invoice with its number, and a pool of seats to invite people to. What an
 * institution owes is looked at while its row is held, so of two orders at once the second counts the first.
 *
 * @param total what the one who orders was shown.
 * @throws AppError `not_found` for who orders for another institution, and for a course that is not in the catalogue;
 * `price_changed`; `credit_limit_reached`; `institution_overdue`; `institution_closed`; `course_is_free`;
 * `tax_rate_missing`.
 */
export async function orderSeats(
  { db, stripe }: Tools,
  by: AskingCaller,
  { total, ...wanted }: Wanted & { total: Price },
): Promise<AccountOrder> {
  const { organizationId, userId } = by.actor
  const school = db.in(organizationId)
  const course = await requireSold(by, wanted.courseId)
  const me = await by.others.auth.me()
  const { sandbox } = stripe
  return school.transaction(async tx => {
    // Held first: who is taken off its managers meanwhile orders nothing any more.
    await lockOptionalInstitution(tx, wanted.institutionId)
    const institution = await requireOrderer(tx, by, wanted.institutionId)
    if (institution.status === 'closed') throw refusal('institution_closed')
    const now = new Date().toISOString()
    const { currency } = total
    const offer = await priceSeats(tx, institution, { ...wanted, currency }, sandbox)
    if (!isSame(offer.priced.total, total)) throw new AppError('price_changed')
    await requireCredit(tx, institution, offer, sandbox)
    await upsertCourse(tx, course, now)
    await upsertSchoolName(tx, me.organization.name, now)
    const id = uuidv7()
    const invoice = await issueInvoice(tx, {
      about: { type: 'account_order', id, key: 'sale' },
      buyer: {
        id: null,
        name: institution.legalName,
        address: institution.address,
        country: institution.country,
        taxNumber: institution.taxNumber,
      },
      institutionId: institution.id,
      terms: offer.terms,
      priced: offer.priced,
      descriptions: [course.title],
      dueOn: offer.dueOn,
      sandbox,
    })
    const poolId = uuidv7()
    await openPool(tx, by, {
      id: poolId,
      kind: 'account',
      courseId: course.id,
      courseTitle: course.title,
      name: `${institution.name} ${invoice.number}`,
      seats: wanted.seats,
      givenBy: userId,
      giverName: me.name,
      institutionId: institution.id,
      orderId: null,
      endsAt: null,
    })
    await insertAccountOrder(tx, {
      id,
      institutionId: institution.id,
      invoiceId: invoice.id,
      poolId,
      course,
      seats: wanted.seats,
      currency,
      totalMinor: invoice.totalMinor,
      taxMinor: invoice.taxMinor,
      dueOn: offer.dueOn,
      sandbox,
      orderer: { id: userId, name: me.name },
    })
    const order = await selectOptionalAccountOrder(tx, id)
    if (!order) throw new Error('An order on account vanished.')
    const tax = { amountMinor: order.taxMinor, currency }
    await publish(tx, 'payments', 'invoice.issued_on_account', {
      ...saidOf(organizationId, order),
      total,
      tax,
      items: [
        { courseId: course.id, instructorId: course.instructorId, title: course.title, price: total, tax },
      ],
      dueOn: order.dueOn,
      issuedAt: now,
    })
    await recordAudit(tx, 'payments', by, {
      action: 'seats.ordered_on_account',
      subject: { kind: 'institution', id: institution.id, name: institution.name },
      details: { orderId: id, invoice: invoice.number, courseId: course.id, seats: wanted.seats, total },
    })
    return order
  })
}

/** @throws AppError `institution_overdue`; `credit_limit_reached` */
async function requireCredit(
  tx: Transaction,
  institution: Institution,
  { priced, terms, creditLeft }: PricedSeats,
  sandbox: boolean,
): Promise<void> {
  const { total } = priced
  const about = { institutionId: institution.id, currency: total.currency, sandbox }
  const { oldestDueOn } = await selectDebt(tx, about)
  if (oldestDueOn !== null && daysBetween(oldestDueOn, today(terms.settings)) > mostDaysLate)
    throw refusal('institution_overdue')
  if (creditLeft && total.amountMinor > creditLeft.amountMinor) throw refusal('credit_limit_reached')
}
