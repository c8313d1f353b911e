import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import type { Browser } from 'playwright-core'
import { password } from '../api.ts'
import { openBrowser, signInAs, visit } from './browser.ts'
import { openImports } from './import-fixture.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'

/** What the pages tell of an import: texts by code, whatever the API says in English. */

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

const serverEnglish = 'English of the server'

/** An import that has ended, stored as it is given. */
async function ended(fileName: string, end: { report: object } | { error: object }): Promise<string> {
  const { organizationId, userId } = imports.teacher
  const id = randomUUID()
  const [report, error] = 'report' in end ? [end.report, null] : [null, end.error]
  await imports.educationDb.in(organizationId).run(sql`
    insert into imports (id, organization_id, created_by, file_name, status, stage, progress_percent, report, error, finished_at)
    values (${id}, ${organizationId}, ${userId}, ${fileName}, ${report ? 'done' : 'failed'}, 'done', 100,
      ${report && JSON.stringify(report)}::jsonb, ${error && JSON.stringify(error)}::jsonb, now())`)
  return id
}

const counts = { imported: 1, attached: 0, described: 1, lost: 0, hidden: 0 }
const told = { as: serverEnglish, reason: serverEnglish, hidden: false }

const report = {
  counts,
  entries: [
    {
      path: 'quiz.xml',
      outcome: 'imported',
      became: { code: 'quiz_with_questions', values: { title: 'Rivers', count: 3 } },
      reasons: [],
      code: null,
      ...told,
      reason: null,
    },
    {
      path: 'quiz/assessment_meta.xml',
      outcome: 'described',
      became: { code: 'settings_of_quiz', values: {} },
      reasons: [
        { code: 'settings_of_quiz', values: {} },
        { code: 'was_due', values: { time: '2030-02-01T06:30:00.000Z' } },
      ],
      code: 'settings',
      ...told,
    },
  ],
}

// As it was stored before there were codes for what something became, and values.
const oldReport = {
  counts,
  entries: [
    { path: 'page.html', outcome: 'imported', ...told, as: 'lesson “Springs”', reason: null, code: null },
    { path: 'settings.xml', outcome: 'described', ...told, code: 'settings' },
  ],
}

it('a report is shown by its codes, and can be searched by what it shows', async () => {
  const { context, page, faults } = await visit(browser, { serviceWorkers: 'block' })
  await signInAs(page, imports.teacher.email, password)
  await page.goto(`/teach/imports/${await ended('rivers.imscc', { report })}`)
  await page.getByText('Quiz “Rivers”, 3 questions').waitFor()
  await page.getByText(/The quiz has these settings now\. We didn’t keep its due date, .*2030/).waitFor()
  await page.getByLabel('Search the list').fill('due date')
  await page.getByText('1 line of 2').waitFor()
  assert.equal(await page.getByText(serverEnglish).count(), 0)
  await assertGood(page, 'the report of an import', [phoneByDay, phoneByNight, deskByDay])
  assert.deepEqual(faults, [])
  await context.close()
})

it('a report of before there were codes tells in general what it can', async () => {
  const { context, page, faults } = await visit(browser, { serviceWorkers: 'block' })
  await signInAs(page, imports.teacher.email, password)
  await page.goto(`/teach/imports/${await ended('old.imscc', { report: oldReport })}`)
  await page.getByText('“Springs”', { exact: true }).waitFor()
  await page.getByText('Part of the course.', { exact: true }).waitFor()
  await page.getByText('It holds settings.').waitFor()
  assert.equal(await page.getByText(serverEnglish).count(), 0)
  assert.deepEqual(faults, [])
  await context.close()
})

it('a failure is shown by its reason, else by its code, on its page and in the list', async () => {
  const message = serverEnglish
  const { context, page, faults } = await visit(browser, { serviceWorkers: 'block' })
  await signInAs(page, imports.teacher.email, password)
  const values = { path: 'film.mp4', sizeBytes: 300_000_000, limitBytes: 256_000_000 }
  const large = { code: 'too_large', reason: 'entry_too_large', values, message }
  await page.goto(`/teach/imports/${await ended('large.imscc', { error: large })}`)
  await page.getByText('“film.mp4” has 300 MB. The limit for such a file is 256 MB.').waitFor()
  await page.goto(`/teach/imports/${await ended('old.imscc', { error: { code: 'truncated', message } })}`)
  await page.getByText('The file is incomplete. Export or download it again.').waitFor()
  await page.goto('/teach')
  await page.getByText('“film.mp4” has 300 MB. The limit for such a file is 256 MB.').waitFor()
  await page.getByText('The file is incomplete. Export or download it again.').waitFor()
  assert.equal(await page.getByText(serverEnglish).count(), 0)
  assert.deepEqual(faults, [])
  await context.close()
})
