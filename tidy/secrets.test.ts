import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allFiles, read } from './repository.ts'

/** No secret lies in the repository. What looks like one and is public is listed in .gitleaks.toml, with its source. */

const shapes: [what: string, pattern: RegExp][] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*\n?[\w+/=]{40}/],
  ['a key of AWS', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a token of GitHub', /\b(?:gh[pousr]_\w{36}|github_pat_\w{60,})/],
  ['a key of Stripe', /\b(?:sk|rk)_live_\w{16,}/],
  ['a token of Slack', /\bxox[abprs]-[\w-]{10,}/],
  ['a key of Google', /\bAIza[\w-]{35}\b/],
  ['a key of OpenAI', /\bsk-(?:proj-)?[A-Za-z0-9]{32,}/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a secret of a webhook', /\bwhsec_[A-Za-z0-9+/]{24,}/],
  ['a private Multikey', /\bz3u2[1-9A-HJ-NP-Za-km-z]{40,}/],
  ['a JSON Web Token', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/],
  [
    'a password in an address',
    /\b[a-z][a-z+]*:\/\/[\w-]+:(?!password|secret|hidden|wrong)[^\s:@/'"`$<{]{12,}@/,
  ],
]

// 'secret: "8f3k…"' and the like: a name that promises a secret, and a value that looks random.
const named =
  /(?:secret|password|passwd|token|api_?key|private_?key|credential)\w*['"]?\s*[:=]\s*['"`]([\w+/=-]{20,})['"`]/gi

/** Bits of information in each character, by how often each occurs (Shannon 1948). Random base64 has about 4.5. */
function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / text.length) * Math.log2(count / text.length),
    0,
  )
}

const isRandom = (text: string) =>
  entropy(text) > 3.8 && /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text)

const allowed = [...read('.gitleaks.toml').matchAll(/'''(.+?)'''/g)].map(
  ([, pattern = '']) => new RegExp(pattern),
)

function secretsIn(text: string): string[] {
  const rest = allowed.reduce((left, pattern) => left.replace(new RegExp(pattern, 'g'), ''), text)
  return [
    ...shapes.filter(([, pattern]) => pattern.test(rest)).map(([what]) => what),
    ...[...rest.matchAll(named)]
      .filter(([, value = '']) => isRandom(value))
      .map(([found]) => `a random value: ${found.slice(0, 24)}…`),
  ]
}

test('The patterns find secrets, and the list lets what is public pass.', () => {
  // Put together, so that this file holds none.
  const made = ['ghp_', 'a'.repeat(36)].join('')
  assert.deepEqual(secretsIn(made), ['a token of GitHub'])
  assert.equal(secretsIn(`const secret = '${['q7Zt', '2mPx', '9LkV', 'b4Rw', 'Y8sD'].join('')}'`).length, 1)
  assert.deepEqual(secretsIn('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'), [])
  assert.ok(allowed.length >= 6)
})

test('No file holds a secret.', () => {
  const texts = allFiles.filter(
    path => !/\.(?:png|webm|ico|woff2|imscc|zip|gif|jpg)$|package-lock\.json$|^\.gitleaks/.test(path),
  )
  const faults = texts.flatMap(path => secretsIn(read(path)).map(what => `${path}: ${what}`))
  assert.deepEqual(
    faults,
    [],
    'Remove it and replace it where it was used; what is public goes into .gitleaks.toml.',
  )
})
