import assert from 'node:assert/strict'
import { test } from 'node:test'
import { curlOf } from './example.ts'

test('an example carries the token where one is needed and a body where one is taken', () => {
  const body = { type: 'object', properties: { title: { const: "it's" } }, required: ['title'] }
  assert.equal(
    curlOf(
      {
        method: 'PATCH',
        path: '/education/modules/{moduleId}',
        access: 'course.author',
        upload: false,
        requestBody: { content: { 'application/json': { schema: body } } },
      },
      'https://school.example',
    ),
    [
      "curl -X PATCH 'https://school.example/api/v1/education/modules/MODULE_ID'",
      "-H 'authorization: Bearer ACCESS_TOKEN'",
      "-H 'content-type: application/json'",
      `-d '{"title":"it'\\''s"}'`,
    ].join(' \\\n  '),
  )
})

test('an upload sends the file itself, with what is required in the address', () => {
  const text = curlOf(
    {
      method: 'POST',
      path: '/education/imports',
      access: 'course.author',
      upload: true,
      parameters: [{ name: 'name', in: 'query', required: true }],
    },
    'https://school.example',
  )
  assert.match(text, /imports\?name=NAME' /)
  assert.match(text, /--data-binary '@FILE'$/)
})

test('a public reading needs nothing but the address', () => {
  const call = { method: 'GET', path: '/auth/jwks', access: 'public', upload: false }
  assert.equal(curlOf(call, 'http://localhost'), "curl 'http://localhost/api/v1/auth/jwks'")
})
