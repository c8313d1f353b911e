import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTest, read, sources } from './repository.ts'

/**
 * The API words what it tells in English, for people who use it: a message, a reason, a detail, what something came in
 * as. Pages show their own texts instead, by the codes beside them. What was refused is the exception: it arrives
 * (`ApiError`, `FieldFault`) with the texts of our message files in place of the API's.
 */
const english = /([\w)\]]+)\??\.(?:message|reason|detail|as)\b/g

/** Names that hold a refusal, a fault of a field, or a text of our own. */
const ownText = /^(?:failure|Error\)|field|fault|toast|state|signal|data)$/

/** Files that read such a field for something else. */
const exempt: Record<string, string> = {
  'apps/admin/src/audit/entry.tsx': 'the words of the person who did it',
  'apps/developers/src/reference/error-codes.tsx': 'documents what the API answers',
  'apps/developers/src/reference/operation-details.tsx': 'documents what the API answers',
  'apps/developers/src/try-it/stream-view.tsx': 'shows what the API answered',
  'apps/portal/src/certificates/check-list.tsx': 'the reason of a check is a code',
  'apps/portal/src/code/runs/test-outcome.tsx': 'what the language of a program says of its fault',
  'apps/portal/src/offline/held-attempt.ts': 'the text of a refusal, kept on the device',
  'apps/portal/src/quiz/types/code/code-result.tsx': 'what the language of a program says of its fault',
  'apps/portal/src/quiz/types/mark-list.tsx': 'the reason of a mark is a code',
  'apps/web/calls/failure-texts.ts': 'puts the texts in place; a code of a newer server keeps its sentence',
  'apps/web/calls/failures.ts': 'takes in the body with the texts in place',
}

const faultsOf = (path: string, text: string) =>
  text
    .split('\n')
    .flatMap((line, at) =>
      [...line.matchAll(english)]
        .filter(([, holder = '']) => !ownText.test(holder))
        .map(([use]) => `${path}:${at + 1}: ${use} is English of the API; show a text by its code`),
    )

test('No page shows the English of the API.', () => {
  const pages = sources.filter(path => /^apps\/(?:portal\/src|admin|developers|web|ui)\//.test(path))
  const found = pages
    .filter(path => !isTest(path) && !Object.hasOwn(exempt, path))
    .flatMap(path => faultsOf(path, read(path)))
  assert.deepEqual(found, [])
})

test('Every exemption is one of a file that needs it.', () => {
  const needless = Object.keys(exempt).filter(path => faultsOf(path, read(path)).length === 0)
  assert.deepEqual(needless, [])
})

test('The rule sees a sentence of the API on a page, and lets a refusal through.', () => {
  assert.equal(faultsOf('a.tsx', '<p>{found.error?.message}</p><p>{entry.as}</p>').length, 2)
  assert.equal(faultsOf('a.tsx', '<p>{failure.message}</p>').length, 0)
})
