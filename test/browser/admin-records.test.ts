import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, it } from 'node:test'
import type { Database } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { Browser } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { demoAdmin, demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import {
  appoint,
  emailsTo,
  openAuthDatabase,
  openSchool,
  password,
  signIn,
  signUp,
  systemUnderTest,
} from '../api.ts'
import { until } from '../system.ts'
import { assertAccessible, openBrowser, phone, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

const { url, adminUrl, secret } = systemUnderTest()
let browser: Browser
let authDb: Database
before(async () => {
  browser = await openBrowser()
  authDb = openAuthDatabase({ adminUrl, secret })
})
after(async () => {
  await browser.close()
  await authDb.close()
})

/** Someone at the panel; the demo school's administrator, who also runs the installation. */
async function openPanel(path: string, who = { email: demoAdmin.email, password: demoPassword }) {
  const opened = await visit(browser)
  await signInWithoutForm(opened.context, who.email, who.password)
  await opened.page.goto(`/admin${path}`)
  return opened
}

it('the first page says that all is well, or leads to what is not', async () => {
  const { context, page, faults } = await openPanel('')
  await page.getByText('System status').waitFor()
  for (const part of ['auth', 'education', 'assessment', 'integrations', 'portal']) {
    await page.getByRole('heading', { level: 3, name: part }).waitFor()
  }
  await page.getByRole('img', { name: /^Requests by hour over the last 24 hours/ }).waitFor()
  await page.getByText('Only a password protects your account.').waitFor()
  assert.equal(await page.getByText('Not responding').count(), 0)
  assert.deepEqual(faults, [])
  await context.close()
})

it('a course is published and archived, and the log says by whom', async () => {
  const { api } = await signIn(url, demoInstructor.email, demoPassword)
  const title = `Moderated ${randomUUID().slice(0, 8)}`
  const course = await api.education.createCourse({
    title,
    summary: 'A course to moderate.',
    category: 'Nature',
  })
  const { modules } = await api.education.createModule({ courseId: course.id, title: 'Only module' })
  await api.education.createLesson({
    moduleId: modules[0]?.id ?? '',
    kind: 'page',
    title: 'Only lesson',
    content: '<p>Here it is.</p>',
  })
  const { context, page } = await openPanel('/courses')
  await page.getByRole('button', { name: `Publish ${title}` }).click()
  await page.getByText(`${title} is now in the catalogue.`).waitFor()
  await page.getByRole('button', { name: `Archive ${title}` }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click()
  await page.getByText(`${title} is no longer in the catalogue.`).waitFor()
  await page.goto(`/admin/audit?action=course.archived&subject=${course.id}`)
  await page.getByText(`${demoAdmin.name} archived ${title}`).waitFor()
  await context.close()
})

it('the audit log is searched, unfolded, proven whole and downloaded', async () => {
  const name = `Logged ${randomUUID().slice(0, 8)}`
  await signUp(url, name)
  const { context, page, faults } = await openPanel('/audit')
  await page.getByText('The log is intact').waitFor()
  await page.getByLabel('Names, actions or details').fill(name)
  await page.getByRole('combobox', { name: 'Action' }).selectOption('session.started')
  await page.getByText(`${name} signed in`).waitFor()
  await until('Only the one entry is left', async () => (await page.getByRole('rowheader').count()) === 1)
  await page.locator('summary').filter({ hasText: 'Entry details' }).click()
  await page.getByRole('term').filter({ hasText: 'Seal' }).waitFor()
  await assertAccessible(page, 'an entry with its details')
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download CSV' }).click()
  const lines = (await readFile(await (await coming).path(), 'utf8')).trim().split('\r\n')
  assert.equal(lines.length, 2)
  assert.match(lines[1] ?? '', /session\.started/)
  await page.getByLabel('From date').fill('2001-01-01')
  await page.getByLabel('To date').fill('2001-01-02')
  await page.getByText('No entries found').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('rowheader').nth(1).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('events appear as they happen', async () => {
  const { context, page } = await openPanel('/events')
  await page.locator('tbody tr').first().waitFor()
  const newest = () => page.locator('tbody tr').first().textContent()
  const before = await newest()
  await signUp(url, 'Just Arrived')
  await until('The newcomer is among the events', async () => {
    const first = await newest()
    return first !== before && /user\.created|audit\.recorded/.test(first ?? '')
  })
  await page.getByLabel('Service').selectOption('education')
  await page.getByRole('table', { name: 'Events of education' }).waitFor()
  // The rows of before stand there, marked as busy, until those of education have come.
  await until('They have come', async () => (await page.locator('[aria-busy=true]').count()) === 0)
  for (const service of await page.locator('tbody tr td:nth-child(2)').allTextContents()) {
    assert.match(service, /^education/)
  }
  await context.close()
})

it('an event that was given up is found from the first page, and tried again', async () => {
  const admin = await signIn(url, demoAdmin.email, demoPassword)
  const id = uuidv7()
  const payload = {
    organizationId: admin.organizationId,
    action: 'test.given_up',
    actor: { kind: 'system', id: null },
    impersonatorId: null,
    subject: null,
    origin: null,
    details: {},
    at: new Date().toISOString(),
  }
  await authDb.infrastructure.run(sql`
    insert into inbox (id, name, organization_id, payload, correlation_id, occurred_at, attempts, failed_at, error)
    values (${id}, 'audit.recorded', ${admin.organizationId}, ${JSON.stringify(payload)}::jsonb, ${id},
      clock_timestamp(), 12, clock_timestamp(), 'The chain was not there.')`)
  const { context, page } = await openPanel('')
  await page.getByText(/failed after all attempts/).waitFor()
  await page.getByRole('link', { name: 'Review and retry' }).click()
  const row = page.getByRole('row').filter({ hasText: id })
  await row.getByText('The chain was not there.').waitFor()
  await assertAccessible(page, 'failed events')
  await row.getByRole('button', { name: 'Retry audit.recorded' }).click()
  await page.getByText('Retrying the event.').waitFor()
  await row.waitFor({ state: 'detached' })
  await page.goto('/admin/audit?action=test.given_up')
  await page.getByText('The system: test.given_up').first().waitFor()
  await context.close()
})

it('an operator creates a school, whose first administrator gets an email, and edits it', async () => {
  const name = `Hillside ${randomUUID().slice(0, 8)}`
  const email = `head-${randomUUID()}@test.example`
  const { context, page, faults } = await openPanel('/schools')
  await page.getByRole('button', { name: 'Create school' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  assert.equal(await dialog.getByLabel('Short name').inputValue(), name.toLowerCase().replace(' ', '-'))
  await dialog.getByLabel('Email of the first administrator').fill(email)
  await assertAccessible(page, 'opening a school')
  await dialog.getByRole('button', { name: 'Create school' }).click()
  await page.getByText(`${name} is created.`).waitFor()
  await until('The email has arrived', async () => (await emailsTo(url, email)).length > 0)
  await page.getByLabel('Name or short name').fill(name)
  await page.getByRole('button', { name: `Edit ${name}` }).click()
  await dialog.getByText('More requests, for a school').click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('row').filter({ hasText: name }).getByText('Pro', { exact: true }).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('an administrator who requires two-step sign-in without having it is led to set it up', async () => {
  const organizationId = await openSchool(url, authDb, 'Careful School')
  const { email } = await appoint(url, authDb, { role: 'admin', organizationId })
  const { context, page } = await openPanel('/settings', { email, password })
  await page.getByText('Staff').click()
  await page.getByText('You have not set up two-step sign-in').waitFor()
  await page.getByText('Invited people only').click()
  await page.getByLabel('Name').fill('Very Careful School')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText('Settings saved.').waitFor()
  await page.setViewportSize(phone)
  await page.goto('/admin/people')
  await page.getByRole('heading', { name: 'Set up two-step sign-in first' }).waitFor()
  await assertAccessible(page, 'a factor is missing')
  assert.equal(
    await page.getByRole('link', { name: 'Set up two-step sign-in' }).getAttribute('href'),
    '/account/security',
  )
  await context.close()
})

it('an auditor reads people, events and the log, and is offered nothing that changes them', async () => {
  const { organizationId } = await signIn(url, demoAdmin.email, demoPassword)
  const { email } = await appoint(url, authDb, { role: 'auditor', organizationId })
  const { context, page, faults } = await openPanel('', { email, password })
  await page.getByText('System status').waitFor()
  const sections = page.getByRole('navigation', { name: 'Sections' })
  assert.deepEqual(await sections.getByRole('link').allTextContents(), [
    'Overview',
    'People',
    'Offices',
    'Payments',
    'Ledger',
    'Plans',
    'Bundles',
    'Institutions',
    'Coupons',
    'Revenue',
    'Audit log',
    'Events and jobs',
  ])
  await page.goto('/admin/people?q=lindiwe')
  await page.getByRole('link', { name: 'Lindiwe Khumalo' }).click()
  await page.getByRole('heading', { name: 'Sign-in' }).waitFor()
  assert.equal(await page.getByRole('heading', { name: 'Actions' }).count(), 0)
  await page.goto('/admin/settings')
  await page.getByText('This page is for administrators').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
