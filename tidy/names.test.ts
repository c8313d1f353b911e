import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allFiles, isSource, sources } from './repository.ts'

const baseName = (path: string) => path.split('/').at(-1) ?? ''

test('A migration is named by the time it was written, and what it is about.', () => {
  const migrations = allFiles.filter(path => path.includes('/migrations/'))
  assert.ok(migrations.length > 0)
  const faults = migrations.filter(path => !/^\d{14}_[a-z0-9_]+\.sql$/.test(baseName(path)))
  assert.deepEqual(faults, [], 'Name it YYYYMMDDHHMMSS_about.sql; they are applied in this order.')
})

test('No two migrations carry the same time.', () => {
  const times = allFiles
    .filter(path => path.includes('/migrations/'))
    .map(path => baseName(path).slice(0, 14))
  assert.deepEqual(
    times.filter((time, at) => times.indexOf(time) !== at),
    [],
  )
})

test('A file is named after what it holds: no barrels, no drawers for odds and ends.', () => {
  const vague = /^(?:index|utils?|helpers?|common|misc|types|constants|shared)\.(?:ts|tsx|mjs|js)$/
  const faults = sources.filter(
    path => vague.test(baseName(path)) || /\/(?:utils?|helpers?|common|misc|shared)\//.test(path),
  )
  assert.deepEqual(faults, [], 'Name the file after the one idea in it, and import it by its own name.')
})

test('Files and folders of sources are named in small letters with hyphens.', () => {
  const sourceName = /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*$/
  // Next names routes by what it matches: [courseId].
  const faults = allFiles.filter(
    path => isSource(path) && path.split('/').some(name => !sourceName.test(name) && !/^\[\w+\]$/.test(name)),
  )
  assert.deepEqual(faults, [])
})
