import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { startGateway } from '@azora/service-gateway/testing.ts'
import type { Browser, Page } from 'playwright-core'
import { openTestSandbox } from '../../apps/azora/embedded/stripe/testing.ts'
import { desk, openBrowser, phone, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'

/** The hosted checkout page of the Stripe sandbox, as the gateway shows it to those who pay. */

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

const looks = [phoneByDay, phoneByNight, deskByDay]

async function openShop(t: TestContext) {
  let url: string | null = null
  const gateway = await startGateway({ stripeSandbox: async () => url })
  t.after(() => gateway.close())
  const opened = await openTestSandbox(t, { publicUrl: gateway.url })
  url = opened.sandbox.url
  const sell = () =>
    opened.stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [
        {
          price_data: {
            currency: 'zar',
            unit_amount: 129_900,
            product_data: { name: 'An introduction to constitutional law' },
          },
          quantity: 1,
        },
        {
          price_data: { currency: 'zar', unit_amount: 500, product_data: { name: 'Exercises' } },
          quantity: 3,
        },
      ],
      success_url: `${gateway.url}/health/live?session={CHECKOUT_SESSION_ID}`,
      cancel_url: `${gateway.url}/health/parts`,
    })
  return { ...opened, sell }
}

async function fill(
  page: Page,
  number: string,
  more: { expiry?: string; name?: string } = {},
): Promise<void> {
  await page.getByLabel('Email').fill('lindiwe@school.example')
  await page.getByLabel('Card number').fill(number)
  await page.getByLabel('Expiry').fill(more.expiry ?? '12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByLabel('Name on the card').fill(more.name ?? 'Lindiwe')
  await page.getByRole('button', { name: 'Pay' }).click()
}

/** What the keyboard would type into, by its name in the form. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('name') ?? null)

test('A person meets a mistake, a declined card and 3-D Secure on a phone, and has paid.', async t => {
  const { stripe, sell } = await openShop(t)
  const session = await sell()
  const { context, page, faults } = await visit(browser, { baseURL: session.url ?? '', viewport: phone })
  t.after(() => context.close())
  await page.goto(session.url ?? '')
  await page.getByText('Sandbox: no real money moves.').waitFor()
  await page.getByRole('heading', { name: /Pay.*1,314\.00/ }).waitFor()
  await page.getByText('Test cards').click()
  await page.getByText('4000 0027 6000 3184').waitFor()
  await assertGood(page, 'the checkout page', looks)

  await fill(page, '4111 1111 1111 1111', { expiry: '12 / 20' })
  await page.getByText('This is not a test card.').waitFor()
  assert.equal(await focused(page), 'number')
  assert.equal(await page.getByLabel('Card number').inputValue(), '', 'A real card could be shown again.')
  assert.equal(await page.getByLabel('Email').inputValue(), 'lindiwe@school.example')
  await assertGood(page, 'the checkout page with mistakes', looks)

  await fill(page, '4000 0000 0000 9995')
  await page.getByRole('alert').getByText('Your card has insufficient funds.').waitFor()
  await assertGood(page, 'the checkout page after a declined card', looks)

  await fill(page, '4000 0027 6000 3184')
  await page.getByRole('heading', { name: 'Confirm with your bank' }).waitFor()
  await assertGood(page, 'the page of 3-D Secure', looks)
  await page.getByRole('button', { name: 'Fail' }).click()
  await page.getByRole('alert').waitFor()

  await fill(page, '4000 0027 6000 3184')
  await page.getByRole('button', { name: 'Complete' }).click()
  await page.waitForURL(url => url.searchParams.get('session') === session.id)
  assert.equal((await stripe.checkout.sessions.retrieve(session.id)).payment_status, 'paid')
  await page.goto(session.url ?? '')
  await page.getByRole('heading', { name: 'This is done' }).waitFor()
  await assertGood(page, 'the checkout page of a session that was paid', looks)
  assert.deepEqual(faults, [])
})

test('At a desk, by keyboard alone; a session that is over says so.', async t => {
  const { stripe, sell } = await openShop(t)
  const [session, other] = [await sell(), await sell()]
  const { context, page, faults } = await visit(browser, { baseURL: session.url ?? '', viewport: desk })
  t.after(() => context.close())
  await page.goto(session.url ?? '')
  await page.getByLabel('Email').focus()
  for (const text of ['lindiwe@school.example', '4242424242424242', '1234', '123', 'Lindiwe']) {
    await page.keyboard.type(text)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await page.waitForURL(url => url.searchParams.get('session') === session.id)
  await stripe.checkout.sessions.expire(other.id)
  await page.goto(other.url ?? '')
  await page.getByRole('heading', { name: 'This page has expired' }).waitFor()
  await assertGood(page, 'the checkout page of a session that is over', looks)
  assert.equal(await page.getByRole('link', { name: 'Go back' }).getAttribute('href'), other.cancel_url)
  assert.deepEqual(faults, [])
})
