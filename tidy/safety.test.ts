import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contract, contractV2, fileContract } from '@azora/contracts/contract.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import { isTest, read, sources } from './repository.ts'

/** Habits that keep a kind of hole from opening again. Each exemption says why it is none. */

const code = sources.filter(path => !isTest(path) && !path.startsWith('tidy/'))

function matches(pattern: RegExp): { path: string; line: string; found: string }[] {
  return code.flatMap(path =>
    read(path)
      .split('\n')
      .flatMap(line =>
        [...line.matchAll(pattern)].map(match => ({ path, line: line.trim(), found: match[1] ?? '' })),
      ),
  )
}

// FIPS 180-4 and FIPS 202, at 128 bits of security or more against collisions.
const approvedHashes = new Set(['sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-384', 'sha3-512'])

// SHA-1 names prepared statements and versions of answers: short tags that guard nothing.
const otherHashes = new Set(['kit/sql.ts sha1', 'kit/answer-headers.ts sha1'])

test('Hashes are made by approved functions, named where they are made.', () => {
  const made = [
    ...matches(/\bcreate(?:Hash|Hmac)\(\s*['"]?([\w-]+)['"]?/g),
    ...matches(/(?<![\w.])hash\(\s*['"]([\w-]+)['"]/g),
  ]
  assert.ok(made.length > 10, 'The pattern finds no hashes any more.')
  const faults = made
    .filter(({ path, found }) => !approvedHashes.has(found) && !otherHashes.has(`${path} ${found}`))
    .map(({ path, line }) => `${path}: ${line}`)
  assert.deepEqual(faults, [], 'Use sha256, or say in tidy/safety.test.ts why another one does no harm.')
})

test('Randomness that protects something comes from the secure generator.', () => {
  // Spreading retries out and picking a demo learner’s answers need no secrecy; services may not use it at all.
  const faults = matches(/(Math\.random)\(/g)
    .filter(({ path }) => path.startsWith('services/auth/') || path.startsWith('contracts/'))
    .map(({ path, line }) => `${path}: ${line}`)
  assert.deepEqual(faults, [], 'Use randomBytes or randomUUID of node:crypto.')
})

/** What each place puts into a page as markup, and who cleaned it. */
const markup: Record<string, string> = {
  'apps/portal/src/certificates/certificate-sheet.tsx': 'the QR code, which our own library draws as SVG',
  'apps/portal/src/app/courses/[slug]/page.tsx': 'a description, cleaned when it was stored',
  'apps/portal/src/quiz/html.tsx': 'questions and feedback, cleaned when they were stored',
  'apps/portal/src/teach/lesson-editor/kept-view.tsx': 'what the editor keeps, cleaned when it was stored',
  'apps/portal/src/teach/lesson-editor/formula-dialog.tsx': 'MathML from LaTeX, made inert in formula.ts',
  'apps/portal/src/teach/lesson-editor/formula-view.tsx':
    'MathML, made inert where it is read into the editor',
  'apps/portal/src/learning/lesson-body.tsx': 'a lesson, cleaned when it was stored',
  'apps/portal/src/shell/early-press.tsx': 'a script of ours, always the same',
}

test('Text is put into pages as text; markup only where somebody cleaned it.', () => {
  const places = [
    ...matches(/(dangerouslySetInnerHTML|\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write)/g),
  ].filter(({ path }) => path.startsWith('apps/') && !path.startsWith('apps/azora/'))
  const faults = places.filter(({ path }) => !(path in markup)).map(({ path, line }) => `${path}: ${line}`)
  assert.deepEqual(faults, [], 'Render it as text, or say in tidy/safety.test.ts who cleaned it.')
  const gone = Object.keys(markup).filter(path => !places.some(place => place.path === path))
  assert.deepEqual(gone, [], 'These no longer put markup into a page.')
})

// Sign-in at a provider is a walk of GETs by its own protocol (RFC 6749), each bound to the browser by a cookie.
const protocols = new Set(['auth.startFederation', 'auth.finishFederation'])

// Nouns: what they answer is their name.
const nouns = new Set(['auth.organization', 'auth.signInOptions', 'auth.me', 'auth.jwks', 'auth.revocations'])

test('What is read is a GET, and what changes something is not.', () => {
  const operations = [contract, contractV2, fileContract].flatMap(contracts =>
    Object.entries(contracts).flatMap(([service, procedures]) =>
      Object.entries(procedures as Record<string, AnyContractProcedure>).map(([name, procedure]) => ({
        name: `${service}.${name}`,
        reads: /^(?:get|list|search|find|watch|export|download|edit|verify[A-Z])/.test(name),
        method: procedure['~orpc'].route.method ?? 'POST',
      })),
    ),
  )
  const faults = operations
    .filter(
      ({ name, reads, method }) => method === 'GET' && !reads && !nouns.has(name) && !protocols.has(name),
    )
    .map(({ name }) => name)
  assert.deepEqual(
    faults,
    [],
    'A browser repeats and prefetches GETs: make it a POST, or name it as reading.',
  )
})

/** Who may write lines that outlast a request, beside the logger. */
const writers: Record<string, string> = {
  'kit/line-file.ts': 'the files of the logs, and a word on standard error when they cannot be written',
  'apps/azora/bootstrap.mjs': 'tells the person who starts it how the installation goes',
  'apps/azora/serve.ts': 'tells the person who starts it where to look',
  'apps/azora/main.ts': 'answers commands',
  'apps/azora/embedded/rabbitmq.ts': 'passes on what the broker says while it starts',
}

test('Logs go to the places that docs/security/data.md lists, and to no others.', () => {
  const faults = matches(/(console\.(?:log|info|warn|error|debug)|process\.std(?:out|err)\.write)\(/g)
    .filter(
      ({ path }) =>
        /^(?:kit|services|billing|documents|contracts|credential|qti)\/|^apps\/azora\//.test(path) &&
        !(path in writers),
    )
    .map(({ path, line }) => `${path}: ${line}`)
  assert.deepEqual(faults, [], 'Use the logger, which masks, or say in tidy/safety.test.ts what it writes.')
  const users = (what: string) => code.filter(path => read(path).includes(what))
  assert.deepEqual(users("from 'winston'"), ['kit/log.ts'])
  assert.deepEqual(users('openLineFile('), ['apps/azora/serve.ts', 'kit/line-file.ts', 'kit/log.ts'])
})
