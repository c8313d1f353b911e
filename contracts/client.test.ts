import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connect } from './client.ts'

test('A client speaks the version that it is connected to, the first unless told otherwise.', async () => {
  const asked: string[] = []
  const send: typeof fetch = async request => {
    asked.push((request as Request).url)
    return Response.json({ items: [], nextCursor: null, total: 0, categories: [] })
  }
  const first = connect({ url: 'http://azora.example/api/v1', fetch: send })
  const second = connect({ url: 'http://azora.example/api/v2', version: 'v2', fetch: send })
  assert.equal((await first.education.listCourses({ limit: 5 })).total, 0)
  const page = await second.education.listCourses({ limit: 5 })
  assert.deepEqual(Object.keys(page).includes('items'), true)
  assert.deepEqual(asked, [
    'http://azora.example/api/v1/education/courses?limit=5',
    'http://azora.example/api/v2/education/courses?limit=5',
  ])
})
