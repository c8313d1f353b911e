import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoAdmin, demoPassword } from '../../apps/azora/demo/school.ts'
import type { Database } from '../../kit/db.ts'
import { appoint, emailsTo, openAuthDatabase, password, signIn, signUp, systemUnderTest } from '../api.ts'
import { until } from '../system.ts'
import { assertAccessible, openBrowser, phone, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** That nothing is offered which is then refused, and that every page says its title. */

const system = systemUnderTest()
let browser: Browser
let authDb: Database
let organizationId: string
before(async () => {
  browser = await openBrowser()
  authDb = openAuthDatabase(system)
  ;({ organizationId } = await signIn(system.url, demoAdmin.email, demoPassword))
})
after(async () => {
  await authDb.close()
  await browser.close()
})

const uuid = /[0-9a-f]{8}-[0-9a-f-]{27}/g
/** One address for each kind of page: ids and filters left out. */
const kindOf = (address: string) =>
  new URL(address).pathname
    .replace(uuid, ':id')
    .replace(/(\/courses|\/reference)\/[^/:]+/, '$1/:name')
    .replace(/(.)\/$/, '$1')

async function addressesOn(page: Page, below: string): Promise<string[]> {
  const all = await page
    .locator('a[href]')
    .evaluateAll(links => links.map(link => (link as HTMLAnchorElement).href))
  return all
    .filter(address => new URL(address).pathname.startsWith(below))
    .map(address => address.replace(/#.*/, ''))
}

/** Opens one page of each kind that links lead to, beginning with `start`. */
async function crawl(page: Page, start: string, below: string, look: (kind: string) => Promise<void>) {
  const known = new Set<string>()
  const queue = [new URL(start, system.url).href]
  for (let address = queue.shift(); address; address = queue.shift()) {
    const kind = kindOf(address)
    if (known.has(kind)) continue
    known.add(kind)
    await page.goto(address)
    await page.locator('h1').first().waitFor()
    // A page that renews itself may never be idle.
    await Promise.race([page.waitForLoadState('networkidle'), page.waitForTimeout(4000)])
    await look(kind)
    queue.push(...(await addressesOn(page, below)))
  }
  return [...known]
}

const entering = [
  { role: 'auditor', start: '/admin/audit' },
  { role: 'operator', start: '/admin/schools' },
  { role: 'admin', start: '/admin' },
] as const

for (const { role, start } of entering) {
  it(`who enters the panel as ${role} is led nowhere that is closed, and no page asks for what is refused`, async () => {
    const { email } = await appoint(system.url, authDb, { role, organizationId })
    const { context, page } = await visit(browser)
    await signInWithoutForm(context, email, password)
    const refused: string[] = []
    page.on('response', answer => {
      if (answer.status() === 403) refused.push(`${answer.request().method()} ${answer.url()}`)
    })
    const opened = await crawl(page, start, '/admin', async kind => {
      assert.equal(await page.getByText('This page is for administrators').count(), 0, kind)
    })
    assert.ok(opened.length >= (role === 'operator' ? 3 : 4), opened.join())
    assert.deepEqual(refused, [])
    await context.close()
  })
}

it('an auditor is offered no button that changes anything', async () => {
  const { email } = await appoint(system.url, authDb, { role: 'auditor', organizationId })
  const { context, page } = await visit(browser)
  await signInWithoutForm(context, email, password)
  const writes: string[] = []
  page.on('request', request => {
    if (!['GET', 'HEAD'].includes(request.method())) writes.push(`${request.method()} ${request.url()}`)
  })
  let pressed = 0
  await crawl(page, '/admin/audit', '/admin', async kind => {
    const buttons = page.locator('main button:enabled')
    for (let at = 0; at < Math.min(await buttons.count(), 12); at++) {
      const button = buttons.nth(at)
      const name = (await button.getAttribute('aria-label')) ?? (await button.textContent()) ?? ''
      // A file is read, not changed; the CSV test of each list presses these.
      if (/download|csv|pdf/i.test(name) || !(await button.isVisible())) continue
      await button.click()
      pressed++
      assert.equal(await page.locator('[role=dialog], [role=alertdialog]').count(), 0, `${kind}: ${name}`)
    }
  })
  assert.ok(pressed > 3)
  assert.deepEqual(writes, [])
  await context.close()
})

it('every page of the portal says its title in its source', async () => {
  const root = new URL('../../apps/portal/src/app/', import.meta.url)
  const untitled: string[] = []
  for (const name of await readdir(root, { recursive: true })) {
    if (!name.endsWith('page.tsx')) continue
    const source = await readFile(new URL(encodeURI(name), root), 'utf8')
    if (!/generateMetadata|export const metadata/.test(source)) untitled.push(name)
  }
  // The home page is called after the school; /start only leads on.
  assert.deepEqual(untitled.sort(), ['page.tsx', 'start/page.tsx'])
})

it('an invitation for another address says so, and switches account', async () => {
  const admin = await signIn(system.url, demoAdmin.email, demoPassword)
  const email = `invited-${randomUUID()}@test.example`
  await admin.api.auth.invite({ email, roles: ['instructor'] })
  const link = await until('The invitation has come', async () => {
    const messages = await emailsTo(system.url, email)
    return messages.map(({ text }) => /\/invitation#\S+/.exec(text)?.[0]).find(Boolean) ?? ''
  })
  const other = await signUp(system.url, 'Sindi Signed In')
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, other.email, password)
  await page.goto(link)
  await page.getByText(`This invitation is for ${email}, but you are signed in as ${other.email}.`).waitFor()
  await assertAccessible(page, 'an invitation for another address')
  await page.getByRole('button', { name: 'Sign out and switch account' }).click()
  await page.getByText('You join as an instructor.').waitFor()
  await page.getByRole('button', { name: 'Sign out and switch account' }).waitFor({ state: 'detached' })
  await page.getByLabel('Your name').fill('Ivy Invited')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await page.waitForURL(url => !url.pathname.startsWith('/invitation'))
  await page.getByLabel('Account of Ivy Invited').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
