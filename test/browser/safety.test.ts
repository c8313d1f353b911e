import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { demoAdmin, demoInstructor, demoLearner, demoPassword } from '../../apps/azora/demo/school.ts'
import { password as newPassword, signUp } from '../api.ts'
import { openBrowser, phone, systemUrl, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** What a browser must do, and must not, to keep people safe: fields, leaving, what stays on a device, hostile names. */

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

async function as(email: string, options: Parameters<typeof visit>[1] = {}) {
  const visitor = await visit(browser, options)
  await signInWithoutForm(visitor.context, email, email.endsWith('test.example') ? newPassword : demoPassword)
  return visitor
}

it('password fields hide what is typed, name what they hold for password managers, and take what is pasted', async () => {
  const { context, page } = await visit(browser)
  for (const [path, wanted] of [
    ['/signin', 'current-password'],
    ['/signup', 'new-password'],
  ] as const) {
    await page.goto(path)
    const field = page.locator('input[autocomplete$="-password"]').first()
    assert.equal(await field.getAttribute('type'), 'password', path)
    assert.equal(await field.getAttribute('autocomplete'), wanted, path)
    const email = page.locator('input[type="email"]').first()
    assert.match((await email.getAttribute('autocomplete')) ?? '', /username|email/, path)
    const stopped = await field.evaluate(element => {
      const data = new DataTransfer()
      data.setData('text/plain', 'a pasted password')
      return !element.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    })
    assert.equal(stopped, false, `${path} stops what is pasted.`)
  }
  await context.close()
})

/** Open the menu of the account, and give the button that signs out. */
async function signOutOf(page: Page) {
  const button = page.getByRole('button', { name: 'Sign out', exact: true })
  if (!(await button.isVisible())) await page.locator('[data-initials]').first().click()
  await button.waitFor()
  return button
}

it('signing out can be reached from every page of every application', async () => {
  const { context, page } = await as(demoAdmin.email, { viewport: phone })
  const pages = ['/', '/courses', '/learn', '/teach', '/account', '/account/security', '/account/sessions']
  for (const path of [...pages, '/admin', '/admin/people', '/admin/audit', '/developers/keys']) {
    await page.goto(path)
    await signOutOf(page)
  }
  await context.close()
})

/** What a page can find on the device: names of caches and databases, keys of storage, and cookies. */
async function kept(context: BrowserContext, page: Page) {
  const found = await page.evaluate(async () => ({
    caches: await caches.keys(),
    databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
    storage: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
  }))
  const cookies = (await context.cookies(systemUrl())).map(({ name }) => name)
  return { ...found, cookies }
}

/** The paths of the pages that are kept for reading offline. */
const cachedPages = (page: Page) =>
  page.evaluate(async () => {
    if (!(await caches.has('azora-pages'))) return []
    const requests = await (await caches.open('azora-pages')).keys()
    return requests.map(({ url }) => new URL(url).pathname)
  })

for (const where of ['/learn', '/admin'] as const) {
  it(`signing out at ${where} leaves nothing of the person on the device`, async () => {
    const { context, page } = await as(where === '/admin' ? demoAdmin.email : demoLearner.email)
    await page.goto('/learn')
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.goto('/account')
    await page.goto('/learn')
    const before = await kept(context, page)
    assert.ok(before.cookies.includes('azora_access'), JSON.stringify(before))
    assert.ok((await cachedPages(page)).includes('/learn'), 'Nothing was kept that could be left behind.')
    await page.goto(where)
    await Promise.all([page.waitForURL(`${systemUrl()}/`), (await signOutOf(page)).click()])
    const after = await kept(context, page)
    assert.deepEqual(after.cookies, [])
    // Scripts and pictures of the site are the same for everybody. The choice of light or dark is no secret.
    assert.deepEqual(
      after.caches.filter(name => name !== 'azora-static' && name !== 'azora-pages'),
      [],
    )
    const pages = await cachedPages(page)
    assert.deepEqual(
      pages.filter(path => /^\/(?:learn|account|teach|admin)/.test(path)),
      [],
    )
    // Nor is how many bytes the device received today, for all who use it.
    assert.deepEqual(
      after.storage.filter(key => !/theme|^azora-data-used$/.test(key)),
      [],
    )
    const used = await page.evaluate(() => localStorage.getItem('azora-data-used') ?? '')
    assert.match(used, /^(\d{4}-\d{1,2}-\d{1,2} \d+)?$/)
    // What the visitor's page opens anew is empty.
    const rows = await page.evaluate(async () => {
      let count = 0
      for (const { name } of await indexedDB.databases()) {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open(name ?? '')
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
        for (const store of database.objectStoreNames) {
          count += await new Promise<number>(resolve => {
            const request = database.transaction(store).objectStore(store).count()
            request.onsuccess = () => resolve(request.result)
          })
        }
        database.close()
      }
      return count
    })
    assert.equal(rows, 0)
    await context.close()
  })
}

it('pages and answers about a person may be kept by no cache, and secrets are out of reach of scripts', async () => {
  const { context, page } = await as(demoInstructor.email)
  for (const path of [
    '/learn',
    '/teach',
    '/account',
    '/account/security',
    '/api/v1/auth/me',
    '/api/v1/auth/sessions',
  ]) {
    const answer = await page.goto(path)
    assert.match(answer?.headers()['cache-control'] ?? '', /no-store|private/, path)
  }
  await page.goto('/account')
  const visible = await page.evaluate(
    () => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage }),
  )
  const { cookies } = await context.storageState()
  for (const { name, value, httpOnly } of cookies) {
    if (!/access|refresh/.test(name)) continue
    assert.equal(httpOnly, true, name)
    assert.ok(!visible.includes(value), name)
  }
  await context.close()
})

it('a name that is a script is shown as text wherever it appears', async () => {
  const name = '<img src=x onerror="window.hacked=1"> <script>window.hacked=1</script>'
  const { email } = await signUp(systemUrl(), name)
  const own = await as(email)
  for (const path of ['/', '/account', '/learn']) await own.page.goto(path)
  assert.equal(await own.page.evaluate(() => 'hacked' in window), false)
  assert.deepEqual(own.faults, [])
  await own.context.close()
  const admin = await as(demoAdmin.email)
  await admin.page.goto(`/admin/people?q=${encodeURIComponent(email)}`)
  await admin.page.getByText(name).first().waitFor()
  assert.equal(await admin.page.evaluate(() => 'hacked' in window), false)
  assert.deepEqual(admin.faults, [])
  await admin.context.close()
})

it('pages are built for production: no tools of development, no maps of sources', async () => {
  const { context, page } = await visit(browser)
  for (const path of ['/', '/admin', '/developers']) {
    const html = (await (await context.request.get(path)).text()) ?? ''
    assert.doesNotMatch(html, /static\/development|react-refresh|@vite\/client|__NEXT_HMR/, path)
    for (const [, script = ''] of html.matchAll(/<script[^>]+src="([^"]+\.js)/g)) {
      assert.equal((await context.request.get(`${script}.map`)).status(), 404, script)
    }
  }
  await page.goto('/')
  await context.close()
})
