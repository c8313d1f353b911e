import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import type { Browser, BrowserContext } from 'playwright-core'
import { password } from '../api.ts'
import { openBrowser, signInAs, visit } from './browser.ts'
import { openImports } from './import-fixture.ts'

/** The page of an import where something on the way lets no stream of events through. */

let browser: Browser
let imports: Awaited<ReturnType<typeof openImports>>

before(async () => {
  browser = await openBrowser()
  imports = await openImports()
})
after(async () => {
  await browser?.close()
  await imports?.close()
})

/** Let no stream of an import through, and count what is asked instead. */
async function blockStreams(context: BrowserContext) {
  const seen = { streams: 0, asked: 0 }
  await context.route(/\/education\/imports\/[^/]+\/events/, route => {
    seen.streams += 1
    return route.abort('connectionreset')
  })
  context.on('request', request => {
    if (/\/education\/imports\/[0-9a-f-]+$/.test(request.url())) seen.asked += 1
  })
  return seen
}

it('the page follows an import by asking, step by step, until it has ended', async () => {
  const id = randomUUID()
  const { teacher, educationDb } = imports
  const { organizationId, userId } = teacher
  const db = educationDb.in(organizationId)
  // No job works on it, so the test decides how it goes.
  await db.run(
    sql`insert into imports (id, organization_id, created_by, file_name) values (${id}, ${organizationId}, ${userId}, 'rivers.imscc')`,
  )
  const { context, page, faults } = await visit(browser, { serviceWorkers: 'block' })
  const seen = await blockStreams(context)
  await signInAs(page, teacher.email, password)
  await page.goto(`/teach/imports/${id}`)
  await page.getByText('The file is uploaded and waiting in the queue').waitFor()
  await db.run(
    sql`update imports set status = 'running', stage = 'lessons', progress_percent = 60 where id = ${id} and organization_id = ${organizationId}`,
  )
  await page.getByRole('status').getByText('Creating modules, lessons and quizzes').waitFor()
  await db.run(
    sql`update imports set status = 'failed', error = '{"code":"not_a_zip","message":"No zip."}', finished_at = now() where id = ${id} and organization_id = ${organizationId}`,
  )
  await page.getByText("We couldn't import this file").waitFor()
  await page.getByText('This is not a Common Cartridge, because it is not a zip file.').waitFor()
  assert.ok(seen.streams > 0 && seen.asked > 1, JSON.stringify(seen))
  assert.deepEqual(faults, [])
  await context.close()
})

it('a file that is uploaded becomes a course, and the page says so with the report', async () => {
  const { teacher, cartridge } = imports
  const { context, page, faults } = await visit(browser, { serviceWorkers: 'block' })
  const seen = await blockStreams(context)
  await signInAs(page, teacher.email, password)
  await page.goto('/teach/import')
  await page.locator('input[type=file]').setInputFiles(cartridge)
  await page.getByText('Your course is imported').waitFor()
  await page.getByRole('table', { name: 'What was in the file' }).waitFor()
  assert.ok(seen.streams > 0 && seen.asked > 0, JSON.stringify(seen))
  assert.deepEqual(faults, [])
  await context.close()
})
