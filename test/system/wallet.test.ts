import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { appoint, openAuthDatabase, type Person, refusal, request, systemUnderTest } from '../api.ts'
import { payOnPage } from '../checkout.ts'
import { makeSoldCourse } from '../courses.ts'
import { until } from '../system.ts'

/** Wallets through the public API: payments and mint are one process here and two there. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person
let finance: Person
let courseId: string
/** Not by signing up, of which a network may do only so much. */
const learnerHere = () => appoint(url, authDb, { role: 'learner' })
const rand = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
  finance = await appoint(url, authDb, { role: 'learner', offices: ['finance'] })
  courseId = await makeSoldCourse(url, instructor, rand(45_000))
})
after(() => authDb.close())

async function balanceOf({ api }: Person): Promise<[number, number]> {
  const [wallet] = (await api.mint.listWallets()).items
  return [wallet?.balance.amountMinor ?? 0, wallet?.available.amountMinor ?? 0]
}
const untilBalance = (person: Person, amount: number) =>
  until(`the wallet has ${amount}`, async () => {
    const [balance, available] = await balanceOf(person)
    return balance === amount && available === amount
  })

async function deposited(person: Person, amountMinor: number): Promise<string> {
  const order = await person.api.payments.startDeposit({ amount: rand(amountMinor) })
  await payOnPage(order.checkoutUrl ?? '')
  await untilBalance(person, amountMinor)
  return order.id
}

test('Money is put into a wallet, buys a course from two tabs once, and goes back into it.', async () => {
  const learner = await learnerHere()
  await deposited(learner, 50_000)
  const price = rand(45_000)
  const order = await learner.api.payments.startCheckout({ courseId, price, from: 'wallet' })
  assert.equal(order.checkoutUrl, null)
  const pay = () => learner.api.payments.payFromWallet({ orderId: order.id })
  const tabs = await Promise.all([pay(), pay()])
  assert.deepEqual(
    tabs.map(({ status }) => status),
    ['paid', 'paid'],
  )
  await untilBalance(learner, 5_000)
  await until('the learner is enrolled', async () => {
    const { enrolled } = await learner.api.education.getCourseAccess({ courseId })
    return enrolled
  })
  const refunded = await finance.api.payments.refundOrder({ orderId: order.id, reason: 'requested_by_buyer' })
  assert.deepEqual([refunded.status, refunded.refunds[0]?.status], ['refunded', 'succeeded'])
  await untilBalance(learner, 50_000)
  const [wallet] = (await learner.api.mint.listWallets()).items
  const { items } = await learner.api.mint.listWalletTransactions({ walletId: wallet?.id ?? '' })
  assert.deepEqual(
    items.map(({ type, amount }) => [type, amount.amountMinor]),
    [
      ['refund', 45_000],
      ['purchase', -45_000],
      ['deposit', 50_000],
    ],
  )
})

test('A wallet with too little buys nothing, and a deposit goes back as far as it is still there.', async () => {
  const learner = await learnerHere()
  const depositId = await deposited(learner, 20_000)
  const order = await learner.api.payments.startCheckout({ courseId, price: rand(45_000) })
  assert.equal(await refusal(learner.api.payments.payFromWallet({ orderId: order.id })), 'conflict')
  assert.deepEqual(await balanceOf(learner), [20_000, 20_000])
  const still = await learner.api.payments.getOrder({ orderId: order.id })
  assert.deepEqual([still.status, still.checkoutUrl], ['open', order.checkoutUrl])
  const giveBack = (amountMinor: number) =>
    finance.api.payments.refundOrder({ orderId: depositId, amount: rand(amountMinor), reason: 'other' })
  await giveBack(15_000)
  await untilBalance(learner, 5_000)
  await finance.api.mint.saveWalletSettings({ senders: 'everyone', limits: [rand(10_000)] })
  const friend = await learnerHere()
  const [wallet] = (await learner.api.mint.listWallets()).items
  const walletId = wallet?.id ?? ''
  await learner.api.mint.sendFromWallet({ walletId, to: friend.email, amountMinor: 1_000, note: '' })
  assert.deepEqual(
    [await balanceOf(learner), await balanceOf(friend)],
    [
      [4_000, 4_000],
      [1_000, 1_000],
    ],
  )
  assert.equal(await refusal(giveBack(5_000)), 'conflict', 'more than is still there')
  await untilBalance(learner, 4_000)
  await finance.api.mint.saveWalletSettings({ senders: 'nobody', limits: [] })
  const off = learner.api.mint.sendFromWallet({ walletId, to: friend.email, amountMinor: 1, note: '' })
  assert.equal(await refusal(off), 'forbidden')
  assert.equal(await refusal(friend.api.mint.listWalletTransactions({ walletId })), 'not_found')
})

test('Amounts that are none, and currencies that are none or not taken, are refused.', async () => {
  const { token } = await learnerHere()
  for (const [amountMinor, currency] of [
    [0, 'ZAR'],
    [-100, 'ZAR'],
    [99.5, 'ZAR'],
    ['100', 'ZAR'],
    [2 ** 53, 'ZAR'],
    [100, 'XXX'],
    [100, 'USD'],
  ] as const) {
    const { status } = await request(url, 'POST', '/payments/deposits', {
      token,
      json: { amount: { amountMinor, currency } },
    })
    assert.equal(status, 400, `${amountMinor} ${currency}`)
  }
})
