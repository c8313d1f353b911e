import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { makeOperator } from '@azora/service-auth/accounts/accounts.store.ts'
import type { z } from 'zod'
import {
  type Answer,
  appoint,
  openAuthDatabase,
  type Person,
  request,
  signIn,
  signUp,
  systemUnderTest,
} from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { addressed, operations as everything, type Operation } from '../operations.ts'
import { refused } from '../refused.ts'

/** What a client may get wrong, and what it is told. Nothing that is sent may bring a 500. */

const system = systemUnderTest()
const { url } = system
// What parts of the system say to each other is answered to nobody else, whatever the input.
const operations = everything.filter(({ meta }) => meta.access !== 'internal')
const authDb = openAuthDatabase(system)
let admin: Person
let course: TestCourse

before(async () => {
  const { organizationId } = await signUp(url)
  const { userId, email } = await appoint(url, authDb, {
    role: 'admin',
    // Some operations ask for this office, which no role opens.
    offices: ['finance'],
    organizationId,
  })
  await makeOperator(authDb.across, userId)
  admin = await signIn(url, email)
  course = await makeCourse(url, admin)
})
after(() => authDb.close())

const asAdmin = (method: string, path: string, options: Parameters<typeof request>[3] = {}) =>
  request(url, method, path, { token: admin.token, ...options })

type Shape = Record<string, z.ZodType>
const shapeOf = (operation: Operation) =>
  (operation.input as unknown as { shape?: Shape } | null)?.shape ?? {}

/** A value that no field of any operation takes: of the wrong type in JSON, of the wrong form in a path or query. */
function wrongFor(operation: Operation): { input: Record<string, unknown>; wrong: string[] } | null {
  const shape = shapeOf(operation)
  const inPath = new Set([...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string))
  const textual = operation.method === 'GET' || operation.meta.raw !== undefined
  const candidates = (name: string) =>
    textual || inPath.has(name)
      ? ['x'.repeat(operation.meta.raw === 'upload' ? 1001 : 600)]
      : [{ not: ['this'] }, 7, 'x']
  const candidate = (name: string) => {
    const all = candidates(name)
    return all.find(value => !shape[name]?.safeParse(value).success) ?? all[0]
  }
  const wrong = Object.keys(shape).filter(name => !shape[name]?.safeParse(candidate(name)).success)
  if (wrong.length === 0) return null
  return { input: Object.fromEntries(Object.keys(shape).map(name => [name, candidate(name)])), wrong }
}

describe('Input of the wrong type is refused, naming each wrong field:', () => {
  const wanting = operations.filter(operation => Object.keys(shapeOf(operation)).length > 0)
  test('nearly every operation has an input to get wrong.', () =>
    assert.ok(wanting.length > 40, String(wanting.length)))
  for (const operation of wanting) {
    test(`${operation.name}.`, async () => {
      const bad = wrongFor(operation)
      assert.ok(bad, 'every value would be accepted: give the input a type')
      const { path, json } = addressed(operation, bad.input)
      const answer = await asAdmin(
        operation.method,
        path,
        operation.method === 'GET' ? {} : { json: json ?? {} },
      )
      const { data } = refused(answer, 400, 'invalid_input')
      const named = new Set(data.fields?.map(field => field.path.split('.')[0]))
      assert.deepEqual([...named].sort(), bad.wrong.sort())
    })
  }
})

test('A required field that is missing is named.', async () => {
  const { data } = refused(await asAdmin('POST', '/education/courses', { json: {} }), 400, 'invalid_input')
  assert.deepEqual(data.fields?.map(field => field.path).sort(), ['category', 'title'])
})

test('A body that is not JSON, or no object, is refused.', async () => {
  const headers = { 'content-type': 'application/json' }
  for (const body of ['{"title":', 'title=x', "{'title': 1}", '"text"', '3', '\u0000', '[1,2]']) {
    refused(await asAdmin('POST', '/education/courses', { headers, body }), 400, 'invalid_input')
  }
})

test('A body of another media type is refused, not guessed at.', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
    const answer = await asAdmin('POST', '/education/courses', {
      headers: { 'content-type': type },
      body: 'title=a&category=b',
    })
    refused(answer, 400, 'invalid_input')
  }
})

test('A body larger than any operation needs is refused before it is read to the end.', async () => {
  const json = { title: 'Large', category: 'Large', description: 'x'.repeat(1_200_000) }
  refused(await asAdmin('POST', '/education/courses', { json }), 413, 'payload_too_large')
})

test('An upload without a byte is refused.', async () => {
  refused(
    await asAdmin('POST', `/education/courses/${course.courseId}/files?name=a.txt`, { body: '' }),
    400,
    'invalid_input',
  )
  refused(await asAdmin('POST', '/education/imports?name=a.imscc', { body: '' }), 400, 'invalid_input')
})

test('JSON nested thousands deep is refused or read, and harms nothing.', async () => {
  const body = `{"credential":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`
  const answer = await request(url, 'POST', '/education/certificates/verify', {
    headers: { 'content-type': 'application/json' },
    body,
  })
  assert.ok(answer.status < 500, answer.text.slice(0, 300))
})

test('A name that JavaScript objects inherit is an ordinary name.', async () => {
  const body =
    '{"title":"P","category":"C","__proto__":{"status":"published"},"constructor":{"prototype":{"x":1}}}'
  const answer = await asAdmin('POST', '/education/courses', {
    headers: { 'content-type': 'application/json' },
    body,
  })
  assert.deepEqual([answer.status, (answer.body as { status: string }).status], [201, 'draft'])
})

test('An unknown address is answered 404, also when it begins like a known one.', async () => {
  for (const path of [
    '/nothing',
    '/education',
    '/education/nothing',
    '/education/courses/x/y/z',
    '/auth/me/more',
    '/%2e%2e/secret',
  ]) {
    refused(await asAdmin('GET', path), 404, 'not_found')
  }
})

test('A method that an address does not know is answered 405 with those that it knows.', async () => {
  const answer = await asAdmin('DELETE', '/education/courses')
  refused(answer, 405, 'method_not_allowed')
  assert.deepEqual(answer.headers.get('allow')?.split(', ').sort(), ['GET', 'HEAD', 'OPTIONS', 'POST'])
})

test('A caller\u2019s correlation id comes back, unless it is not fit for a log.', async () => {
  const given = `test-${randomUUID()}`
  const answer = await request(url, 'GET', '/nothing', { headers: { 'x-correlation-id': given } })
  assert.equal(refused(answer, 404, 'not_found').data.correlationId, given)
  for (const unfit of ['short', 'x'.repeat(200), 'with spaces in it', 'quote"quote"']) {
    const other = await request(url, 'GET', '/auth/organization', { headers: { 'x-correlation-id': unfit } })
    assert.notEqual(other.headers.get('x-correlation-id'), unfit)
    assert.match(other.headers.get('x-correlation-id') ?? '', /^[\w.-]{8,64}$/)
  }
})

describe('An idempotency key makes a repeated write safe:', () => {
  const create = (key: string, title: string, token = admin.token) =>
    request(url, 'POST', '/education/courses', {
      token,
      headers: { 'idempotency-key': key },
      json: { title, category: 'Keys' },
    })

  test('the same request again is given the first answer, and nothing is made twice.', async () => {
    const key = randomUUID()
    const first = await create(key, 'Once')
    const again = await create(key, 'Once')
    assert.equal(first.status, 201)
    assert.deepEqual([again.status, again.body], [first.status, first.body])
  })
  test('two at the same moment make one.', async () => {
    const key = randomUUID()
    const answers = await Promise.all([
      create(key, 'At once'),
      create(key, 'At once'),
      create(key, 'At once'),
    ])
    const made = answers
      .filter(answer => answer.status === 201)
      .map(answer => (answer.body as { id: string }).id)
    assert.ok(made.length >= 1)
    assert.equal(new Set(made).size, 1, 'more than one was made')
    for (const answer of answers) assert.ok([201, 409].includes(answer.status), answer.text)
  })
  test('four requests for an API key make one, whose secret is shown once.', async () => {
    const key = randomUUID()
    const name = `Once ${key.slice(0, 8)}`
    const make = () =>
      request(url, 'POST', '/auth/api-keys', {
        token: admin.token,
        headers: { 'idempotency-key': key },
        json: { name, scopes: ['auth:read'], expiresInDays: 1 },
      })
    const answers = await Promise.all([make(), make(), make(), make()])
    assert.equal(answers.filter(answer => answer.status === 201).length, 1)
    refused(await make(), 409, 'already_done')
    const { items } = await admin.api.auth.listApiKeys()
    assert.equal(items.filter(one => one.name === name).length, 1)
  })
  test('the same key with another body is refused.', async () => {
    const key = randomUUID()
    await create(key, 'This')
    refused(await create(key, 'That'), 409, 'idempotency_conflict')
  })
  test('another person\u2019s key of the same text is another key.', async () => {
    const key = randomUUID()
    const other = await appoint(url, authDb, { role: 'instructor', organizationId: admin.organizationId })
    const ids = [await create(key, 'Mine'), await create(key, 'Mine', other.token)].map(
      answer => (answer.body as { id: string }).id,
    )
    assert.notEqual(ids[0], ids[1])
  })
  test('a refused request may be mended and sent again under its key.', async () => {
    const key = randomUUID()
    assert.equal((await create(key, '')).status, 400)
    assert.equal((await create(key, 'Mended')).status, 201)
  })
  test('a key that is no key is refused.', async () => {
    for (const key of ['x'.repeat(201), 'with space', '']) {
      const answer = await create(key, 'Key')
      if (key !== '') refused(answer, 400, 'invalid_input')
    }
  })
})

test('A cursor that no list gave is refused or begins the list anew, and never fails.', async () => {
  const lists = operations.filter(operation => operation.method === 'GET' && 'cursor' in shapeOf(operation))
  assert.ok(lists.length >= 8, String(lists.length))
  const garbage = [
    'x',
    '0',
    '-1',
    "'; drop table courses; --",
    randomUUID().slice(1),
    Buffer.from('o-5').toString('base64url'),
  ]
  garbage.push(
    Buffer.from(`2026-99-99T99:99:99.999Z ${randomUUID()}`).toString('base64url'),
    '\u0000',
    'g'.repeat(36),
    '-'.repeat(36),
  )
  for (const operation of lists) {
    for (const cursor of garbage) {
      const { path } = addressed(operation, { courseId: course.courseId, quizId: course.quizId, cursor })
      const answer = await asAdmin('GET', path)
      if (answer.status !== 200) refused(answer, 400, 'invalid_input')
    }
  }
})

test('Text that looks like SQL, HTML or a template is text.', async () => {
  for (const title of [
    "Robert'); drop table courses; --",
    '" or 1=1 --',
    '$1 :name ?',
    '{{7*7}} <%= 7*7 %>',
    '\\',
    '%',
    '_',
  ]) {
    const made = await asAdmin('POST', '/education/courses', { json: { title, category: title } })
    assert.deepEqual([made.status, (made.body as { title: string }).title], [201, title])
    const found = await request(
      url,
      'GET',
      `/education/courses?q=${encodeURIComponent(title)}&category=${encodeURIComponent(title)}`,
    )
    assert.equal(found.status, 200, found.text)
    assert.equal((await asAdmin('GET', `/auth/people?q=${encodeURIComponent(title)}`)).status, 200)
    const { status } = await request(url, 'GET', `/education/courses/${encodeURIComponent(title)}`)
    assert.equal(status, title === '\\' ? 400 : 404, 'the gateway takes no backslash in an address')
  }
})

const awkward = {
  'the null character': 'a\u0000b',
  'half a surrogate pair': 'a\ud800b',
  'the other half': 'a\udc00b',
}

describe('A character that cannot be stored is the caller\u2019s fault, wherever it stands:', () => {
  const option = (content: string, correct: boolean) => ({ content, correct })
  for (const [what, text] of Object.entries(awkward)) {
    const places: Record<string, () => Promise<Answer>> = {
      'a title': () => asAdmin('POST', '/education/courses', { json: { title: text, category: 'C' } }),
      'a summary': () =>
        asAdmin('POST', '/education/courses', { json: { title: 'T', category: 'C', summary: text } }),
      'rich text': () =>
        asAdmin('PATCH', `/education/courses/${course.courseId}`, {
          json: { description: `<p>${text}</p>` },
        }),
      'a lesson': () =>
        asAdmin('POST', `/education/modules/${course.moduleId}/lessons`, {
          json: { kind: 'page', title: 'T', content: text },
        }),
      'a question': () => {
        const questions = [
          { type: 'true_false', content: text, options: [option(text, true), option('b', false)] },
        ]
        return asAdmin('POST', '/assessment/quizzes', {
          json: { courseId: course.courseId, title: 'T', questions },
        })
      },
      'an option\u2019s id': () => {
        const options = [{ id: text, ...option('a', true) }, option('b', false)]
        const questions = [{ type: 'true_false', content: 'Q', options }]
        return asAdmin('POST', '/assessment/quizzes', {
          json: { courseId: course.courseId, title: 'T', questions },
        })
      },
      'a password': () =>
        request(url, 'POST', '/auth/login', { json: { email: admin.email, password: text } }),
      'an address': () => request(url, 'POST', '/auth/login', { json: { email: text, password: 'x' } }),
      'a name': () =>
        request(url, 'POST', '/auth/register', {
          json: { email: 'a@test.example', password: 'seven goats on a wall', name: text },
        }),
      'a credential': () =>
        request(url, 'POST', '/education/certificates/verify', { json: { credential: { id: text } } }),
      'a search': () => asAdmin('GET', `/education/courses?q=${encodeURIComponent(text.toWellFormed())}`),
      'a school': () =>
        request(url, 'GET', `/auth/organization?school=${encodeURIComponent(text.toWellFormed())}`),
      'a slug': () => request(url, 'GET', `/education/courses/${encodeURIComponent(text.toWellFormed())}`),
      'a file name': () =>
        asAdmin(
          'POST',
          `/education/courses/${course.courseId}/files?name=${encodeURIComponent(text.toWellFormed())}`,
          { body: 'x' },
        ),
    }
    test(`${what}.`, async () => {
      const found: string[] = []
      for (const [place, send] of Object.entries(places)) {
        const answer = await send()
        if (answer.status >= 500) found.push(`${place}: ${answer.text}`)
      }
      assert.deepEqual(found, [])
    })
  }
  test('and the null character in a stored text is refused by name.', async () => {
    const answer = await asAdmin('POST', '/education/courses', {
      json: { title: 'T', category: 'C', summary: 'a\u0000b' },
    })
    refused(answer, 400, 'invalid_input')
  })
})

test('Addresses that are not well formed are refused.', async () => {
  for (const path of [
    '/education/courses/%',
    '/education/courses/%zz',
    '/education/courses/%ff%fe',
    '/education/courses?q=%',
  ]) {
    const answer = await request(url, 'GET', path)
    assert.ok([200, 400, 404].includes(answer.status), `${path}: ${answer.status} ${answer.text}`)
  }
})

test('A repeated query parameter is refused where one is expected.', async () => {
  refused(await request(url, 'GET', '/education/courses?q=a&q=b'), 400, 'invalid_input')
})
