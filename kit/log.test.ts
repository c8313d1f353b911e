import assert from 'node:assert/strict'
import { test } from 'node:test'
import { masked, maskText } from './log.ts'

test('E-mail addresses and tokens are masked wherever they stand in a text.', () => {
  const text = maskText('Ann <ann.b+x@school.example> sent eyJhbGciOi.eyJzdWIi.c2ln-_x to us')
  assert.equal(text, 'Ann <[e-mail]> sent [token] to us')
})

test('What a field\u2019s name calls secret is masked, whatever it holds and however deep it lies.', () => {
  const fields = {
    password: 'x',
    refreshToken: 1,
    headers: { Authorization: 'y', cookie: ['z'] },
    email: 'ann',
    apiKey: {},
    name: 'Ann',
  }
  assert.deepEqual(masked(fields), {
    password: '[masked]',
    refreshToken: '[masked]',
    headers: { Authorization: '[masked]', cookie: '[masked]' },
    email: '[e-mail]',
    apiKey: '[masked]',
    name: 'Ann',
  })
})

test('An error is logged with its cause, and their messages are masked.', () => {
  const shown = masked(new Error('outer', { cause: new Error('no ann@school.example') })) as {
    cause: { message: string }
  }
  assert.equal(shown.cause.message, 'no [e-mail]')
})

test('A failure of several is logged with each of them.', () => {
  const several = new AggregateError(
    [new Error('ann@school.example was first'), new Error('the second')],
    'two',
  )
  const shown = masked(several) as { message: string; errors: { message: string }[] }
  assert.equal(shown.message, 'two')
  assert.deepEqual(
    shown.errors.map(({ message }) => message),
    ['[e-mail] was first', 'the second'],
  )
})

test('What has no end, in depth, length or number, is cut.', () => {
  const circle: Record<string, unknown> = {}
  circle.self = circle
  assert.match(JSON.stringify(masked(circle)), /\[deep\]/)
  assert.equal((masked('x'.repeat(5000)) as string).length, 2001)
  assert.equal((masked(Array.from({ length: 200 }, () => 1)) as unknown[]).length, 50)
})

test('A time is logged as one.', () => {
  assert.deepEqual(masked({ at: new Date(0), never: new Date(Number.NaN) }), {
    at: '1970-01-01T00:00:00.000Z',
    never: 'Invalid Date',
  })
})

test('A text of a million letters is cut before it is searched, also in an error and its trace.', () => {
  const long = 'x'.repeat(1_000_000)
  const shown = masked(new Error(long)) as { message: string; stack: string }
  assert.ok(shown.message.length < 10_000 && shown.stack.length < 10_000)
  assert.ok(maskText(long).length < 10_000)
})
