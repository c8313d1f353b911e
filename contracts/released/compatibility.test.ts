import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { growing } from '../wire.ts'
import { misunderstandings, type Schema } from './compatibility.ts'
import { brokenPromises, type Snapshot } from './snapshot.ts'

const schema = (of: z.ZodType) => z.toJSONSchema(of, { io: 'input' }) as Schema
const base = { id: z.uuid(), title: z.string().max(80), level: z.enum(['easy', 'hard']).nullable() }

/** A change of a request or an answer, whether it breaks callers of the last release, and at which place. */
const changes: [what: string, of: 'request' | 'answer', now: z.ZodRawShape, place: string | null][] = [
  ['nothing', 'request', base, null],
  ['nothing', 'answer', base, null],
  ['one more that may be left out', 'request', { ...base, note: z.string().optional() }, null],
  ['one more that is needed', 'request', { ...base, note: z.string() }, 'note: may be missing'],
  ['one less', 'request', { id: base.id, level: base.level }, 'title: is not known'],
  ['a longer text', 'request', { ...base, title: z.string().max(90) }, null],
  [
    'a shorter text',
    'request',
    { ...base, title: z.string().max(70) },
    'title: has a maxLength of 80, not 70',
  ],
  ['one more choice', 'request', { ...base, level: z.enum(['easy', 'hard', 'odd']).nullable() }, null],
  ['one choice less', 'request', { ...base, level: z.enum(['easy']).nullable() }, 'level: may be hard'],
  ['no null any more', 'request', { ...base, level: z.enum(['easy', 'hard']) }, 'level: may be null'],
  ['another type', 'request', { ...base, title: z.number() }, 'title: is string, not number'],
  ['one more', 'answer', { ...base, note: z.string() }, null],
  ['one less', 'answer', { id: base.id, level: base.level }, 'title: may be missing'],
  ['one that may be missing', 'answer', { ...base, title: z.string().optional() }, 'title: may be missing'],
  [
    'one more choice',
    'answer',
    { ...base, level: z.enum(['easy', 'hard', 'odd']).nullable() },
    'level: may be odd',
  ],
  [
    'one more choice of those that grow',
    'answer',
    { ...base, level: z.enum(['easy', 'hard', 'odd']).meta(growing).nullable() },
    null,
  ],
  ['one choice less', 'answer', { ...base, level: z.enum(['easy']).nullable() }, null],
  ['null where none was', 'answer', { ...base, title: z.string().nullable() }, 'title: is null, not string'],
  ['a longer text', 'answer', { ...base, title: z.string().max(900) }, null],
  ['a list of it', 'answer', { ...base, title: z.array(z.string()) }, 'title: is array, not string'],
]

for (const [what, of, shape, expected] of changes) {
  test(`${of}: ${what} ${expected ? 'breaks a caller' : 'breaks nobody'}.`, () => {
    const before = schema(z.object(base))
    const now = schema(z.object(shape))
    const found =
      of === 'request'
        ? misunderstandings(now, before, { limits: true, ignoresUnknown: false })
        : misunderstandings(before, now, { limits: false, ignoresUnknown: true })
    assert.deepEqual(found, expected ? [expected] : [])
  })
}

test('Changes are found in lists, records and alternatives, and told by their place.', () => {
  const deep = (inner: z.ZodType) =>
    schema(
      z.object({
        items: z.array(
          z.discriminatedUnion('kind', [
            z.object({ kind: z.literal('page'), html: z.string() }),
            z.object({ kind: z.literal('quiz'), marks: z.record(z.string(), inner) }),
          ]),
        ),
      }),
    )
  const rules = { limits: true, ignoresUnknown: true }
  assert.deepEqual(misunderstandings(deep(z.int()), deep(z.int()), rules), [])
  assert.deepEqual(misunderstandings(deep(z.number()), deep(z.int()), rules), [])
  assert.deepEqual(misunderstandings(deep(z.int()), deep(z.number()), rules), [
    'items[].marks.*: is number, not integer',
  ])
})

const call: Snapshot['operations'][string] = {
  route: 'GET /notes',
  status: 200,
  access: 'member',
  asks: [],
  sunset: null,
  input: null,
  output: schema(z.object(base)),
}
const note = { version: 1, payload: schema(z.object(base)) }
const before: Snapshot = { operations: { 'v1 notes.list': call }, events: { 'note.made': note } }
const compare = (
  operation: Partial<typeof call> | null,
  event: Partial<typeof note> | null,
  sunset: string | null = null,
) =>
  brokenPromises(
    { ...before, operations: { 'v1 notes.list': { ...call, sunset } } },
    {
      operations: operation ? { 'v1 notes.list': { ...call, ...operation } } : {},
      events: event ? { 'note.made': { ...note, ...event } } : {},
    },
    '2026-11-27',
  )

test('An operation keeps its address, status and access, asks for no more, and goes after its sunset alone.', () => {
  assert.deepEqual(compare({}, {}), [])
  assert.match(compare({ route: 'POST /notes' }, {}).join(), /its route was GET \/notes and is POST \/notes/)
  assert.match(compare({ access: 'course.author' }, {}).join(), /its access/)
  assert.match(compare({ access: 'internal' }, {}).join(), /its access/)
  assert.deepEqual(compare({ access: 'public' }, {}), [])
  assert.match(compare({ asks: ['stepUp'] }, {}).join(), /asks for stepUp now/)
  assert.deepEqual(compare(null, {}), ['v1 notes.list: is gone'])
  assert.deepEqual(compare(null, {}, '2026-11-28'), ['v1 notes.list: is gone'])
  assert.deepEqual(compare(null, {}, '2026-11-26'), [])
})

test('An access rule may let in more, and shuts out nobody.', () => {
  const change = (from: string, to: string) => {
    const at = (access: string) => ({ ...before, operations: { 'v1 notes.list': { ...call, access } } })
    return brokenPromises(at(from), at(to), '2026-11-27')
  }
  assert.deepEqual(change('people.manage', 'people.support'), [])
  assert.match(change('people.support', 'people.manage').join(), /was people.support and is people.manage/)
  assert.match(change('people.manage', 'office:support').join(), /its access/)
  assert.match(change('public', 'member').join(), /its access/)
})

test('An event is read by both releases, or has a new version.', () => {
  const shape = (more: z.ZodRawShape) => ({ payload: schema(z.object({ ...base, ...more })) })
  assert.deepEqual(compare({}, shape({ more: z.string().optional() })), [])
  assert.match(
    compare({}, shape({ more: z.string() })).join(),
    /one of the last release is not understood: more/,
  )
  assert.match(
    compare({}, shape({ title: z.string() })).join(),
    /the last release does not understand it: title/,
  )
  assert.deepEqual(compare({}, { ...shape({ more: z.string() }), version: 2 }), [])
  assert.deepEqual(compare({}, { version: 0 }), ['event note.made: its version went back'])
  assert.deepEqual(compare({}, null), ['event note.made: is gone'])
})
