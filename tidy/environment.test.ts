import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read, sources } from './repository.ts'

/** Files that may read or pass on the environment, with the reason. */
const exempt = new Map([
  ['kit/config.ts', 'parses every setting, once'],
  ['apps/azora/bootstrap.mjs', 'runs before any package is installed'],
  ['apps/azora/apps-build.ts', 'starts the builds with the environment of its own process'],
  ['apps/azora/cluster.ts', 'starts the parts of a cluster with their settings'],
  ['apps/azora/startup.test.ts', 'starts whole processes with the settings of each case'],
  ['apps/portal/src/lib/internal-api.ts', 'Next loads the pages itself and takes no arguments for them'],
  ['apps/portal/src/teach/quiz-editor/local-text.test.ts', 'looks at the clock of a place that changes it'],
  ['apps/portal/server.ts', 'hands that address over, and tells React which build to load'],
])

// Tests and benchmarks start whole systems, and learn from their runner where those are.
const isFree = (path: string) => /^(?:test|bench)\//.test(path) || path === 'tidy/environment.test.ts'

const mention = /\bprocess\s*\.\s*env\b|\bprocess\s*\[\s*['"]env|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/

test('The environment is read in one file.', () => {
  const faults = sources.filter(path => !exempt.has(path) && !isFree(path) && mention.test(read(path)))
  assert.deepEqual(faults, [], 'Add the setting to kit/config.ts and take it from there.')
})

test('Every exemption is still needed.', () => {
  for (const path of exempt.keys())
    assert.match(read(path), mention, `${path} no longer reads the environment: delete it here.`)
})
