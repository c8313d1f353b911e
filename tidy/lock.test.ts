import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allFiles, read } from './repository.ts'

/** The lock file is whole, so that `npm ci` works on every machine: with all workspaces, and for all platforms. */

type Entry = {
  version?: string
  integrity?: string
  resolved?: string
  link?: boolean
  name?: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Entry> }
const manifestOf = (path: string) => JSON.parse(read(path)) as Entry & { workspaces?: string[] }

const root = manifestOf('package.json')

/** The folders that `workspaces` means: `services/*` is each folder there with a package.json. */
const workspaces = (root.workspaces ?? []).flatMap(pattern =>
  allFiles
    .filter(path => path.endsWith('/package.json'))
    .map(path => path.slice(0, -'/package.json'.length))
    .filter(folder => new RegExp(`^${pattern.replace('*', '[^/]+')}$`).test(folder)),
)

/** Where the package that `from` asks for is found, as Node looks: beside it, then above. */
function resolve(from: string, name: string): string | null {
  for (let place = from; ; ) {
    const candidate = `${place ? `${place}/` : ''}node_modules/${name}`
    if (candidate in packages) return candidate
    if (place === '') return null
    const above = place.lastIndexOf('node_modules/')
    place = above < 0 ? '' : place.slice(0, above).replace(/\/$/, '')
  }
}

test('Every workspace is in the lock file, as what it is today.', () => {
  assert.ok(workspaces.length > 8)
  for (const folder of ['', ...workspaces]) {
    const manifest = manifestOf(folder ? `${folder}/package.json` : 'package.json')
    const entry = packages[folder]
    assert.ok(entry, `${folder} is missing. Run \`npm install --package-lock-only\`.`)
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const)
      assert.deepEqual(entry[kind] ?? {}, manifest[kind] ?? {}, `${kind} of ${folder || 'the root'}`)
    if (folder) {
      const link = packages[`node_modules/${manifest.name}`]
      assert.deepEqual([link?.link, link?.resolved], [true, folder], `${manifest.name} is not linked.`)
    }
  }
  const gone = Object.keys(packages).filter(
    path => path && !path.includes('node_modules/') && !workspaces.includes(path),
  )
  assert.deepEqual(gone, [], 'The lock file names workspaces that are no longer there.')
})

test('Every package that another asks for is in the lock file, those for other platforms too.', () => {
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter(name => resolve(path, name) === null)
      .map(name => `${name}, for ${path}`),
  )
  assert.deepEqual(missing, [], 'Remove node_modules and run `npm install --package-lock-only`.')
})

test('Every package has a version and a checksum, and no address of a registry.', () => {
  const faults = Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .filter(
      ([, { version, integrity, resolved }]) => !version || !integrity?.startsWith('sha512-') || resolved,
    )
    .map(([path]) => path)
  // Packages within another package’s archive have no checksum of their own.
  assert.deepEqual(
    faults.filter(path => !(packages[path] as { inBundle?: boolean }).inBundle),
    [],
  )
})
