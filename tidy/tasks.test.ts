import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTest, read, sources } from './repository.ts'

test('Every task that is defined is worked on. (Give it its work with `runs` in the wiring of its service.)', () => {
  const texts = sources.filter(path => /^(?:services|kit)\//.test(path) && !isTest(path)).map(read)
  const all = texts.join('\n')
  const defined = [...all.matchAll(/\bconst (\w+) = defineTask\b/g)].map(([, name]) => name)
  assert.ok(defined.length > 10, 'tasks were looked for in the wrong way')
  assert.deepEqual(
    defined.filter(name => !new RegExp(`\\bruns\\(${name},`).test(all)),
    [],
  )
})
