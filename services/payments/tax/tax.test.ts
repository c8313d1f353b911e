import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TaxCategory } from '@azora/billing/tax/tax-rule.ts'
import type { TaxSettings } from '@azora/contracts/payments/tax.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { overlapped } from '@azora/kit/testing.ts'
import { openCheckout } from '../orders/open-checkout.ts'
import { createShop, type Shop } from '../testing.ts'
import { setCourseTax } from './course-tax.ts'
import { insertOptionalTaxSettings } from './tax-settings.store.ts'
import { readTaxSettings, saveTaxSettings } from './tax-settings.ts'
import { priceLines, termsFor } from './tax-terms.ts'

/** How a school's tax holds for whom. */

let shop: Shop
let settings: TaxSettings
before(async () => {
  shop = await createShop()
  const { version: _, savedAt: __, ...registered } = await shop.registered()
  settings = registered
})
after(() => shop?.dispose())

type Case = {
  name: string
  settings?: Partial<TaxSettings>
  buyer?: { country: string | null; taxNumber: string | null }
  category?: TaxCategory
  day?: string
  /** Category, net, tax and total of a price of 115.00. */
  expected: [TaxCategory, number, number, number]
}

const private_ = (country: string) => ({ country, taxNumber: null })
const company = (country: string) => ({ country, taxNumber: 'X1' })
const german = { country: 'DE', basisPoints: 1_900, from: '2007-01-01', until: null }
const reverse = { business: 'reverse_charge', private: 'standard' } as const
const zeroRated = { business: 'zero_rated', private: 'zero_rated' } as const

const cases: Case[] = [
  { name: 'A price that holds its tax', expected: ['standard', 10_000, 1_500, 11_500] },
  {
    name: 'A price to which tax is added',
    settings: { pricesIncludeTax: false },
    expected: ['standard', 11_500, 1_725, 13_225],
  },
  {
    name: 'A school that is not registered',
    settings: { registered: false, pricesIncludeTax: false },
    expected: ['standard', 11_500, 0, 11_500],
  },
  { name: 'A zero-rated course', category: 'zero_rated', expected: ['zero_rated', 11_500, 0, 11_500] },
  { name: 'An exempt course', category: 'exempt', expected: ['exempt', 11_500, 0, 11_500] },
  { name: 'The rate of the day', day: '2018-03-31', expected: ['standard', 10_088, 1_412, 11_500] },
  {
    name: 'A buyer abroad, taxed at home',
    buyer: private_('DE'),
    expected: ['standard', 10_000, 1_500, 11_500],
  },
  {
    name: 'A buyer abroad, whose country has a rate here',
    settings: { rates: [german] },
    buyer: private_('DE'),
    expected: ['standard', 9_664, 1_836, 11_500],
  },
  {
    name: 'A company abroad that owes the tax itself',
    settings: { abroad: reverse, pricesIncludeTax: false },
    buyer: company('DE'),
    expected: ['reverse_charge', 11_500, 0, 11_500],
  },
  {
    name: 'A company at home is taxed like anyone',
    settings: { abroad: reverse },
    buyer: company('ZA'),
    expected: ['standard', 10_000, 1_500, 11_500],
  },
  {
    name: 'A person abroad owes no tax themselves',
    settings: { abroad: reverse },
    buyer: private_('DE'),
    expected: ['standard', 10_000, 1_500, 11_500],
  },
  {
    name: 'What is exported',
    settings: { abroad: zeroRated },
    buyer: private_('KE'),
    expected: ['zero_rated', 11_500, 0, 11_500],
  },
  {
    name: 'An exempt course stays so abroad',
    settings: { abroad: zeroRated },
    buyer: company('KE'),
    category: 'exempt',
    expected: ['exempt', 11_500, 0, 11_500],
  },
]

for (const {
  name,
  settings: changed = {},
  buyer,
  category = 'standard',
  day = '2026-11-30',
  expected,
} of cases)
  test(`${name}.`, () => {
    const rates = changed.rates ? [...settings.rates, ...changed.rates] : settings.rates
    const own = { ...settings, ...changed, rates }
    const terms = { version: 1, settings: own, ...termsFor(own, buyer ?? { country: null, taxNumber: null }) }
    const amount = { amountMinor: 11_500, currency: 'ZAR' }
    const line = { item: 'a', quantity: 1, amount, category, because: { code: 'purchase' } } as const
    const { lines, net, tax, total } = priceLines(terms, { currency: 'ZAR', day, lines: [line] })
    assert.deepEqual([lines[0]?.category, net.amountMinor, tax.amountMinor, total.amountMinor], expected)
  })

test('Without a rate for the day nothing is sold; no rate is guessed.', () => {
  const own = { ...settings, rates: [] }
  const terms = { version: 1, settings: own, ...termsFor(own, { country: null, taxNumber: null }) }
  const amount = { amountMinor: 11_500, currency: 'ZAR' }
  const line = {
    item: 'a',
    quantity: 1,
    amount,
    category: 'standard',
    because: { code: 'purchase' },
  } as const
  assert.throws(
    () => priceLines(terms, { currency: 'ZAR', day: '2026-11-30', lines: [line] }),
    (failure: AppError) => failure.data?.reason === 'tax_rate_missing',
  )
})

test('A school is not registered without a tax number, nor without a rate of its country.', async () => {
  const { version } = await readTaxSettings(shop.school)
  const fault = async (changed: Partial<TaxSettings>) => {
    const failure = await saveTaxSettings(shop.kit.db, shop.officer, {
      ...settings,
      ...changed,
      version,
    }).then(
      () => null,
      (refused: AppError) => refused,
    )
    return failure?.data?.fields?.[0]?.reason
  }
  assert.equal(await fault({ entity: { ...settings.entity, taxNumber: null } }), 'tax_number_missing')
  assert.equal(await fault({ rates: [german] }), 'tax_rate_missing')
  assert.equal(await fault({ rates: [...settings.rates, ...settings.rates] }), 'tax_rate_missing')
  assert.equal(await fault({ timeZone: 'Cape/Nowhere' }), 'time_zone_unknown')
})

test('Of two who save settings at once one is told that there are others.', async () => {
  const { version } = await readTaxSettings(shop.school)
  const save = () => saveTaxSettings(shop.kit.db, shop.officer, { ...settings, version })
  const second = overlapped(
    shop.kit.db,
    shop.organizationId,
    tx => insertOptionalTaxSettings(tx, { version: version + 1, settings, setBy: shop.officer.actor.userId }),
    save,
  )
  await assert.rejects(second, (failure: AppError) => failure.code === 'conflict')
  assert.equal((await readTaxSettings(shop.school)).version, version + 1)
})

test('Where tax is added to prices, nobody pays it who was not shown it.', async () => {
  const price = { amountMinor: 10_000, currency: 'ZAR' }
  const courseId = await shop.sell(price)
  await shop.registered({ pricesIncludeTax: false })
  const by = shop.caller()
  const changed = (failure: AppError) => failure.code === 'price_changed'
  await assert.rejects(openCheckout(shop.paying(), by, { courseId, price }), changed)
  const total = { amountMinor: 11_500, currency: 'ZAR' }
  const order = await openCheckout(shop.paying(), by, { courseId, price, total })
  assert.deepEqual([order.totalMinor, order.pricing?.invoice.tax.amountMinor], [11_500, 1_500])
  await shop.registered({ pricesIncludeTax: true })
})

test('A course that is exempt is sold without tax, from the next order on.', async () => {
  const price = { amountMinor: 11_500, currency: 'ZAR' }
  const courseId = await shop.sell(price)
  const before = await openCheckout(shop.paying(), shop.caller(), { courseId, price })
  await setCourseTax(shop.kit.db, shop.officer, { courseId, category: 'exempt' })
  const after = await openCheckout(shop.paying(), shop.caller(), { courseId, price })
  const taxes = [before, after].map(order => order.pricing?.invoice.tax.amountMinor)
  assert.deepEqual(taxes, [1_500, 0])
})
