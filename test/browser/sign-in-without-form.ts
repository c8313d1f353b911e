import assert from 'node:assert/strict'
import type { BrowserContext } from 'playwright-core'
import { systemUrl } from './browser.ts'

/** Signs someone in without the form, for journeys that begin behind it. */
export async function signInWithoutForm(
  context: BrowserContext,
  email: string,
  password: string,
): Promise<void> {
  const url = systemUrl()
  const answer = await context.request.post(`${url}/api/v1/auth/login`, {
    data: { email, password, session: 'cookie' },
    headers: { origin: url },
  })
  assert.equal(answer.status(), 200, await answer.text())
}
