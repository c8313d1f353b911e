import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { startPeople } from '../people/testing.ts'

/** A refresh that fails ends a session; its access token must not live on until the next reading of revocations. */

let auth: Awaited<ReturnType<typeof startPeople>>
before(async () => {
  auth = await startPeople()
})
after(() => auth.stop())

const refresh = (refreshToken: string) => auth.handlers.refresh({ refreshToken }, testContext())

test('A refresh token that comes twice takes the access tokens of its session with it at once.', async () => {
  const { tokens, sessionId } = await auth.member()
  const second = await refresh(tokens.refreshToken)
  await auth.db.across.run(
    sql`update sessions set rotated_at = rotated_at - interval '31 seconds' where id = ${sessionId}`,
  )
  await assert.rejects(refresh(tokens.refreshToken), { code: 'session_expired' })
  assert.ok(await auth.ends(second.tokens?.accessToken ?? ''))
  assert.ok(await auth.ends(tokens.accessToken))
})

test('So does the refresh of somebody who may no longer act in the school.', async () => {
  const { tokens, userId } = await auth.member()
  await auth.db.across.run(sql`update memberships set suspended_at = now() where user_id = ${userId}`)
  await assert.rejects(refresh(tokens.refreshToken), { code: 'session_expired' })
  assert.ok(await auth.ends(tokens.accessToken))
})
