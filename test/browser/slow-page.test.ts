import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, visit } from './browser.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

it('what is typed while the scripts of a page are still on their way stays', async () => {
  const { context, page } = await visit(browser)
  const arrived = Promise.withResolvers<void>()
  await page.route('**/_next/static/**/*.js', async route => {
    await arrived.promise
    await route.continue()
  })
  await page.goto('/signup', { waitUntil: 'commit' })
  const typed = {
    'Your name': 'Nandi Early',
    'Email address': 'early@test.example',
    Password: 'long enough words',
  }
  const field = (label: string) => page.getByLabel(label, { exact: true })
  for (const [label, text] of Object.entries(typed)) await field(label).fill(text)
  const button = page.getByRole('button', { name: 'Create account' })
  assert.equal(await button.isDisabled(), true)
  arrived.resolve()
  await button.and(page.locator(':enabled')).waitFor()
  // Each field is drawn again when it is entered and left.
  for (const label of Object.keys(typed)) await field(label).focus()
  await button.focus()
  for (const [label, text] of Object.entries(typed))
    assert.equal(await field(label).inputValue(), text, label)
  await context.close()
})
