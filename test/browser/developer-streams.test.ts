import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import type { Browser, Page } from 'playwright-core'
import { appoint, openAuthDatabase, openDatabaseOf, type Person, password } from '../api.ts'
import {
  assertAccessible,
  assertFits,
  desk,
  openBrowser,
  phone,
  signInAs,
  systemUrl,
  visit,
} from './browser.ts'

/** An operation that answers with events, tried from the reference: the events of an import. */

const { AZORA_TEST_ADMIN_URL: adminUrl = '', AZORA_TEST_SECRET: secret = '' } = process.env
const authDb = openAuthDatabase({ adminUrl, secret })
const educationDb = openDatabaseOf('education', { adminUrl, secret })
let browser: Browser
let teacher: Person

before(async () => {
  browser = await openBrowser()
  teacher = await appoint(systemUrl(), authDb, { role: 'instructor' })
})
after(async () => {
  await browser?.close()
  await educationDb.close()
  await authDb.close()
})

/** An import that no job works on, so that the test decides how it goes. */
async function beginImport(): Promise<string> {
  const id = randomUUID()
  const { organizationId, userId } = teacher
  await educationDb
    .in(organizationId)
    .run(
      sql`insert into imports (id, organization_id, created_by, file_name) values (${id}, ${organizationId}, ${userId}, 'rivers.imscc')`,
    )
  return id
}

const failImport = (id: string) =>
  educationDb
    .in(teacher.organizationId)
    .run(
      sql`update imports set status = 'failed', error = '{"code":"not_a_zip","message":"No zip."}', finished_at = now() where id = ${id} and organization_id = ${teacher.organizationId}`,
    )

const shown = (page: Page) => page.getByRole('region', { name: 'Events' })

async function open(page: Page, importId: string): Promise<void> {
  await page.getByLabel('importId (required)').fill(importId)
  await page.getByRole('button', { name: 'Send' }).click()
  await shown(page).getByText('Live', { exact: true }).waitFor()
}

it('events show when they come, are counted, and end by a press, by the stream itself, or by an error', async () => {
  const { context, page, faults } = await visit(browser)
  await signInAs(page, teacher.email, password)
  await page.goto('/developers/reference/v1/education/watchImport')
  await page.getByText('Each message event carries').waitFor()
  await page.getByRole('tab', { name: 'Try it' }).click()
  await page.getByLabel('Your session').check({ force: true })

  const importId = await beginImport()
  await open(page, importId)
  await shown(page).getByText('1 event received').waitFor()
  await shown(page).getByText('"waiting"').waitFor()
  for (const viewport of [phone, desk]) {
    await page.setViewportSize(viewport)
    await assertFits(page, `an open stream at ${viewport.width}`)
    await assertAccessible(page, `an open stream at ${viewport.width}`)
  }
  await shown(page).getByRole('button', { name: 'Stop' }).click()
  await shown(page).getByText('Stopped', { exact: true }).waitFor()
  await shown(page).getByText('1 event received').waitFor()
  assert.equal(await shown(page).getByRole('button', { name: 'Stop' }).count(), 0)

  await open(page, importId)
  await shown(page).getByText('1 event received').waitFor()
  await failImport(importId)
  await shown(page).getByText('Complete', { exact: true }).waitFor()
  await shown(page).getByText('3 events received').waitFor()
  await shown(page).getByText('"not_a_zip"').waitFor()
  await shown(page).getByText('done', { exact: true }).waitFor()

  await open(page, await beginImport())
  await shown(page).getByText('1 event received').waitFor()
  await teacher.api.auth.revokeOtherSessions({})
  await shown(page).getByText('Ended by an error', { exact: true }).waitFor()
  await shown(page).getByRole('alert').getByText('unauthenticated').waitFor()
  await assertAccessible(page, 'a stream that an error ended')
  assert.deepEqual(faults, [])
  await context.close()
})
