import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPeople } from './testing.ts'

/** A school is left with an administrator who can act, whatever several of them do at the same moment. */

let auth: Awaited<ReturnType<typeof startPeople>>
before(async () => {
  auth = await startPeople()
})
after(() => auth.stop())

type Member = Awaited<ReturnType<typeof auth.member>>
const reason = 'Left the school in anger'
const rounds = 12

const leave = (by: Member) => auth.handlers.requestDeletion({}, by.context)

/** What takes the other administrator away. */
const ways: Record<string, (by: Member, other: Member) => Promise<unknown>> = {
  'a change of the other’s roles': (by, { userId }) =>
    auth.handlers.setRoles({ userId, roles: ['instructor'] }, by.context),
  'the suspension of the other': (by, { userId }) =>
    auth.handlers.suspendPerson({ userId, reason }, by.context),
  'the removal of the other': (by, { userId }) => auth.handlers.removePerson({ userId }, by.context),
  'a change of their own roles by the other': (_by, other) =>
    auth.handlers.setRoles({ userId: other.userId, roles: ['learner'] }, other.context),
  'the other’s own removal': (_by, other) =>
    auth.handlers.removePerson({ userId: other.userId }, other.context),
  'the deletion of the other’s account': (_by, other) => leave(other),
}

for (const [name, way] of Object.entries(ways)) {
  test(`An account that is deleted at the same moment as ${name} leaves the school an administrator.`, async () => {
    for (let round = 0; round < rounds; round++) {
      const school = await auth.addSchool()
      const one = await auth.member(['admin'], school)
      const two = await auth.member(['admin'], school)
      // Each statement is a round trip on a connection of its own, so the two interleave; both orders come first.
      const calls = [() => leave(one), () => way(one, two)]
      if (round % 2) calls.reverse()
      const settled = await Promise.allSettled(calls.map(call => call()))
      assert.equal(await auth.activeAdmins(school), 1, `round ${round}`)
      for (const outcome of settled) {
        if (outcome.status === 'fulfilled') continue
        assert.ok(['conflict', 'forbidden'].includes(outcome.reason.code), String(outcome.reason))
      }
    }
  })
}

test('An administrator who deletes their account while another makes a third leaves one of them.', async () => {
  for (let round = 0; round < rounds; round++) {
    const school = await auth.addSchool()
    const one = await auth.member(['admin'], school)
    const two = await auth.addPerson(['learner'], school)
    const promote = () => auth.handlers.setRoles({ userId: two.userId, roles: ['admin'] }, one.context)
    const calls = round % 2 ? [() => leave(one), promote] : [promote, () => leave(one)]
    await Promise.allSettled(calls.map(call => call()))
    assert.ok((await auth.activeAdmins(school)) >= 1, `round ${round}`)
  }
})
