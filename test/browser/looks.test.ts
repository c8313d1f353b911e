import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, phone, visit } from './browser.ts'
import { assertGood, phoneByDay } from './looks.ts'

/** What is asked of every page finds what is wrong, and nothing else. */

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

const pageOf = (body: string) =>
  `<html lang="en"><head><title>A page</title><style>
    body { margin: 0; background: #fff; color: #111 }
    button { display: block; width: 120px; border: 0; padding: 0; background: #eee; color: #111 }
  </style></head><body><main>${body}<h1>A page</h1></main></body></html>`

async function look(body: string): Promise<void> {
  const { context, page } = await visit(browser, { viewport: phone })
  await page.setContent(pageOf(body))
  try {
    await assertGood(page, 'a page', [phoneByDay])
  } finally {
    await context.close()
  }
}

it('a button that is too small for a finger is found, and colours that are too like each other', async () => {
  const small = '<button style="height: 12px">One</button><button style="height: 12px">Two</button>'
  await assert.rejects(look(small), /target-size/)
  await assert.rejects(look('<p style="color: #ccc">Hardly there</p>'), /color-contrast/)
})

it('a button that lies half behind a bar that stays is not too small: it can be scrolled free', async () => {
  const above = phone.height - 115
  const before = `<div style="height: ${above}px"></div><button style="height: 48px">Next</button>`
  const bar = `<div style="position: sticky; bottom: 0; height: 100px; background: #def">
    <button style="height: 48px">Save</button></div>`
  await look(`${before}<div style="height: 2000px"></div>${bar}`)
})
