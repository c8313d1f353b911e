import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { item, manifestXml, resource, zipOf } from '@azora/service-education/cartridges/cartridge-fixture.ts'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { request, signIn } from '../api.ts'
import { type System, startSystem, until } from '../system.ts'

let system: System
before(async () => {
  system = await startSystem('single')
})
after(() => system?.stop())

const pages = 800

/** Large enough that reading it takes a good while. */
async function longCartridge(): Promise<Buffer> {
  const ids = Array.from({ length: pages }, (_, at) => `p${at}`)
  const paragraph = '<p>The river carries <b>silt</b> from the hills, and lays it down where it slows.</p>'
  return zipOf({
    'imsmanifest.xml': manifestXml({
      title: 'A long river',
      items: item('m', 'Along the river', ids.map(id => item(`i-${id}`, `Bend ${id}`, '', id)).join('')),
      resources: ids.map(id => resource(id, `${id}.html`)).join(''),
    }),
    ...Object.fromEntries(
      ids.map(id => [`${id}.html`, `<html><body>${paragraph.repeat(200)}</body></html>`]),
    ),
  })
}

test('an import that kill -9 cut short is finished after the restart, whole and once', async () => {
  const instructor = await signIn(system.url, demoInstructor.email, demoPassword)
  const begun = await request(system.url, 'POST', '/education/imports?name=river.imscc', {
    token: instructor.token,
    body: await longCartridge(),
  })
  assert.equal(begun.status, 202)
  const { id } = begun.body as { id: string }
  const state = () => instructor.api.education.getImport({ importId: id })
  await until('The import runs', async () => (await state()).status === 'running')
  await system.kill('education')
  await system.revive('education')

  const ended = await until(
    'The import ends',
    async () => {
      const now = await state()
      return now.status === 'done' || now.status === 'failed' ? now : null
    },
    240_000,
  )
  assert.equal(ended.status, 'done', JSON.stringify(ended.error))
  const taught = await instructor.api.education.listTaughtCourses({ limit: 100 })
  const rivers = taught.items.filter(course => course.title === 'A long river')
  assert.deepEqual(
    rivers.map(course => course.lessonCount),
    [pages],
  )
})
