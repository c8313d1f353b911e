import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { reactions } from '../reactions.ts'
import { education } from '../service.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

type Name = 'organization.created' | 'organization.changed' | 'user.created' | 'user.changed' | 'user.left'

async function hear(
  name: Name,
  payload: { organizationId: string } & Record<string, unknown>,
  occurredAt = new Date().toISOString(),
) {
  const react = reactions(kit)[name] as (tx: unknown, payload: unknown, event: unknown) => Promise<void>
  const event = { id: randomUUID(), occurredAt }
  await kit.db.in(payload.organizationId).transaction(tx => react(tx, payload, event))
}

const joined = (organizationId: string) => ({
  userId: randomUUID(),
  organizationId,
  email: 'before@school.example',
  name: 'Before',
  roles: ['learner'],
})

const knownOf = ({ userId, organizationId }: { userId: string; organizationId: string }) =>
  kit.db.across.optional<{ name: string; email: string }>(
    sql`select name, email from people where user_id = ${userId} and organization_id = ${organizationId}`,
  )

test('A school that took another name has it here too, and stays the default.', async () => {
  const organizationId = randomUUID()
  const school = { organizationId, slug: 'renamed', name: 'Before', isDefault: true }
  await hear('organization.created', school)
  await hear('organization.changed', { organizationId, slug: 'renamed', name: 'After' })
  const row = await kit.db.across.one(
    sql`select name, is_default from organizations where id = ${organizationId}`,
  )
  assert.deepEqual(row, { name: 'After', isDefault: true })
})

test('A new name or address is taken on in the school that was told, and makes nobody up.', async () => {
  const here = joined(randomUUID())
  const there = { ...here, organizationId: randomUUID() }
  await hear('user.created', here)
  await hear('user.created', there)
  await hear('user.changed', { ...here, name: 'After', email: 'after@school.example' })
  assert.deepEqual(await knownOf(here), { name: 'After', email: 'after@school.example' })
  assert.deepEqual(await knownOf(there), { name: 'Before', email: 'before@school.example' })
  const unknown = joined(here.organizationId)
  await hear('user.changed', unknown)
  assert.equal(await knownOf(unknown), null)
})

test('Who leaves without a trace is forgotten; who learned or taught stays in the records by name.', async () => {
  const organizationId = randomUUID()
  const [visitor, teacher, learner] = [joined(organizationId), joined(organizationId), joined(organizationId)]
  for (const person of [visitor, teacher, learner]) await hear('user.created', person)
  const courseId = randomUUID()
  const school = kit.db.in(organizationId)
  await school.run(sql`
    insert into courses (id, organization_id, slug, title, instructor_id, category, level)
    values (${courseId}, ${organizationId}, 'rivers', 'Rivers', ${teacher.userId}, 'Science', 'beginner')`)
  await school.run(sql`
    insert into enrollments (id, organization_id, user_id, course_id)
    values (${randomUUID()}, ${organizationId}, ${learner.userId}, ${courseId})`)
  for (const { userId } of [visitor, teacher, learner]) await hear('user.left', { userId, organizationId })
  assert.equal(await knownOf(visitor), null)
  for (const person of [teacher, learner]) assert.equal((await knownOf(person))?.name, 'Before')
  // Back again, they are known again.
  await hear('user.created', visitor)
  assert.equal((await knownOf(visitor))?.name, 'Before')
})

test('News that comes late does not take the place of later news, of people and of schools.', async () => {
  const person = joined(randomUUID())
  const { organizationId } = person
  const at = (minute: number) => `2026-03-01T10:0${minute}:00.000Z`
  await hear('user.created', person, at(1))
  await hear('user.changed', { ...person, name: 'Third' }, at(3))
  await hear('user.changed', { ...person, name: 'Second' }, at(2))
  await hear('user.created', person, at(1))
  assert.equal((await knownOf(person))?.name, 'Third')
  const school = { organizationId, slug: `late-${organizationId}`, name: 'First', isDefault: false }
  await hear('organization.created', school, at(1))
  await hear('organization.changed', { ...school, name: 'Third' }, at(3))
  await hear('organization.changed', { ...school, name: 'Second' }, at(2))
  await hear('organization.created', school, at(1))
  const row = await kit.db.across.one<{ name: string }>(
    sql`select name from organizations where id = ${organizationId}`,
  )
  assert.equal(row.name, 'Third')
})
