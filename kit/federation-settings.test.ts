import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { readConfig, StartupFault } from './config.ts'

function faults(environment: Record<string, string>): string {
  try {
    readConfig(environment)
  } catch (failure) {
    assert.ok(failure instanceof StartupFault)
    return failure.remedies.join('\n')
  }
  return ''
}

const pem = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const apple = (key: string) => ({
  AZORA_APPLE_CLIENT_ID: 'a',
  AZORA_APPLE_TEAM_ID: 'b',
  AZORA_APPLE_KEY_ID: 'c',
  AZORA_APPLE_PRIVATE_KEY: key,
})

test('No provider is set up unless its settings are there.', () => {
  assert.deepEqual(readConfig({}).federation, { google: null, github: null, apple: null })
  const { google } = readConfig({ AZORA_GOOGLE_CLIENT_ID: 'a', AZORA_GOOGLE_CLIENT_SECRET: 'b' }).federation
  assert.deepEqual(google, {
    clientId: 'a',
    clientSecret: 'b',
    issuer: 'https://accounts.google.com',
    standIn: false,
  })
})

test('A provider that is set up in part stops the start, and what is missing is named.', () => {
  assert.match(faults({ AZORA_GOOGLE_CLIENT_ID: 'a' }), /AZORA_GOOGLE_CLIENT_SECRET is missing/)
  const { AZORA_APPLE_TEAM_ID: _, ...rest } = apple(pem('P-256'))
  assert.match(faults(rest), /AZORA_APPLE_TEAM_ID is missing/)
})

test('A stand-in is known as one, and reached without https on this machine alone.', () => {
  const github = { AZORA_GITHUB_CLIENT_ID: 'a', AZORA_GITHUB_CLIENT_SECRET: 'b' }
  const read = readConfig({ ...github, AZORA_GITHUB_URL: 'http://127.0.0.1:9000/github/' }).federation.github
  assert.deepEqual([read?.url, read?.standIn], ['http://127.0.0.1:9000/github', true])
  for (const url of [
    'http://outside.example',
    'http://127.0.0.1.outside.example',
    'http://localhost@outside.example',
    'x',
  ])
    assert.match(faults({ ...github, AZORA_GITHUB_URL: url }), /AZORA_GITHUB_URL is wrong/, url)
})

test('Apple\u2019s key is one by P-256, whichever way its lines are broken, and is never shown.', () => {
  const key = pem('P-256')
  assert.equal(readConfig(apple(key.replaceAll('\n', '\\n'))).federation.apple?.privateKey, key)
  for (const wrong of [pem('secp384r1'), 'a secret text']) {
    const told = faults(apple(wrong))
    assert.match(told, /AZORA_APPLE_PRIVATE_KEY is wrong/)
    assert.ok(!told.includes(wrong.slice(0, 20)))
  }
})
