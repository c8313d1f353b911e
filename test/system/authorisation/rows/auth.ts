import { randomUUID } from 'node:crypto'
import { password, signUp } from '../../../api.ts'
import {
  admins,
  everyone,
  members,
  membersAs,
  nobody,
  nothing,
  type Row,
  visitorsToo,
  type World,
} from '../callers.ts'
import { operationsRows } from './operations.ts'

const someToken = () => 'A'.repeat(43)
const newcomer = async ({ url }: World) => ({ userId: (await signUp(url)).userId })
const reason = 'Asked for by telephone'

/** Of our school, for administrators and others who may look on. */
const seen = { expect: admins(), auditor: 200, compliance: 200 } satisfies Partial<Row>
const helped = (foreign: number) => ({ expect: admins(200, foreign), support: 200 }) satisfies Partial<Row>

async function invitation({ people }: World): Promise<{ invitationId: string }> {
  const email = `invited-${randomUUID()}@test.example`
  return { invitationId: (await people.admin.api.auth.invite({ email, roles: ['learner'] })).id }
}

const ownAccount: Record<string, Row> = {
  'auth.organization': { expect: everyone, input: nothing, openToOtherSchools: true },
  'auth.signInOptions': { expect: everyone, input: nothing, openToOtherSchools: true },
  'auth.register': {
    expect: visitorsToo(202),
    input: () => ({ email: `new-${randomUUID()}@test.example`, password, name: 'Newcomer' }),
  },
  'auth.confirmRegistration': {
    expect: visitorsToo(410),
    input: () => ({ id: randomUUID(), code: '123456' }),
  },
  'auth.forgotPassword': {
    expect: visitorsToo(202),
    input: () => ({ email: `nobody-${randomUUID()}@test.example` }),
  },
  'auth.resetPassword': { expect: visitorsToo(410), input: () => ({ token: someToken(), password }) },
  'auth.changePassword': {
    expect: membersAs(401),
    input: () => ({ currentPassword: 'not the password', newPassword: 'nine goats on a hill' }),
  },
  'auth.startEmailChange': {
    expect: membersAs(202),
    input: () => ({ email: `moved-${randomUUID()}@test.example` }),
  },
  'auth.confirmEmailChange': { expect: membersAs(410), input: () => ({ id: randomUUID(), code: '123456' }) },
  'auth.me': { expect: members, input: nothing },
  'auth.updateMe': { expect: members, input: () => ({ name: 'Test Person' }) },
  'auth.requestExport': { expect: membersAs(202), input: nothing },
  'auth.getExport': { expect: members, input: nothing },
  'auth.cancelExport': { expect: membersAs(404), input: () => ({ exportId: randomUUID() }) },
  'auth.downloadExport': { expect: membersAs(404), input: () => ({ exportId: randomUUID() }) },
  'auth.requestDeletion': { expect: membersAs(202), input: nothing, usesUp: 'account' },
  'auth.listPrivacyRequests': { expect: admins(), compliance: 200, input: nothing },
  'auth.cancelDeletion': { expect: visitorsToo(410), input: () => ({ token: someToken() }) },
}

const sessions: Record<string, Row> = {
  'auth.login': {
    expect: everyone,
    input: ({ people }) => ({ email: people.stranger.email, password }),
    openToOtherSchools: true,
  },
  'auth.completeSignIn': {
    expect: visitorsToo(410),
    input: () => ({ challenge: someToken(), method: 'totp', code: '123456' }),
  },
  'auth.startPasskeySignIn': { expect: everyone, input: nothing },
  'auth.finishPasskeySignIn': {
    expect: visitorsToo(410),
    input: () => ({ ceremonyId: randomUUID(), response: {} }),
  },
  'auth.refresh': {
    expect: everyone,
    async input({ url, people }) {
      const answer = await fetch(`${url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: people.stranger.email, password }),
      })
      return {
        refreshToken: ((await answer.json()) as { tokens: { refreshToken: string } }).tokens.refreshToken,
      }
    },
    openToOtherSchools: true,
  },
  'auth.logout': { expect: members, input: nothing, usesUp: 'session' },
  'auth.listSessions': { expect: members, input: nothing },
  'auth.revokeSession': { expect: membersAs(404), input: () => ({ sessionId: randomUUID() }) },
  'auth.revokeOtherSessions': { expect: members, input: nothing },
  'auth.reauthenticate': { expect: members, input: () => ({ method: 'password', password }) },
  'auth.startPasskeyCheck': { expect: members, input: nothing },
  'auth.switchOrganization': {
    expect: membersAs(404),
    input: () => ({ organizationId: randomUUID() }),
  },
  'auth.jwks': { expect: everyone, input: nothing },
  'auth.findMember': { expect: nobody, input: () => ({ email: 'a.friend@school.example' }) },
  'auth.getAddress': {
    expect: nobody,
    input: () => ({ userId: randomUUID(), organizationId: randomUUID() }),
  },
  'auth.revocations': { expect: nobody, input: nothing },
}

const factors: Record<string, Row> = {
  'auth.getSecurity': { expect: members, input: nothing },
  'auth.startTotp': { expect: members, input: nothing },
  'auth.confirmTotp': { expect: membersAs(401), input: () => ({ code: '000000' }) },
  'auth.disableTotp': { expect: membersAs(404), input: nothing },
  'auth.renewRecoveryCodes': { expect: membersAs(409), input: nothing },
  'auth.startPasskeyRegistration': { expect: members, input: nothing },
  'auth.addPasskey': {
    expect: membersAs(410),
    input: () => ({ ceremonyId: randomUUID(), response: {}, name: 'Telephone' }),
  },
  'auth.renamePasskey': {
    expect: membersAs(404),
    input: () => ({ passkeyId: randomUUID(), name: 'Telephone' }),
  },
  'auth.removePasskey': { expect: membersAs(404), input: () => ({ passkeyId: randomUUID() }) },
  'auth.linkIdentity': { expect: membersAs(404), input: () => ({ provider: 'google' }) },
  'auth.unlinkIdentity': { expect: membersAs(404), input: () => ({ provider: 'google' }) },
  'auth.reauthenticateElsewhere': { expect: membersAs(404), input: () => ({ provider: 'google' }) },
  // No provider is set up in the systems under test: the browser is sent back to the sign-in page.
  'auth.startFederation': { expect: visitorsToo(303), input: () => ({ provider: 'google' }) },
  'auth.finishFederation': { expect: visitorsToo(303), input: () => ({ provider: 'google' }) },
  'auth.receiveFederationForm': { expect: visitorsToo(303), input: () => ({ provider: 'google' }) },
}

const people: Record<string, Row> = {
  'auth.listPeople': { ...seen, support: 200, finance: 200, input: nothing },
  'auth.exportPeople': { ...seen, support: 200, finance: 200, input: nothing },
  'auth.getPerson': {
    expect: admins(200, 404),
    auditor: 200,
    support: 200,
    compliance: 200,
    finance: 200,
    input: ({ people: { stranger } }) => ({ userId: stranger.userId }),
  },
  'auth.setRoles': {
    expect: admins(200, 404),
    input: async world => ({ ...(await newcomer(world)), roles: ['learner', 'instructor'] }),
  },
  'auth.suspendPerson': {
    expect: admins(200, 404),
    input: async world => ({ ...(await newcomer(world)), reason }),
  },
  'auth.reinstatePerson': { expect: admins(200, 404), input: newcomer },
  'auth.removePerson': { expect: admins(200, 404), input: newcomer },
  'auth.revokePersonSessions': { ...helped(404), input: newcomer },
  'auth.sendPasswordReset': { ...helped(404), input: newcomer },
  'auth.resetFactors': { expect: admins(200, 404), input: newcomer },
  'auth.impersonate': {
    expect: admins(200, 404),
    input: async world => ({ ...(await newcomer(world)), reason }),
  },
  'auth.endImpersonation': { expect: membersAs(409), input: nothing },
  'auth.invite': {
    expect: admins(201),
    input: () => ({ email: `invited-${randomUUID()}@test.example`, roles: ['learner'] }),
  },
  'auth.listInvitations': { ...helped(200), input: nothing },
  'auth.resendInvitation': { ...helped(404), input: invitation },
  'auth.revokeInvitation': { expect: admins(200, 404), input: invitation },
  'auth.lookUpInvitation': { expect: visitorsToo(410), input: () => ({ token: someToken() }) },
  'auth.acceptInvitation': {
    expect: visitorsToo(410),
    input: () => ({ token: someToken(), name: 'Newcomer', password }),
  },
}

const offices: Record<string, Row> = {
  'auth.listOffices': { ...seen, input: nothing },
  'auth.giveOffice': {
    expect: admins(200, 404),
    input: async world => ({ ...(await newcomer(world)), office: 'support' }),
  },
  'auth.endOffice': {
    expect: admins(200, 404),
    input: async world => ({ ...(await newcomer(world)), office: 'finance' }),
  },
}

const operatorsAlone = { expect: membersAs(403), operator: 200 }

const organizations: Record<string, Row> = {
  'auth.getOrganizationSettings': { expect: admins(), input: nothing },
  'auth.saveOrganizationSettings': { expect: admins(), input: () => ({ registration: 'open' }) },
  'auth.listOrganizations': { ...operatorsAlone, input: nothing },
  'auth.createOrganization': {
    ...operatorsAlone,
    operator: 201,
    input: () => ({
      slug: `school-${randomUUID().slice(0, 8)}`,
      name: 'Third School',
      adminEmail: `head-${randomUUID()}@test.example`,
    }),
  },
  'auth.saveOrganization': {
    ...operatorsAlone,
    input: ({ people: { foreignAdmin } }) => ({ organizationId: foreignAdmin.organizationId, tier: 'free' }),
  },
}

const audit: Record<string, Row> = {
  'auth.listAudit': { ...seen, input: nothing },
  'auth.verifyAudit': { ...seen, input: nothing },
  'auth.exportAudit': { ...seen, input: nothing },
}

const keys: Record<string, Row> = {
  'auth.listApiKeys': { expect: members, input: nothing },
  'auth.createApiKey': {
    expect: membersAs(201),
    input: () => ({ name: 'Test', scopes: ['education:read'], expiresInDays: 1 }),
  },
  'auth.revokeApiKey': { expect: membersAs(404), input: () => ({ keyId: randomUUID() }) },
  'auth.listOauthClients': { expect: admins(), input: nothing },
  'auth.createOauthClient': {
    expect: admins(201),
    input: () => ({ name: 'Timetable', scopes: ['education:read'], roles: ['instructor'] }),
  },
  'auth.rotateOauthClientSecret': { expect: admins(200, 404), input: client },
  'auth.revokeOauthClient': { expect: admins(200, 404), input: client },
  'auth.exchangeApiKey': { expect: nobody, input: () => ({ key: 'azora_none' }) },
  // Not a form: refused before anything is looked at.
  'auth.token': { expect: visitorsToo(400), input: nothing },
  'auth.revokeToken': { expect: visitorsToo(400), input: nothing },
}

async function client({ people: { admin } }: World): Promise<{ clientId: string }> {
  const made = await admin.api.auth.createOauthClient({
    name: 'Timetable',
    scopes: ['education:read'],
    roles: ['instructor'],
  })
  return { clientId: made.id }
}

export const authRows: Record<string, Row> = {
  ...ownAccount,
  ...sessions,
  ...factors,
  ...people,
  ...offices,
  ...organizations,
  ...audit,
  ...keys,
  ...operationsRows('auth'),
}
