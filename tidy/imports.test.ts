import assert from 'node:assert/strict'
import { builtinModules } from 'node:module'
import { test } from 'node:test'
import { importsOf, isTest, read, sources, targetOf } from './repository.ts'

/**
 * apps/azora → services → kit → contracts ← web ← portal, admin, developers, programs; ui stands below those, credential
 * below services and portal, qti, billing and documents below services. No service imports another, and nothing imports upwards: a service that needs another's
 * data hears its events or calls its contract.
 */

/** The part of the repository that a path belongs to: `kit`, `services/auth`, `apps/portal`, `test`. */
function partOf(path: string): string {
  const [first = '', second = ''] = path.split('/')
  return first === 'services' || first === 'apps' ? `${first}/${second}` : first
}

const isNode = (address: string) => address.startsWith('node:') || builtinModules.includes(address)

/** What is wrong with an import, or null. */
function fault(from: string, address: string): string | null {
  const part = partOf(from)
  const leadsTo = targetOf(from, address)
  const to = leadsTo === null ? null : partOf(leadsTo)
  if (['billing', 'contracts', 'credential', 'qti'].includes(part) && isNode(address) && !isTest(from))
    return 'this also runs in a browser and may use no module of Node; do this in kit or in the service'
  const builds =
    from.startsWith('apps/web/vite/') || from.endsWith('/vite.config.ts') || from === 'apps/programs/build.ts'
  const runsInBrowser =
    ['apps/web', 'apps/admin', 'apps/developers', 'apps/programs'].includes(part) && !builds
  if (runsInBrowser && isNode(address) && !isTest(from))
    return 'this runs in a browser and may use no module of Node; what the build needs belongs in apps/web/vite'
  if (part === 'apps/portal' && from.startsWith('apps/portal/src/app/') && isNode(address))
    return 'a page uses the web platform alone; what needs Node belongs in server.ts'
  if (to === null || to === part) return null
  const allowed: Record<string, string[]> = {
    billing: ['contracts'],
    contracts: [],
    credential: [],
    qti: [],
    documents: ['kit', 'contracts', 'billing'],
    kit: ['contracts'],
    'apps/ui': [],
    clients: ['contracts'],
    'apps/web': ['contracts', 'apps/ui'],
    'apps/portal': ['contracts', 'credential', 'apps/ui', 'apps/web'],
    'apps/admin': ['contracts', 'apps/ui', 'apps/web'],
    'apps/developers': ['contracts', 'apps/ui', 'apps/web'],
    'apps/programs': ['apps/web'],
  }
  // The composition root, the tests and the benchmarks stand above everything.
  if (['apps/azora', 'test', 'bench', 'tidy', 'deploy'].includes(part)) {
    if (part !== 'apps/azora') return null
    if (to === 'apps/portal' && leadsTo !== 'apps/portal/server.ts')
      return 'of the portal it may use server.ts alone'
    return ['kit', 'contracts', 'apps/portal'].includes(to) || to.startsWith('services/')
      ? null
      : `${part} may not import ${to}`
  }
  const services = ['kit', 'contracts', 'credential', 'qti', 'billing', 'documents']
  const may = part.startsWith('services/') ? services : (allowed[part] ?? [])
  if (may.includes(to)) return null
  return to.startsWith('services/') && part.startsWith('services/')
    ? `no service imports another: call it through kit.others, or keep a copy of what you need from its events`
    : `${part} may import ${may.join(' and ') || 'nothing of ours'}, not ${to}`
}

test('Imports run down the layers, and no service imports another.', () => {
  const faults = sources.flatMap(from =>
    importsOf(read(from)).flatMap(address => {
      const found = fault(from, address)
      return found ? [`${from} imports ${address}: ${found}.`] : []
    }),
  )
  assert.deepEqual(faults, [])
})

test('The rule sees imports of every form, and each forbidden arrow.', () => {
  const text =
    "import a from 'a'\nimport type {\n  B\n} from './b.ts'\nimport 'c'\nexport { d } from 'd'\nawait import('e')"
  assert.deepEqual(importsOf(text), ['a', './b.ts', 'c', 'd', 'e'])
  const forbidden: [string, string][] = [
    ['services/auth/a.ts', '@azora/service-education/service.ts'],
    ['services/auth/a.ts', '../education/service.ts'],
    ['kit/a.ts', '@azora/service-auth/service.ts'],
    ['contracts/a.ts', '@azora/kit/db.ts'],
    ['contracts/a.ts', 'node:fs'],
    ['credential/a.ts', 'node:fs'],
    ['credential/a.ts', '@azora/contracts/wire.ts'],
    ['kit/a.ts', '@azora/credential/multikey.ts'],
    ['qti/a.ts', '@azora/contracts/wire.ts'],
    ['billing/a.ts', '@azora/kit/db.ts'],
    ['billing/a.ts', 'node:fs'],
    ['documents/a.ts', '@azora/service-payments/service.ts'],
    ['contracts/a.ts', '@azora/billing/tax/tax.ts'],
    ['apps/portal/src/a.ts', '@azora/qti/item.ts'],
    ['apps/portal/src/a.ts', '@azora/kit/db.ts'],
    ['apps/ui/a.tsx', '@azora/contracts/auth.ts'],
    ['apps/web/a.ts', '@azora/portal/src/lib/routes.ts'],
    ['apps/admin/src/a.ts', '@azora/kit/db.ts'],
    ['apps/admin/src/a.ts', '@azora/developers/src/api.ts'],
    ['apps/web/calls/a.ts', 'node:fs'],
    ['apps/azora/a.ts', '@azora/portal/src/lib/routes.ts'],
  ]
  for (const [from, address] of forbidden) assert.ok(fault(from, address), `${from} → ${address}`)
  const allowed: [string, string][] = [
    ['services/auth/a.ts', '@azora/kit/db.ts'],
    ['apps/portal/src/a.ts', '@azora/contracts/auth.ts'],
    ['apps/admin/src/a.ts', '@azora/web/calls/caller.ts'],
    ['apps/web/vite/a.ts', 'node:zlib'],
    ['apps/azora/a.ts', '@azora/portal/server.ts'],
  ]
  for (const [from, address] of allowed) assert.equal(fault(from, address), null, `${from} → ${address}`)
})
