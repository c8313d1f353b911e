import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readApiDocument } from '../document/api-document.ts'
import { buildRequest, missing } from './request.ts'
import { snippetsOf } from './snippets.ts'

const uuid = { type: 'string', format: 'uuid' }
const { operations } = readApiDocument(
  {
    paths: {
      '/education/modules/{moduleId}': {
        patch: {
          'x-azora-operation': 'education.saveModule',
          'x-azora-access': 'course.author',
          parameters: [
            { name: 'moduleId', in: 'path', required: true, schema: uuid },
            { name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } },
          ],
          requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        },
      },
      '/education/courses': {
        get: {
          'x-azora-operation': 'education.listCourses',
          'x-azora-access': 'public',
          parameters: [
            { name: 'q', in: 'query', schema: { type: 'string' } },
            { name: 'limit', in: 'query', schema: { type: 'integer' } },
          ],
        },
      },
      '/education/imports/{importId}/events': {
        get: {
          'x-azora-operation': 'education.watchImport',
          'x-azora-access': 'course.author',
          parameters: [
            { name: 'importId', in: 'path', required: true, schema: uuid },
            { name: 'Last-Event-ID', in: 'header', schema: { type: 'string' } },
          ],
          responses: {
            200: {
              content: {
                'text/event-stream': {
                  schema: {
                    oneOf: [
                      {
                        properties: {
                          event: { const: 'message' },
                          data: { type: 'object', required: ['stage'] },
                        },
                      },
                      { properties: { event: { const: 'done' }, data: { type: 'object' } } },
                    ],
                  },
                },
              },
            },
          },
        },
      },
      '/education/imports': {
        post: {
          'x-azora-operation': 'education.importCourse',
          'x-azora-access': 'course.author',
          'x-azora-raw': 'upload',
          parameters: [{ name: 'name', in: 'query', required: true, schema: { type: 'string' } }],
          requestBody: { content: { 'application/octet-stream': {} } },
        },
      },
      '/auth/oauth/token': {
        post: {
          'x-azora-operation': 'auth.token',
          'x-azora-access': 'public',
          'x-azora-raw': 'page',
          requestBody: { content: { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } } },
        },
      },
    },
  },
  'v1',
)
const named = (name: string) => {
  const found = operations.find(one => one.name === name)
  if (!found) throw new Error(`${name} is not described.`)
  return found
}
const bearer = { origin: 'https://school.example', key: null }
const codes = (...args: Parameters<typeof snippetsOf>) =>
  Object.fromEntries(snippetsOf(...args).map(({ id, code }) => [id, code]))

test('A shell gets every text in quotes that it cannot look into.', () => {
  const { curl } = codes(
    named('education.saveModule'),
    { values: { moduleId: "a/b'" }, body: `{"title":"it's $HOME"}` },
    bearer,
  )
  assert.equal(
    curl,
    [
      "curl -X PATCH 'https://school.example/api/v1/education/modules/a%2Fb'\\'''",
      '-H "authorization: Bearer $AZORA_KEY"',
      "-H 'content-type: application/json'",
      `-d '{"title":"it'\\''s $HOME"}'`,
    ].join(' \\\n  '),
  )
})

test('The TypeScript client gets one input, typed, and the key of the write beside it.', () => {
  const { typescript } = codes(
    named('education.saveModule'),
    { values: { moduleId: 'm', 'Idempotency-Key': 'k' }, body: '{"title":"it\'s"}' },
    { ...bearer, key: 'azora_x' },
  )
  assert.match(
    typescript ?? '',
    /azora\.education\.saveModule\(\{ moduleId: 'm', title: 'it\\'s' \}, \{ idempotencyKey: 'k' \}\)/,
  )
  assert.match(typescript ?? '', /apiKey: 'azora_x'/)
  const list = codes(
    named('education.listCourses'),
    { values: { q: 'rivers', limit: '5' }, body: '' },
    bearer,
  )
  assert.match(list.typescript ?? '', /listCourses\(\{ q: 'rivers', limit: 5 \}\)/)
  assert.doesNotMatch(list.typescript ?? '', /apiKey/)
  assert.equal(list.curl, "curl 'https://school.example/api/v1/education/courses?q=rivers&limit=5'")
})

test('An upload sends a file, and a protocol of its own a form.', () => {
  const upload = codes(named('education.importCourse'), { values: { name: 'a b' }, body: '' }, bearer)
  assert.match(upload.curl ?? '', /imports\?name=a\+b' [\s\S]*--data-binary '@FILE'$/)
  assert.equal(upload.python, undefined)
  const token = buildRequest(named('auth.token'), { values: {}, body: '{"grant_type":"client_credentials"}' })
  assert.equal(token.body, 'grant_type=client_credentials')
})

test('What must be filled in and is not is named.', () => {
  assert.deepEqual(missing(named('education.saveModule'), { values: { moduleId: ' ' }, body: '' }), [
    'moduleId',
  ])
  assert.match(buildRequest(named('education.saveModule'), { values: {}, body: '' }).path, /MODULE_ID$/)
})

test('A stream is read event by event, and resumed where it was left.', () => {
  const stream = named('education.watchImport')
  assert.deepEqual(stream.answers, [
    { status: '200', description: '', schema: { type: 'object', required: ['stage'] }, kind: 'events' },
  ])
  const { curl, typescript, python } = codes(
    stream,
    { values: { importId: 'i', 'Last-Event-ID': "a'b" }, body: '' },
    bearer,
  )
  assert.match(curl ?? '', /^curl -N 'https:/)
  assert.match(
    typescript ?? '',
    /for await \(const \{ id, data \} of azora\.education\.watchImport\(\{ importId: 'i' \}, \{ lastEventId: 'a\\'b' \}\)\) \{/,
  )
  assert.match(python ?? '', /for line in answer:/)
})
