import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { get, type IncomingMessage } from 'node:http'
import { after, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { appoint, openAuthDatabase, openDatabaseOf, type Person, systemUnderTest } from '../api.ts'

/** A stream of events through the whole system: the gateway, and in a cluster the network behind it. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
const educationDb = openDatabaseOf('education', system)
const answers: IncomingMessage[] = []
after(async () => {
  for (const answer of answers) answer.destroy()
  await authDb.close()
  await educationDb.close()
})

/** An import that no job works on, so that a test decides how it goes. */
async function begin({ organizationId, userId }: Person): Promise<string> {
  const id = randomUUID()
  await educationDb
    .in(organizationId)
    .run(
      sql`insert into imports (id, organization_id, created_by, file_name) values (${id}, ${organizationId}, ${userId}, 'rivers.imscc')`,
    )
  return id
}

function open(
  person: Person,
  importId: string,
  headers: Record<string, string> = {},
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const opened = (answer: IncomingMessage) => {
      answers.push(answer)
      resolve(answer)
    }
    get(
      `${url}/api/v1/education/imports/${importId}/events`,
      { headers: { authorization: `Bearer ${person.token}`, ...headers } },
      opened,
    ).on('error', reject)
  })
}

/** Read until the text matches. @throws when the stream ends before. */
async function until(answer: IncomingMessage, pattern: RegExp): Promise<string> {
  let text = ''
  for await (const chunk of answer.iterator({ destroyOnReturn: false })) {
    text += chunk
    if (pattern.test(text)) return text
  }
  throw new Error(`The stream ended with: ${text}`)
}

test('A stream comes through at once and as it is, also to a client that asks for compression.', async () => {
  const teacher = await appoint(url, authDb, { role: 'instructor' })
  const answer = await open(teacher, await begin(teacher), { 'accept-encoding': 'gzip, br' })
  assert.equal(answer.statusCode, 200)
  assert.equal(answer.headers['content-encoding'], undefined)
  assert.equal(answer.headers['x-accel-buffering'], 'no')
  assert.match(await until(answer, /"status"/), /^id: waiting-received-0$/m)
  answer.destroy()
})

test('A stream that is resumed tells nothing that its reader knows.', async () => {
  const teacher = await appoint(url, authDb, { role: 'instructor' })
  const importId = await begin(teacher)
  await educationDb
    .in(teacher.organizationId)
    .run(
      sql`update imports set status = 'failed', error = '{"code":"not_a_zip","message":"No zip."}', finished_at = now() where id = ${importId} and organization_id = ${teacher.organizationId}`,
    )
  const anew = await until(await open(teacher, importId), /event: done/)
  assert.match(anew, /"code":"not_a_zip"/)
  const id = /^id: (.*)$/m.exec(anew)?.[1] ?? ''
  const resumed = await until(await open(teacher, importId, { 'last-event-id': id }), /event: done/)
  assert.doesNotMatch(resumed, /event: message/)
})

test('Signing out ends a stream within seconds.', async () => {
  const teacher = await appoint(url, authDb, { role: 'instructor' })
  const answer = await open(teacher, await begin(teacher))
  await until(answer, /"status"/)
  const began = performance.now()
  await teacher.api.auth.logout({})
  const text = await until(answer, /event: error\n/)
  assert.match(text, /"code":"unauthenticated"/)
  assert.ok(performance.now() - began < 60_000)
})

test('A suspended person hears nothing more.', async () => {
  const teacher = await appoint(url, authDb, { role: 'instructor' })
  const admin = await appoint(url, authDb, { role: 'admin' })
  const answer = await open(teacher, await begin(teacher))
  await until(answer, /"status"/)
  await admin.api.auth.suspendPerson({ userId: teacher.userId, reason: 'Left the school.' })
  assert.match(await until(answer, /event: error\n/), /"code":"unauthenticated"/)
})
