import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import {
  demoAdmin,
  demoInstructor,
  demoLearner,
  demoPassword,
  demoPeople,
} from '../../apps/azora/demo/school.ts'
import { fillSignIn, openBrowser, signInAs, visit } from './browser.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

const auditor = demoPeople.find(({ roles }) => roles.includes('auditor'))

it('everybody lands where their work is', async () => {
  for (const [email, path] of [
    [demoAdmin.email, '/admin'],
    [auditor?.email ?? '', '/admin/audit'],
    [demoInstructor.email, '/teach'],
    [demoLearner.email, '/learn'],
  ] as const) {
    const { context, page } = await visit(browser)
    await signInAs(page, email)
    await page.waitForURL(url => url.pathname.replace(/\/$/, '') === path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await context.close()
  }
})

it('a page that was asked for still wins', async () => {
  const { context, page } = await visit(browser)
  await page.goto('/account')
  await page.waitForURL(/\/signin/)
  await fillSignIn(page, demoAdmin.email, demoPassword)
  await page.waitForURL(url => url.pathname === '/account')
  await context.close()
})

it('a learner continues each course with its next lesson, by picture, name and percentage', async () => {
  const { context, page } = await visit(browser)
  await signInAs(page, demoLearner.email)
  await page.waitForURL(/\/learn$/)
  const card = page.locator('main li', { has: page.locator('h3') }).first()
  await card.locator('img, svg[viewBox="0 0 640 360"]').first().waitFor()
  await card.getByText(/^\d+% done$/).waitFor()
  await card.getByText('Next lesson').waitFor()
  await card.getByRole('link', { name: /^Continue/ }).click()
  await page.waitForURL(/\/learn\/[^/]+\/[0-9a-f-]{36}$/)
  await context.close()
})
