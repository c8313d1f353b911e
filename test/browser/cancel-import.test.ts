import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import type { Browser } from 'playwright-core'
import { password } from '../api.ts'
import { until } from '../system.ts'
import { openBrowser, signInAs, visit } from './browser.ts'
import { openImports } from './import-fixture.ts'

/** An import that is cancelled while it runs. */

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

/** Keep texts from being stored, so that an import waits where it would store them. @returns what lets it go on. */
async function holdTexts(): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const holding = imports.educationDb.across.transaction(async tx => {
    await tx.run(sql`lock table documents in share mode`)
    held.resolve()
    await release.promise
  })
  await Promise.race([held.promise, holding])
  return async () => {
    release.resolve()
    await holding
  }
}

it('an import that runs is cancelled from its page, and no course comes of it', async () => {
  const { teacher, cartridge } = imports
  const { context, page, faults } = await visit(browser)
  await signInAs(page, teacher.email, password)
  const db = imports.educationDb.in(teacher.organizationId)
  const goOn = await holdTexts()
  try {
    await page.goto('/teach/import')
    await page.locator('input[type=file]').setInputFiles(cartridge)
    await page.getByRole('status').getByText('Creating modules, lessons and quizzes').waitFor()
    const running = sql`
      select from imports where organization_id = ${teacher.organizationId} and created_by = ${teacher.userId}
        and status = 'running'`
    assert.equal(await db.run(running), 1)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Import cancelled').waitFor()
  } finally {
    await goOn()
  }
  const importId = page.url().split('/').at(-1) ?? ''
  await until('The work on the import ends', async () => {
    const { open } = await db.one<{ open: boolean }>(
      sql`select exists (select from pg_stat_activity where wait_event_type = 'Lock' and query ilike '%documents%') as open`,
    )
    return open ? null : true
  })
  await page.reload()
  await page.getByText('Import cancelled').waitFor()
  const made = sql`
    select from imports where organization_id = ${teacher.organizationId} and id = ${importId}
      and (course_id is not null or status <> 'failed')`
  assert.equal(await db.run(made), 0)
  const courses = sql`
    select from courses where organization_id = ${teacher.organizationId} and instructor_id = ${teacher.userId}`
  assert.equal(await db.run(courses), 0)
  assert.deepEqual(faults, [])
  await context.close()
})
