import { environmentVariable } from '../code/environment-variable.ts'
/** Examples of the client, with this installation's address in them. */
export const examplesOf = (origin: string) => ({
  install: `# In the folder clients/typescript of the installation's repository
npm run build
npm pack --pack-destination ~/your-program

# In your program
npm install ./azora-client-0.1.0.tgz`,
  first: `import { createAzora } from '@azora/client'

const azora = createAzora({ url: '${origin}', apiKey: ${environmentVariable('AZORA_KEY')} })
const { items } = await azora.education.listCourses({ q: 'computers' })
console.log(items.map(course => course.title))`,
  client: `const azora = createAzora({
  url: '${origin}',
  clientId: ${environmentVariable('AZORA_CLIENT_ID')},
  clientSecret: ${environmentVariable('AZORA_CLIENT_SECRET')},
  scopes: ['education:read'],
})`,
  lists: `import { pages } from '@azora/client'

for await (const person of pages(azora.auth.listPeople, { role: 'learner' })) {
  console.log(person.name)
}`,
  failures: `import { AzoraError } from '@azora/client'

try {
  await azora.education.createCourse({ title: '', category: 'science' })
} catch (failure) {
  if (!(failure instanceof AzoraError)) throw failure
  if (failure.code === 'invalid_input') console.log(failure.fields)
  else console.log(failure.code, failure.correlationId)
}`,
  writes: `await azora.education.createCourse(
  { title: 'Rivers', category: 'science' },
  { idempotencyKey: 'import-2026-11-24-17' },
)`,
  files: `import { openAsBlob } from 'node:fs'

const file = await openAsBlob('map.png')
await azora.education.uploadFile({ courseId, name: 'map.png' }, { body: file, contentType: 'image/png' })`,
  webhooks: `import { verifyWebhook } from '@azora/client'

const event = await verifyWebhook(secret, request.headers, await request.text())
if (event.type === 'course.completed') await congratulate(event.data.userId)`,
})
