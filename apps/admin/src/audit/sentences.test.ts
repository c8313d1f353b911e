import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { formatMessage } from '@azora/web/i18n/format-message.ts'
import messages from '../../messages/en.json' with { type: 'json' }

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** The actions that the services and the kit record, as far as they stand in the sources by name. */
async function recordedActions(): Promise<string[]> {
  const found = new Set<string>()
  for (const folder of ['services', 'kit']) {
    for (const name of await readdir(join(root, folder), { recursive: true })) {
      if (!name.endsWith('.ts') || name.endsWith('.test.ts') || name.includes('node_modules')) continue
      const source = await readFile(join(root, folder, name), 'utf8')
      for (const [, action = ''] of source.matchAll(/\baction: '([a-z_]+\.[a-z_]+)'/g)) found.add(action)
    }
  }
  return [...found].sort()
}

test('every action that is recorded is told as a sentence, and can be chosen as a filter', async () => {
  const actions = await recordedActions()
  assert.ok(actions.length > 20)
  assert.deepEqual(
    actions.filter(action => !(action in messages.auditActions && action in messages.auditNames)),
    [],
  )
})

test('a sentence whose entry lacks a detail is still a sentence', () => {
  for (const [action, pattern] of Object.entries(messages.auditActions)) {
    const text = formatMessage(pattern, { actor: 'Nomsa', subject: 'Sipho' }, 'en')
    assert.match(text, /\S/, action)
    assert.doesNotMatch(text, /[{}]/, action)
  }
})
