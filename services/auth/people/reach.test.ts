import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Role, schoolRoles } from '@azora/contracts/permissions.ts'
import { proveClient } from '../keys/oauth-clients.ts'
import { reachesNoFurther, refuseRolesBeyond } from './reach.ts'
import { startPeople } from './testing.ts'

let auth: Awaited<ReturnType<typeof startPeople>>
before(async () => {
  auth = await startPeople()
})
after(() => auth.stop())

type Member = Awaited<ReturnType<typeof auth.member>>
const reason = 'Left the school in anger'
let addresses = 0
const newAddress = () => `newcomer${++addresses}@reach.example`

async function schoolOfTwo() {
  const school = await auth.addSchool()
  const chief = await auth.member(['admin'], school)
  const other = await auth.member(['admin'], school)
  return { school, chief, other }
}

/** How an administrator stops being one. */
const ends: Record<string, (chief: Member, other: Member) => Promise<unknown>> = {
  'their roles change': (chief, { userId }) =>
    auth.handlers.setRoles({ userId, roles: ['learner'] }, chief.context),
  'they are suspended': (chief, { userId }) => auth.handlers.suspendPerson({ userId, reason }, chief.context),
  'they are removed': (chief, { userId }) => auth.handlers.removePerson({ userId }, chief.context),
  'they delete their account': (_chief, other) => auth.handlers.requestDeletion({}, other.context),
}

test('Nobody lends a program more than they have themselves.', () => {
  for (const role of schoolRoles) assert.ok(reachesNoFurther([role], ['admin']), role)
  const refused: [Role[], Role[]][] = [
    [['admin'], ['instructor']],
    [['auditor'], ['instructor']],
    [['instructor', 'auditor'], ['auditor']],
    [['operator'], ['admin']],
    [['admin'], []],
  ]
  for (const [wanted, held] of refused) assert.ok(!reachesNoFurther(wanted, held), `${wanted} of ${held}`)
})

for (const [name, end] of Object.entries(ends)) {
  test(`What an administrator gave is taken back when ${name}: staff’s invitations and secrets of clients.`, async () => {
    const { school, chief, other } = await schoolOfTwo()
    const { handlers } = auth
    const staff = await handlers.invite({ email: newAddress(), roles: ['admin'] }, other.context)
    const learner = await handlers.invite({ email: newAddress(), roles: ['learner'] }, other.context)
    const { token } = await auth.invitationEmail(staff.id, school)
    const wanted = { name: 'Registry', scopes: ['auth:read' as const], roles: ['admin' as const] }
    const client = await handlers.createOauthClient(wanted, other.context)
    const from = { ip: '192.0.2.1', userAgent: 'test' }
    const proves = async (secret: string) =>
      (await proveClient(auth.db, { clientId: client.id, secret }, from)) !== null
    assert.ok(await proves(client.secret))
    await end(chief, other)

    const { items } = await handlers.listInvitations({ limit: 10 }, chief.context)
    const statusOf = (id: string) => items.find(one => one.id === id)?.status
    assert.deepEqual([statusOf(staff.id), statusOf(learner.id)], ['revoked', 'waiting'])
    await assert.rejects(handlers.lookUpInvitation({ token }, chief.context), { code: 'link_expired' })
    assert.equal(await proves(client.secret), false)
    const clients = await handlers.listOauthClients(undefined, chief.context)
    assert.ok(clients.items[0]?.secretWithdrawnAt)
    const given = (await auth.audit(school)).filter(entry => entry.details.reason === 'giver_lost_rights')
    assert.deepEqual(given.map(entry => entry.action).sort(), [
      'invitation.revoked',
      'oauth_client.secret_withdrawn',
    ])

    const renewed = await handlers.rotateOauthClientSecret({ clientId: client.id }, chief.context)
    assert.equal(renewed.secretWithdrawnAt, null)
    assert.ok(await proves(renewed.secret))
  })
}

test('A token that is older than the loss of the rights gives nothing any more.', async () => {
  const { chief, other } = await schoolOfTwo()
  const { handlers } = auth
  const stranger = await auth.addPerson(['learner'], other.context.actor?.organizationId as string)
  const waiting = await handlers.invite({ email: newAddress(), roles: ['learner'] }, chief.context)
  await handlers.setRoles({ userId: other.userId, roles: ['instructor'] }, chief.context)
  const { context } = other
  for (const attempt of [
    () => handlers.invite({ email: newAddress(), roles: ['instructor'] }, context),
    () => handlers.resendInvitation({ invitationId: waiting.id }, context),
    () => handlers.setRoles({ userId: stranger.userId, roles: ['instructor'] }, context),
    () => handlers.removePerson({ userId: chief.userId }, context),
    () => handlers.createOauthClient({ name: 'X', scopes: ['auth:read'], roles: ['learner'] }, context),
  ]) {
    await assert.rejects(attempt(), { code: 'forbidden' })
  }
})

test('Of an invitation and the demotion of who sends it at the same moment, no staff’s invitation stays open.', async () => {
  for (let round = 0; round < 12; round++) {
    const { chief, other } = await schoolOfTwo()
    const { handlers } = auth
    const invite = () => handlers.invite({ email: newAddress(), roles: ['admin'] }, other.context)
    const demote = () => handlers.setRoles({ userId: other.userId, roles: ['learner'] }, chief.context)
    await Promise.allSettled(round % 2 ? [demote(), invite()] : [invite(), demote()])
    const { items } = await handlers.listInvitations({ limit: 10 }, chief.context)
    assert.deepEqual(
      items.filter(one => one.status === 'waiting'),
      [],
      `round ${round}`,
    )
  }
})

test('An invitation that another administrator sends again is theirs from then on.', async () => {
  const { chief, other } = await schoolOfTwo()
  const { handlers } = auth
  const { id } = await handlers.invite({ email: newAddress(), roles: ['admin'] }, other.context)
  await handlers.resendInvitation({ invitationId: id }, chief.context)
  await handlers.setRoles({ userId: other.userId, roles: ['learner'] }, chief.context)
  const { items } = await handlers.listInvitations({ limit: 10 }, chief.context)
  assert.deepEqual(
    items.map(one => one.status),
    ['waiting'],
  )
})

test('Nobody gives a right that they lack, whichever of their roles grants the others.', () => {
  for (const wanted of [['admin'], ['learner', 'admin']] as Role[][])
    assert.throws(() => refuseRolesBeyond(wanted, ['instructor', 'auditor']), { code: 'forbidden' })
  assert.throws(() => refuseRolesBeyond(['instructor'], ['auditor']), { code: 'forbidden' })
  refuseRolesBeyond(['instructor', 'auditor', 'learner'], ['admin'])
  refuseRolesBeyond([], [])
})
