import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoAdmin, demoLearner, demoPassword } from '../../apps/azora/demo/school.ts'
import { until } from '../system.ts'
import { assertAccessible, assertFits, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

const url = systemUrl()
let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

/** Someone at a desk, on a page of the portal for developers. */
async function openPortal(email: string, path: string) {
  const opened = await visit(browser)
  await signInWithoutForm(opened.context, email, demoPassword)
  await opened.page.goto(`/developers${path}`)
  return opened
}

const answered = (page: Page) => page.getByRole('region', { name: 'Response' })
const codeOf = (page: Page, title: string) => page.getByRole('group', { name: title }).locator('code')
const call = (path: string, key: string) =>
  fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } })

/** An endpoint that keeps what it was sent, and answers as it is told to. */
async function openReceiver() {
  const received: { headers: IncomingHttpHeaders; body: string }[] = []
  const state = { status: 204 }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    received.push({ headers: request.headers, body })
    response.writeHead(state.status).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    received,
    state,
    address: `http://127.0.0.1:${port}/azora`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

it('a visitor reads guides and reference, tries a public call, and signs in for a key of their own', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  for (const [path, shows] of [
    ['', 'Make your first call in a minute'],
    ['/guides', 'Guides'],
    ['/reference', 'People and sign-in'],
    ['/typescript', 'TypeScript client'],
  ] as const) {
    await page.goto(`/developers${path}`)
    await page.getByRole('heading', { name: shows }).first().waitFor()
    await assertFits(page, `${path} for a visitor`)
    await assertAccessible(page, `${path} for a visitor`)
  }
  await page.goto('/developers/reference/v1/education/listCourses?tab=try')
  await page.getByRole('button', { name: 'Send', exact: false }).first().click()
  await answered(page).getByText('200').first().waitFor()
  for (const path of ['/keys', '/clients', '/webhooks', '/usage']) {
    await page.goto(`/developers${path}`)
    await page.getByRole('heading', { name: 'Sign in to view this page' }).waitFor()
    await assertAccessible(page, `${path} for a visitor`)
  }
  await page.goto('/developers/keys')
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await page.waitForURL(/\/signin\?next=%2Fdevelopers%2Fkeys/)
  assert.deepEqual(faults, [])
  await context.close()
})

/** Each page with something that shows that it has come. */
const pages: [path: string, shows: string][] = [
  ['', 'Make your first call in a minute'],
  ['/guides', 'Rate limits'],
  ...['authentication', 'pagination', 'errors', 'idempotency-and-retries', 'rate-limits', 'webhooks'].map(
    (guide): [string, string] => [`/guides/${guide}`, 'Next guide'],
  ),
  ['/guides/events', 'certificate.issued'],
  ['/guides/exporting-grades', 'Next guide'],
  ['/guides/versions', 'Version 2'],
  ['/reference', 'People and sign-in'],
  ['/reference?q=nothing-is-called-this', 'No operations found.'],
  ['/reference?version=v2', '/education/courses'],
  ['/reference/v1/auth/createApiKey', 'Errors'],
  ['/reference/v1/education/createCourse?tab=try', 'Body (JSON)'],
  ['/reference/v1/auth/me', 'Errors'],
  ['/reference/v1/education/nothing', 'not found'],
  ['/keys?new=1', 'New API key'],
  ['/clients', 'How it signs in'],
  ['/webhooks', 'New webhook'],
  ['/usage', 'Top operations'],
  ['/typescript', 'azora.education'],
]

for (const [name, wanted] of [
  ['every guide', (path: string) => path.startsWith('/guides')],
  ['every page but the guides', (path: string) => !path.startsWith('/guides')],
] as const) {
  it(`${name} is accessible and fits on a desk by day and on a phone by night`, async () => {
    const { context, page, faults } = await visit(browser, deskByDay)
    await signInWithoutForm(context, demoAdmin.email, demoPassword)
    for (const [path, shows] of pages.filter(([path]) => wanted(path))) {
      await page.goto(`/developers${path}`)
      await page.locator('main').getByText(shows).first().waitFor()
      await assertGood(page, path, [deskByDay, phoneByNight])
    }
    assert.deepEqual(faults, [])
    await context.close()
  })
}

it('a newcomer makes a key, sees it in the call, and has an answer without leaving the page', async () => {
  const { context, page, faults } = await openPortal(demoLearner.email, '')
  await page.getByRole('button', { name: 'Create a key' }).click()
  const key = (await codeOf(page, 'Your key').textContent()) ?? ''
  assert.match(key, /^azora_[0-9a-f]{32}_[\w-]{43}$/)
  for (const language of ['curl', 'TypeScript', 'Python']) {
    await page.getByRole('tab', { name: language }).click()
    assert.ok((await page.getByRole('tabpanel').textContent())?.includes(key), language)
  }
  await page.getByRole('button', { name: 'Run' }).click()
  await answered(page).getByText('200').first().waitFor()
  assert.match((await answered(page).textContent()) ?? '', new RegExp(demoLearner.email))
  assert.equal((await call('/auth/me', key)).status, 200)
  assert.deepEqual(faults, [])
  await context.close()
})

it('an operation is found by the keyboard, filled in, corrected, and tried with the session and with a key', async () => {
  const { context, page, faults } = await openPortal(demoAdmin.email, '/reference')
  await page.getByRole('heading', { name: 'People and sign-in' }).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('draft course')
  await page.getByRole('link', { name: /Create a draft course/ }).click()
  await page.waitForURL(/education\/createCourse/)
  await page.getByRole('tab', { name: 'Try it' }).click()
  await page.getByLabel('Your session').check({ force: true })
  const body = page.getByLabel('Body (JSON)')
  await body.fill('{"title":"Rivers"}')
  await page.getByText('is missing').waitFor()
  await body.fill('{"title":"Rivers",')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Fix the problems before').waitFor()
  await body.fill('{"title":"Rivers","category":"Nature"}')
  await page.getByRole('tab', { name: 'TypeScript' }).click()
  await page
    .getByRole('tabpanel')
    .getByText("createCourse({ title: 'Rivers', category: 'Nature' })")
    .waitFor()
  await page.getByRole('button', { name: 'Send' }).click()
  await answered(page).getByText('201').first().waitFor()
  const course = JSON.parse((await codeOf(page, 'Response body').textContent()) ?? '{}')
  await page.goto('/developers/reference/v1/education/deleteCourse?tab=try')
  await page.getByLabel('Your session').check({ force: true })
  await page.getByLabel('course (required)').fill(course.id ?? course.course?.id)
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('alertdialog').getByText('This call changes real data').waitFor()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Send' }).click()
  await answered(page).getByText('200').first().waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('a key is made with scopes, refused beyond them, and stops working when it is ended', async () => {
  const { context, page, faults } = await openPortal(demoLearner.email, '/keys')
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('Name').fill('Timetable')
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByText('“Timetable” is ready').waitFor()
  const key = (await codeOf(page, 'API key').textContent()) ?? ''
  assert.equal((await call('/education/enrollments', key)).status, 200)
  const beyond = await call('/auth/me', key)
  assert.equal(((await beyond.json()) as { code: string }).code, 'insufficient_scope')
  await page.getByRole('button', { name: 'Use this key in the reference' }).click()
  await page.getByRole('button', { name: "I've saved it" }).click()
  await page.goto('/developers/reference/v1/education/listEnrollments?tab=try')
  await page.getByRole('button', { name: 'Send' }).click()
  await answered(page).getByText('200').first().waitFor()
  await page.goto('/developers/keys')
  await page.getByRole('button', { name: 'Revoke the key Timetable' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('Key revoked.').waitFor()
  await until('the key is refused', async () => (await call('/education/enrollments', key)).status === 401)
  assert.deepEqual(faults, [])
  await context.close()
})

it('an OAuth client gets a token with its secret, and none with the old one after a new was made', async () => {
  const { context, page, faults } = await openPortal(demoAdmin.email, '/clients')
  await page.getByRole('button', { name: 'New client' }).click()
  await page.getByLabel('Name').fill('Register')
  await page.getByRole('button', { name: 'Create client' }).click()
  const read = async () => ({
    id: (await codeOf(page, 'Client ID').textContent()) ?? '',
    secret: (await codeOf(page, 'Client secret').textContent()) ?? '',
  })
  const token = ({ id, secret }: { id: string; secret: string }) =>
    fetch(`${url}/api/v1/auth/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
  const first = await read()
  const answer = await token(first)
  assert.equal(answer.status, 200)
  const { access_token } = (await answer.json()) as { access_token: string }
  assert.equal((await call('/education/courses', access_token)).status, 200)
  await page.getByRole('button', { name: "I've saved it" }).click()
  await page.getByRole('button', { name: 'New secret for Register' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'New secret' }).click()
  const second = await read()
  assert.notEqual(second.secret, first.secret)
  assert.equal((await token(first)).status, 401)
  assert.equal((await token(second)).status, 200)
  await page.getByRole('button', { name: 'Revoke the client Register' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('Client revoked.').waitFor()
  assert.equal((await token(second)).status, 401)
  assert.deepEqual(faults, [])
  await context.close()
})

it('a webhook is made, tested and signed; what failed stands in its log and is sent again', async t => {
  const receiver = await openReceiver()
  t.after(receiver.close)
  const { context, page, faults } = await openPortal(demoAdmin.email, '/webhooks')
  await page.getByRole('button', { name: 'New webhook' }).click()
  await page.getByRole('textbox', { name: 'Address' }).fill(receiver.address)
  await page.getByText('course.saved').click()
  await page.getByRole('button', { name: 'Create webhook' }).click()
  await page.getByText('The webhook is ready').waitFor()
  const secret = (await codeOf(page, 'Signing secret').textContent()) ?? ''
  await page.getByRole('link', { name: receiver.address }).click()
  await page.getByRole('button', { name: 'Send test' }).click()
  await page.getByText('Delivered: status 204').waitFor()
  const [test] = receiver.received
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = test?.headers ?? {}
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  assert.equal(
    signature,
    `v1,${createHmac('sha256', key).update(`${id}.${at}.${test?.body}`).digest('base64')}`,
  )

  receiver.state.status = 500
  await page.getByRole('button', { name: 'Send test' }).click()
  await page.getByText('Refused: status 500').waitFor()
  await page.getByRole('main').locator('select').selectOption('failed')
  await page.getByRole('button', { name: 'webhook.test' }).first().click()
  const log = page.getByRole('dialog')
  await log.getByText('webhook-signature:').waitFor()
  await assertAccessible(page, 'a delivery')
  receiver.state.status = 204
  const before = receiver.received.length
  await log.getByRole('button', { name: 'Send again' }).click()
  await until('the replay arrives', async () => receiver.received.length > before)
  assert.equal(
    receiver.received.at(-1)?.headers['webhook-id'],
    receiver.received.at(-2)?.headers['webhook-id'],
  )

  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('Webhook paused.').waitFor()
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText('Webhook resumed.').waitFor()
  await page.getByRole('button', { name: 'New secret' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'New secret' }).click()
  assert.notEqual(await codeOf(page, 'Signing secret').textContent(), secret)
  await assertAccessible(page, 'a webhook')
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await page.waitForURL(/\/webhooks$/)
  assert.deepEqual(faults, [])
  await context.close()
})

it('what was asked of the API shows as bars, and as a table of the same numbers', async () => {
  const { context, page, faults } = await openPortal(demoLearner.email, '/usage')
  await page.getByRole('img', { name: /^Requests as a bar chart/ }).waitFor()
  await until('the calls are counted', async () => {
    await page.reload()
    const list = page.getByRole('list').filter({ hasText: 'auth.me' })
    return list
      .first()
      .waitFor({ timeout: 2000 })
      .then(
        () => true,
        () => false,
      )
  })
  await page.getByRole('button', { name: 'Show as a table' }).click()
  await page.getByRole('columnheader', { name: 'Over the limit' }).waitFor()
  await assertAccessible(page, 'usage as a table')
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner is told why webhooks and clients are not for everybody', async () => {
  const { context, page } = await openPortal(demoLearner.email, '/webhooks')
  await page.getByText('You need permission to manage integrations').waitFor()
  await page.goto('/developers/clients')
  await page.getByText('You need permission to manage integrations').waitFor()
  await assertAccessible(page, 'not for everybody')
  await context.close()
})
