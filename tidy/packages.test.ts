import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { allFiles, read } from './repository.ts'

/** Whose work we build on is written down, completely: NOTICE.md, and a bill of materials. */

type Manifest = { dependencies?: Record<string, string>; devDependencies?: Record<string, string> }

const manifests = allFiles
  .filter(path => path.endsWith('package.json'))
  .map(path => JSON.parse(read(path)) as Manifest)

const direct = [
  ...new Set(
    manifests.flatMap(({ dependencies, devDependencies }) =>
      Object.keys({ ...dependencies, ...devDependencies }),
    ),
  ),
].filter(name => !name.startsWith('@azora/'))

test('NOTICE.md names every package that we ask for ourselves.', () => {
  const notice = read('NOTICE.md').replaceAll('\\*', '*')
  const named = (name: string) => {
    const scope = name.startsWith('@') ? `${name.split('/')[0]}/*` : name
    return [name, scope].some(word =>
      new RegExp(`(?<![\\w/@-])${word.replaceAll('*', '\\*')}(?![\\w/-])`).test(notice),
    )
  }
  assert.ok(direct.length > 50)
  assert.deepEqual(
    direct.filter(name => !named(name)),
    [],
    'Add them to NOTICE.md with their licence.',
  )
})

test('The bill of materials holds every package of production with its licence.', async () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const script = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts.sbom ?? ''
  const [command = '', ...words] = script.split(' ')
  const { stdout } = await promisify(execFile)(command, words, { cwd: root, maxBuffer: 64 * 1024 * 1024 })
  const bill = JSON.parse(stdout) as {
    bomFormat: string
    components: { name: string; licenses?: unknown[] }[]
  }
  assert.equal(bill.bomFormat, 'CycloneDX')
  const listed = new Map(bill.components.map(component => [component.name, component]))
  const wanted = Object.keys((JSON.parse(read('package.json')) as Manifest).dependencies ?? {})
  assert.deepEqual(
    wanted.filter(name => !listed.has(name)),
    [],
  )
  assert.deepEqual(
    wanted.filter(name => !listed.get(name)?.licenses?.length),
    [],
  )
})
