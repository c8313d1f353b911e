import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, it } from 'node:test'
import type { Browser, Page, Route } from 'playwright-core'
import { password, signUp } from '../api.ts'
import { assertAccessible, assertFits, openBrowser, signInAs, systemUrl, visit } from './browser.ts'

/** A copy of one's data, from the page of one's account. */

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

/** Someone new, signed in on this page. */
async function signUpOn(page: Page, name: string): Promise<void> {
  const { email } = await signUp(systemUrl(), name)
  await signInAs(page, email, password)
}

it('a copy of one’s data is gathered and fetched', async () => {
  const { context, page, faults } = await visit(browser)
  await signUpOn(page, 'Dineo Data')
  await page.goto('/account/data')
  await page.getByRole('button', { name: 'Prepare my data' }).click()
  await page.getByText(/^Ready/).waitFor()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  const file = await (await downloading).path()
  assert.equal((await readFile(file)).subarray(0, 2).toString(), 'PK')
  assert.deepEqual(faults, [])
  await context.close()
})

it('while a copy of one’s data is gathered, the page says how far it is, and it can be cancelled', async () => {
  const { context, page, faults } = await visit(browser)
  await signUpOn(page, 'Cara Cancelled')
  await page.goto('/account/data')
  // A copy is gathered sooner than a page is looked at, so the page is told of one that takes longer.
  const gathering = {
    id: randomUUID(),
    status: 'gathering',
    requestedAt: new Date().toISOString(),
    readyAt: null,
    expiresAt: null,
    bytes: null,
    partsDone: 1,
    partsTotal: 4,
  }
  const answer = (json: object) => (route: Route) => route.fulfill({ json })
  await page.route('**/auth/me/export', route =>
    answer(route.request().method() === 'GET' ? { export: gathering } : gathering)(route),
  )
  await page.route(`**/auth/me/export/${gathering.id}/cancel`, answer({ export: null }))
  await page.getByRole('button', { name: 'Prepare my data' }).click()
  await page.getByRole('progressbar', { name: 'Progress' }).waitFor()
  await page.getByText('1 of 4 parts').waitFor()
  await assertAccessible(page, 'a copy that is gathered')
  await assertFits(page, 'a copy that is gathered')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('We cancelled this and kept nothing of it.').waitFor()
  await page.getByRole('button', { name: 'Prepare my data' }).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
