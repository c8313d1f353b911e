import assert from 'node:assert/strict'
import { test } from 'node:test'
import { versions } from '@azora/contracts/contract.ts'
import type { OperationMeta } from '@azora/contracts/operation.ts'
import { holdsShownOnce } from '@azora/contracts/shown-once.ts'
import { answerOf } from '@azora/contracts/stream.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import type { z } from 'zod'

/**
 * Nobody reaches further by one door than by another. What gives power or sends it elsewhere is found here by its
 * address and by the names of what goes in and comes out, and must say `grants: true` in its contract, which makes it
 * one for a person at a screen who proved themselves just now. An exemption is a line below, with its reason.
 */

/** Nouns of addresses: what stands below them is about who may do what, or about who is told what. */
const nouns = [
  'api-keys',
  'email',
  'identities',
  'impersonate',
  'impersonation',
  'invitations',
  'mfa',
  'oauth-clients',
  'offices',
  'organization',
  'organizations',
  'passkeys',
  'password',
  'people',
  'reauthenticate',
  'secret',
  'sessions',
  'settings',
  'webhooks',
]

/** Fields of what goes in whose value is power, or says where it goes. */
const given = [
  'email',
  'grantee',
  'newPassword',
  'office',
  'offices',
  'password',
  'permissions',
  'registration',
  'requireMfa',
  'role',
  'roles',
  'scopes',
  'secret',
  'tier',
  'url',
]

/** Fields of what comes out that open something to anyone who reads them. */
const shown = ['accessToken', 'codes', 'recoveryCodes', 'refreshToken', 'secret', 'tokens']

const takes = 'it takes power away and gives none'
const proof = 'it is how somebody proves who they are'

const exempt: Record<string, string> = {
  'auth.changePassword': 'it asks for the password itself, or for a recent proof where there is none',
  'auth.reauthenticate': proof,
  'auth.reauthenticateElsewhere': proof,
  'auth.startPasskeyCheck': proof,
  'auth.renamePasskey': 'a name is no power',
  'auth.switchOrganization': 'it leads to what the person holds in their other school',
  'auth.endImpersonation': 'it leads back to oneself',
  'auth.revokeApiKey': takes,
  'auth.revokeOauthClient': takes,
  'auth.revokeInvitation': takes,
  'auth.revokeSession': takes,
  'auth.revokeOtherSessions': takes,
  'auth.revokePersonSessions': takes,
  'auth.removePerson': takes,
  'auth.endOffice': takes,
  'auth.suspendPerson': takes,
  'auth.sendPasswordReset': 'anybody can have that email sent, and it goes to the person themselves',
  'integrations.deleteWebhook': takes,
  'payments.savePaymentSettings': 'it says in which currencies prices may be set, and moves nothing',
  'payments.sendGift': 'a gift opens one course to a learner',
  'payments.inviteToSeats': 'a seat opens one course to a learner',
  'integrations.testWebhook': 'it goes where the webhook goes already, and says nothing',
  'integrations.replayFailed': 'it goes where the webhook goes already',
}

type Schema = {
  def?: { type?: string; innerType?: Schema; element?: Schema; options?: Schema[]; in?: Schema; out?: Schema }
  shape?: Record<string, Schema>
}

/** The names of all fields of a shape, at any depth. */
function namesOf(schema: Schema | undefined, found = new Set<string>()): Set<string> {
  for (const [name, inner] of Object.entries(schema?.shape ?? {})) {
    found.add(name)
    namesOf(inner, found)
  }
  const { innerType, element, options, in: before, out: after } = schema?.def ?? {}
  for (const inner of [innerType, element, before, after, ...(options ?? [])]) {
    if (inner) namesOf(inner, found)
  }
  return found
}

const operations = Object.entries(versions).flatMap(([version, { contract, files }]) =>
  [contract, files].flatMap(contracts =>
    Object.entries(contracts as unknown as Record<string, Record<string, AnyContractProcedure>>).flatMap(
      ([service, procedures]) =>
        Object.entries(procedures).map(([name, procedure]) => {
          const { route, meta, inputSchema, outputSchema } = procedure['~orpc']
          return {
            name: version === 'v1' ? `${service}.${name}` : `${version}.${service}.${name}`,
            method: route.method ?? 'POST',
            segments: (route.path ?? '').split('/'),
            meta: meta as unknown as OperationMeta,
            input: namesOf(inputSchema as Schema | undefined),
            output: namesOf((answerOf(outputSchema) ?? undefined) as Schema | undefined),
            shownOnce: outputSchema ? holdsShownOnce(answerOf(outputSchema) as z.ZodType) : false,
          }
        }),
    ),
  ),
)

// A visitor has no power that they could lend: a public operation believes what is sent with it, a password, a code or
// the token of an email. What is internal is asked by nobody outside.
const touchesPower = operations.filter(
  ({ method, segments, meta, input, output }) =>
    method !== 'GET' &&
    meta.access !== 'public' &&
    meta.access !== 'internal' &&
    (segments.some(segment => nouns.includes(segment)) ||
      given.some(field => input.has(field)) ||
      shown.some(field => output.has(field))),
)

test('What gives power or sends it elsewhere says so in its contract.', () => {
  assert.ok(touchesPower.length > 30)
  const silent = touchesPower.filter(({ name, meta }) => !meta.grants && !(name in exempt))
  assert.deepEqual(
    silent.map(({ name }) => name),
    [],
    'Write `grants: true` into the contract, or say in tidy/power.test.ts why it gives nobody more reach.',
  )
})

test('What gives power is for a person at a screen who proved themselves just now, and changes something.', () => {
  const granting = operations.filter(({ meta }) => meta.grants)
  assert.ok(granting.length > 20)
  for (const { name, method, meta } of granting) {
    assert.ok(meta.interactive && meta.stepUp, name)
    assert.notEqual(method, 'GET', name)
    assert.ok(meta.access !== 'public' && meta.access !== 'internal', name)
  }
})

test('Every exemption is needed.', () => {
  const needed = new Set(touchesPower.filter(({ meta }) => !meta.grants).map(({ name }) => name))
  assert.deepEqual(
    Object.keys(exempt).filter(name => !needed.has(name)),
    [],
  )
})

test('What comes out and opens something to anyone who reads it is marked as shown once.', () => {
  const revealing = operations.filter(
    ({ method, meta, output }) =>
      method !== 'GET' && meta.access !== 'internal' && shown.some(field => output.has(field)),
  )
  assert.ok(revealing.length > 15)
  assert.deepEqual(
    revealing.filter(({ shownOnce }) => !shownOnce).map(({ name }) => name),
    [],
    'Wrap the field in `once()` (contracts/shown-once.ts), so that no answer with it is kept.',
  )
})
