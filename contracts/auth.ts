import { z } from 'zod'
import { operation } from './operation.ts'
import { operationsOf } from './operations.ts'
import { id, line, pageOf, paging, role, time } from './wire.ts'

export const organization = z.object({ id, slug: z.string(), name: z.string() })

export const person = z.object({
  id,
  email: z.string(),
  name: z.string(),
  roles: z.array(role),
  createdAt: time,
  lastSeenAt: time.nullable(),
})

export const account = z.object({
  id,
  email: z.string(),
  name: z.string(),
  roles: z.array(role),
  organization,
  mfaEnabled: z.boolean(),
})

const email = z.string().trim().toLowerCase().max(254).pipe(z.email())
const password = z.string().min(10, 'At least ten characters.').max(200)

/**
 * `cookie` asks for a web session: the tokens travel in HttpOnly cookies and are absent from the body. `token`
 * (the default) is for programs and mobile applications, which keep the tokens themselves.
 */
const session = z.enum(['cookie', 'token']).default('token')

export const tokens = z.object({
  accessToken: z.string(),
  accessExpiresAt: time,
  refreshToken: z.string(),
  refreshExpiresAt: time,
})

const signedIn = z.object({ account, tokens: tokens.nullable() })
const tags: [string] = ['auth']

export const authContract = {
  organization: operation({
    method: 'GET',
    path: '/auth/organization',
    access: 'public',
    tags,
    summary: 'The school at this address, or the one named by its slug.',
  })
    .input(z.object({ school: z.string().max(80).optional() }))
    .output(organization),
  register: operation({
    method: 'POST',
    path: '/auth/register',
    access: 'public',
    rateClass: 'sign_in',
    successStatus: 201,
    tags,
    summary: 'Open an account as a learner, and sign in.',
  })
    .input(z.object({ email, password, name: line(120), school: z.string().max(80).optional(), session }))
    .output(signedIn),
  login: operation({
    method: 'POST',
    path: '/auth/login',
    access: 'public',
    rateClass: 'sign_in',
    tags,
    summary: 'Sign in with e-mail address and password.',
  })
    .input(
      z.object({
        email: z.string().trim().toLowerCase().max(254),
        password: z.string().max(200),
        school: z.string().max(80).optional(),
        session,
      }),
    )
    .output(signedIn),
  refresh: operation({
    method: 'POST',
    path: '/auth/refresh',
    access: 'public',
    tags,
    summary: 'Exchange a refresh token for a new pair; the old one is spent.',
    description:
      'Each refresh token works once. Within 30 seconds the spent token answers with the same successor, so that two tabs may refresh at once; after that its use ends the whole session. The refresh cookie serves when the body names no token.',
  })
    .input(z.object({ refreshToken: z.string().max(400).optional() }))
    .output(signedIn),
  logout: operation({
    method: 'POST',
    path: '/auth/logout',
    access: 'member',
    tags,
    summary: 'End this session.',
  })
    .input(z.object({}))
    .output(z.object({ ok: z.literal(true) })),
  me: operation({
    method: 'GET',
    path: '/auth/me',
    access: 'member',
    tags,
    summary: 'Who is signed in.',
  }).output(account),
  jwks: operation({
    method: 'GET',
    path: '/auth/jwks',
    access: 'public',
    tags,
    summary: 'The public keys that verify access tokens (RFC 7517).',
  }).output(z.object({ keys: z.array(z.record(z.string(), z.unknown())) })),
  listPeople: operation({
    method: 'GET',
    path: '/auth/people',
    access: 'people.read',
    tags,
    summary: 'The people of the school, newest first.',
  })
    .input(z.object({ q: z.string().max(120).optional(), role: role.optional(), ...paging }))
    .output(pageOf(person)),
  setRoles: operation({
    method: 'PUT',
    path: '/auth/people/{userId}/roles',
    access: 'people.manage',
    tags,
    summary: "Set a person's roles in the school.",
  })
    .input(z.object({ userId: id, roles: z.array(role).min(1).max(3) }))
    .output(person),
  ...operationsOf('auth'),
}
