import assert from 'node:assert/strict'
import { test } from 'node:test'
import { because } from '@azora/contracts/education/import-reasons.ts'
import { AppError } from '@azora/kit/errors.ts'
import { UnstorableEvent } from '@azora/kit/outbox.ts'
import { CartridgeError } from '../cartridges/cartridge-error.ts'
import { importFailure } from './import-failure.ts'
import { ReaderFault } from './unpack-cartridge.ts'

const failures: [what: string, failure: unknown, code: string, mayPass: boolean][] = [
  ['a refused cartridge', new CartridgeError('not_a_zip', because('not_a_zip')), 'not_a_zip', false],
  ['a fault of the reader', new ReaderFault('TypeError: …'), 'unreadable', false],
  ['a used-up quota', new AppError('storage_quota_reached'), 'storage_quota_reached', false],
  ['a full disk', Object.assign(new Error('full'), { code: 'ENOSPC' }), 'storage_full', true],
  [
    'a quiz that no service could store',
    new UnstorableEvent('quiz.imported: too long'),
    'not_storable',
    false,
  ],
  ['data that no column takes', Object.assign(new Error('nul'), { code: '22021' }), 'not_storable', false],
  [
    'a broken rule of the database, wrapped',
    new Error('insert failed', { cause: Object.assign(new Error('check'), { code: '23514' }) }),
    'not_storable',
    false,
  ],
  ['a connection that went away', Object.assign(new Error('gone'), { code: '57P01' }), 'unavailable', true],
  ['anything else', new Error('unforeseen'), 'unavailable', true],
]

for (const [what, failure, code, mayPass] of failures) {
  test(`An import that ends with ${what} says so as ${code}, and ${mayPass ? 'is tried again' : 'is not tried again'}.`, () => {
    const { end, mayPass: mayPassNow } = importFailure(failure)
    assert.deepEqual([end.code, mayPassNow], [code, mayPass])
    assert.match(end.message, /^\p{Lu}.+\.$/u)
  })
}

test('A used-up quota says whose it is and how much is left, as bytes.', () => {
  const storage = { of: 'person', usedBytes: 70, limitBytes: 100 } as const
  const { end } = importFailure(new AppError('storage_quota_reached', { storage }))
  assert.deepEqual(
    [end.reason, end.values],
    ['person_storage', { usedBytes: 70, limitBytes: 100, leftBytes: 30 }],
  )
})

test('A refused file says why by a code and values, and the same in English.', () => {
  const reason = because('entry_too_large', { path: 'film.mp4', sizeBytes: 3 << 20, limitBytes: 1 << 20 })
  const { end } = importFailure(new CartridgeError('too_large', reason))
  assert.deepEqual(end, {
    code: 'too_large',
    reason: 'entry_too_large',
    values: { path: 'film.mp4', sizeBytes: 3 << 20, limitBytes: 1 << 20 },
    message: '“film.mp4” has 3.0 MiB; the limit for such a file is 1.0 MiB.',
  })
})
