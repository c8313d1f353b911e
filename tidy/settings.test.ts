import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read } from './repository.ts'

const settings = read('kit/config.ts')
const page = read('docs/operations/settings.md')

test('Every setting is explained, and no other is.', () => {
  const schema = /const settings = z\.object\(\{([\s\S]*?)\n\}\)/.exec(settings)?.[1] ?? ''
  const parsed = [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(match => match[1] ?? '')
  // Those that go by the name of a part are explained together: `AZORA_<SERVICE>_URL`.
  const inFront = ['AZORA_PORTAL_URL', 'AZORA_GATEWAY_URL']
  const read = [...settings.matchAll(/process\.env\.([A-Z][A-Z0-9_]+)/g)].map(match => match[1] ?? '')
  assert.ok(parsed.length > 20)
  const explained = [...page.matchAll(/^\| `([A-Z][A-Z0-9_]+)`/gm)].map(match => match[1] ?? '')
  assert.deepEqual(
    explained.toSorted(),
    [...parsed, ...inFront, ...read].toSorted(),
    'Keep docs/operations/settings.md in step with kit/config.ts.',
  )
})
