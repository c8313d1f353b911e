import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { appoint, clientFor, openAuthDatabase, type Person, systemUnderTest } from '../api.ts'

/** The package for programs, as they get it: packed, installed in a folder of its own, compiled against, run. */

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const packageFolder = join(root, 'clients/typescript')
const system = systemUnderTest()
const authDb = openAuthDatabase(system)
let folder: string
let admin: Person

const program = `
import { AzoraError, createAzora, pages, type AuthListPeopleOutput, type WebhookEvent } from '@azora/client'

declare const process: { env: Record<string, string>; stdout: { write(text: string): void } }
const { AZORA_URL: url, KEY: apiKey, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret } = process.env as Record<
  'AZORA_URL' | 'KEY' | 'CLIENT_ID' | 'CLIENT_SECRET',
  string
>

const byKey = createAzora({ url, apiKey })
const emails: string[] = []
for await (const person of pages(byKey.auth.listPeople, { limit: 1 })) {
  const one: AuthListPeopleOutput['items'][number] = person
  emails.push(one.email)
  if (emails.length === 3) break
}
const csv = await (await byKey.auth.exportPeople()).text()

let refusal = ''
try {
  await byKey.education.listCourses({ q: 'x'.repeat(300) })
} catch (failure) {
  if (failure instanceof AzoraError) refusal = \`\${failure.code} \${failure.fields[0]?.path} \${failure.correlationId}\`
}
let outOfScope = ''
await byKey.education.createCourse({ title: 'x', category: 'y' }).catch((failure: AzoraError) => (outOfScope = failure.code))

const byClient = createAzora({ url, clientId, clientSecret })
const course = await byClient.education.listCourses({})
const total: number = course.total

export const titleOf = (event: WebhookEvent): string | null => (event.type === 'course.saved' ? event.data.title : null)
// @ts-expect-error: an operation that takes an id wants it.
export const wrong = () => byKey.auth.revokeApiKey({})
// @ts-expect-error: what is within the installation is not offered.
export const inner = () => byKey.auth.exchangeApiKey

process.stdout.write(JSON.stringify({ emails, csv: csv.includes(emails[0] ?? '-'), refusal, outOfScope, total }))
`

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azora-client-'))
  const { id: organizationId } = await clientFor(system.url, null).auth.organization({})
  admin = await appoint(system.url, authDb, { role: 'admin', organizationId, name: 'Busi Khumalo' })
  // Both modes are tested at once, so each builds a copy of its own.
  const copy = join(folder, 'package')
  for (const name of ['package.json', 'README.md']) await cp(join(packageFolder, name), join(copy, name))
  await run(process.execPath, ['build.ts', copy], { cwd: packageFolder })
  const packing = ['pack', '--ignore-scripts', '--pack-destination', folder]
  await run('npm', packing, { cwd: copy })
  const archive = (await readdir(folder)).find(name => name.endsWith('.tgz')) as string
  const installed = join(folder, 'node_modules/@azora/client')
  await mkdir(installed, { recursive: true })
  await run('tar', ['-xzf', join(folder, archive), '--strip-components=1', '-C', installed])
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'program.ts'), program)
})
after(async () => {
  await authDb.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})

test('The package holds what was built and nothing else, and needs no other package.', async () => {
  const installed = join(folder, 'node_modules/@azora/client')
  assert.deepEqual((await readdir(installed)).sort(), ['README.md', 'dist', 'package.json'])
  const manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
  assert.deepEqual([manifest.dependencies, manifest.peerDependencies], [undefined, undefined])
  for (const name of await readdir(join(installed, 'dist'))) {
    const imports = [
      ...(await readFile(join(installed, 'dist', name), 'utf8')).matchAll(/from ['"]([^'"]+)['"]/g),
    ]
    for (const [, address] of imports) assert.match(address ?? '', /^\.\//, name)
  }
})

test('A program compiles against its types, strictly and with nothing of Node.', async () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const strict = [
    '--strict',
    '--exactOptionalPropertyTypes',
    '--noUncheckedIndexedAccess',
    '--skipLibCheck',
    'false',
  ]
  const target = [
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--lib',
    'es2022,dom,dom.iterable,dom.asynciterable',
  ]
  await run(process.execPath, [tsc, 'program.ts', '--types', '', ...strict, ...target], { cwd: folder })
})

test('A program reads page by page with a key and with a client, and is refused with the reason.', async () => {
  const key = await admin.api.auth.createApiKey({
    name: 'Register',
    scopes: ['auth:read', 'education:read'],
    expiresInDays: 1,
  })
  const client = await admin.api.auth.createOauthClient({
    name: 'Timetable',
    scopes: ['education:read'],
    roles: ['instructor'],
  })
  const { stdout } = await run(process.execPath, ['program.js'], {
    cwd: folder,
    env: { AZORA_URL: system.url, KEY: key.secret, CLIENT_ID: client.id, CLIENT_SECRET: client.secret },
  })
  const told = JSON.parse(stdout)
  assert.equal(told.emails.length, new Set(told.emails).size)
  assert.ok(told.emails.length > 0)
  assert.equal(told.csv, true)
  assert.match(told.refusal, /^invalid_input q \S+$/)
  assert.equal(told.outOfScope, 'insufficient_scope')
  assert.equal(typeof told.total, 'number')
})
