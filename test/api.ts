import { randomUUID } from 'node:crypto'
import { type AzoraClient, codeOf, connect } from '@azora/contracts/client.ts'
import type { Office } from '@azora/contracts/offices.ts'
import type { Role } from '@azora/contracts/permissions.ts'
import type { ServiceName } from '@azora/contracts/service-names.ts'
import { type Database, openDatabase } from '@azora/kit/db.ts'
import { serviceDatabaseUrl } from '@azora/kit/migrate.ts'
import { createAccount } from '@azora/service-auth/accounts/create-account.ts'
import { createOrganization } from '@azora/service-auth/organizations/organizations.ts'
import { requireDescribed } from './described.ts'
import { until } from './system.ts'

/** People who use a running system in tests: how they come to be, sign in and call. */

export type Person = {
  userId: string
  email: string
  name: string
  organizationId: string
  token: string
  api: AzoraClient
}

export const password = 'seven goats on a wall'

/** What `npm test` says of the system under test. @throws when a system test is run without it. */
export function systemUnderTest() {
  const {
    AZORA_TEST_URL: url,
    AZORA_TEST_MODE: mode,
    AZORA_TEST_ADMIN_URL: adminUrl,
    AZORA_TEST_SECRET: secret,
    AZORA_TEST_PARTS: parts = '{}',
  } = process.env
  if (!url || !mode || !adminUrl || !secret)
    throw new Error('Run `npm test -- system`, which starts the system to test.')
  /** In a cluster, where each part listens. */
  const partUrls: Record<string, string> = JSON.parse(parts)
  return { url, mode, adminUrl, secret, partUrls }
}

/** No answer within this time is a fault that should have a name, not a test that hangs. */
const patienceMs = 30_000

export function clientFor(url: string, token: string | null): AzoraClient {
  return connect({
    url: `${url}/api/v1`,
    headers: () => (token ? { authorization: `Bearer ${token}` } : ({} as Record<string, string>)),
    fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(patienceMs) }),
  })
}

export async function signIn(url: string, email: string, secret = password): Promise<Person> {
  const { account, tokens } = await clientFor(url, null).auth.login({ email, password: secret })
  if (!account || !tokens) throw new Error('Signing in returned no tokens.')
  return {
    userId: account.id,
    email,
    name: account.name,
    organizationId: account.organization.id,
    token: tokens.accessToken,
    api: clientFor(url, tokens.accessToken),
  }
}

/** The emails that a system without a mail server has kept for someone, newest first. */
export async function emailsTo(url: string, email: string): Promise<{ subject: string; text: string }[]> {
  const answer = await fetch(`${url}/dev/mail`, { headers: { accept: 'application/json' } })
  const messages = (await answer.json()) as { to: string; subject: string; text: string }[]
  return messages.filter(message => message.to === email)
}

/** The six-digit code of the newest email to someone, once it has come. */
export async function codeFor(url: string, email: string): Promise<string> {
  let code: string | undefined
  await until('The email with the code has come', async () => {
    const [message] = await emailsTo(url, email)
    code = message?.text
      .match(/\b(\d{3}) ?(\d{3})\b/)
      ?.slice(1)
      .join('')
    return code !== undefined
  })
  return code as string
}

/** A new learner of the default school, who signs up as anyone would. */
export async function signUp(url: string, name = 'Nandi Mabaso'): Promise<Person> {
  const email = `learner-${randomUUID()}@test.example`
  const visitor = clientFor(url, null)
  const { id } = await visitor.auth.register({ email, password, name })
  const { account, tokens } = await visitor.auth.confirmRegistration({ id, code: await codeFor(url, email) })
  if (!tokens) throw new Error('Signing up gave no tokens.')
  const token = tokens.accessToken
  return {
    userId: account.id,
    email,
    name,
    organizationId: account.organization.id,
    token,
    api: clientFor(url, token),
  }
}

type DatabaseAccess = { adminUrl: string; secret: string }

/** The database of a service of the running system, for what no public operation could make or undo. */
export function openDatabaseOf(service: ServiceName, { adminUrl, secret }: DatabaseAccess): Database {
  const url = serviceDatabaseUrl(adminUrl, secret, service)
  return openDatabase({ service, url, maxConnections: 2, onError: () => {} })
}

export const openAuthDatabase = (access: DatabaseAccess): Database => openDatabaseOf('auth', access)

/** Another school of the installation, known to every service. */
export async function openSchool(url: string, authDb: Database, name = 'Second School'): Promise<string> {
  const slug = `school-${randomUUID().slice(0, 8)}`
  const id = await createOrganization(authDb, { slug, name, isDefault: false })
  await until(
    'The school is known',
    async () => (await fetch(`${url}/api/v1/education/courses?school=${slug}`)).ok,
  )
  return id
}

/** A person with the given role, in the default school unless told otherwise, whom no public operation could make. */
export async function appoint(
  url: string,
  authDb: Database,
  wanted: { role: Role; offices?: Office[]; organizationId?: string; name?: string },
): Promise<Person> {
  const organizationId = wanted.organizationId ?? (await clientFor(url, null).auth.organization({})).id
  const { offices = [] } = wanted
  const email = `${wanted.role}-${randomUUID()}@test.example`
  const name = wanted.name ?? `Test ${wanted.role}`
  await createAccount(authDb, {
    email,
    name,
    password,
    // Running the installation is no role of a school; someone who does is a learner of this one.
    roles: wanted.role === 'operator' ? ['learner', 'operator'] : [wanted.role],
    offices,
    organizationId,
  })
  return signIn(url, email)
}

/** The code with which something is refused. */
export const refusal = (work: Promise<unknown>) => work.then(() => 'no refusal', codeOf)

export type Answer = { status: number; headers: Headers; text: string; body: unknown }

/** A plain HTTP request to the API, for what a typed client would not send. `path` is below `/api/v1`, or whole. */
export async function request(
  url: string,
  method: string,
  path: string,
  options: {
    token?: string | null
    headers?: Record<string, string>
    json?: unknown
    body?: string | Uint8Array | null
    redirect?: 'follow' | 'manual'
  } = {},
): Promise<Answer> {
  const body = options.json === undefined ? (options.body ?? null) : JSON.stringify(options.json)
  const answer = await fetch(`${url}${path.startsWith('/api/') ? path : `/api/v1${path}`}`, {
    signal: AbortSignal.timeout(patienceMs),
    method,
    redirect: options.redirect ?? 'follow',
    headers: {
      ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body === null ? {} : { body: body as BodyInit }),
  })
  const text = await answer.text()
  await requireDescribed(method, path, answer, text)
  return { status: answer.status, headers: answer.headers, text, body: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
