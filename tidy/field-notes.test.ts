import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Version, versions } from '@azora/contracts/contract.ts'
import { createReference } from '@azora/service-gateway/openapi.ts'
import { z } from 'zod'

/** Everything that the API's description names says what it means, with an example that is right. */

type Schema = {
  description?: string
  examples?: unknown[]
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  additionalProperties?: Schema | boolean
  $ref?: string
}
type Media = Record<string, { schema?: Schema; example?: unknown }>
type Described = {
  'x-azora-operation': string
  summary?: string
  parameters?: { name: string; description?: string; example?: unknown; schema: Schema }[]
  requestBody?: { content?: Media }
  responses?: Record<string, { content?: Media }>
}
type Document = {
  paths: Record<string, Record<string, Described>>
  webhooks?: Record<string, { post: Described }>
  components: { schemas: Record<string, Schema> }
}

const remedy = 'Say it in contracts/notes, under the name or a narrower key, or by .meta() in the contract.'
const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')

function faultsOf(where: string, name: string, field: Schema): string[] {
  const { description = '', examples } = field
  const faults: string[] = []
  if (description.split(/\s+/).length < 3 || plain(description) === plain(name))
    faults.push(`${where}: "${description}" does not say what it is. ${remedy}`)
  if (!examples?.length) faults.push(`${where} has no example. ${remedy}`)
  else if (!examples.every(example => z.fromJSONSchema(field as never).safeParse(example).success))
    faults.push(`${where}: its example ${JSON.stringify(examples)} is not what it takes. ${remedy}`)
  return faults
}

function fieldsOf(where: string, schema: Schema): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    ...faultsOf(`${where}.${name}`, name, field),
    ...fieldsOf(`${where}.${name}`, field),
  ])
  const { anyOf = [], oneOf = [], allOf = [], items, additionalProperties } = schema
  const others = typeof additionalProperties === 'object' ? [additionalProperties] : []
  const parts = [...anyOf, ...oneOf, ...allOf, ...(items ? [items] : []), ...others]
  return [...own, ...parts.flatMap(part => fieldsOf(where, part))]
}

function contentFaults(where: string, content: Media = {}): string[] {
  return Object.values(content).flatMap(({ schema }) => (schema ? fieldsOf(where, schema) : []))
}

async function faults(version: Version): Promise<string[]> {
  const document = JSON.parse(await createReference('http://localhost/api', version)()) as Document
  const operations = [
    ...Object.values(document.paths).flatMap(item => Object.values(item)),
    ...Object.entries(document.webhooks ?? {}).map(([name, { post }]) => ({
      ...post,
      summary: 'A message to a webhook.',
      'x-azora-operation': `webhook ${name}`,
    })),
  ]
  assert.ok(operations.length > 0)
  return [
    ...operations.flatMap(operation => {
      const name = operation['x-azora-operation']
      return [
        ...((operation.summary ?? '').split(' ').length < 3 ? [`${name} has no summary.`] : []),
        ...(operation.parameters ?? []).flatMap(({ name: parameter, description, schema }) => {
          const field = { ...schema, ...(description ? { description } : {}) }
          return faultsOf(`${name}, parameter ${parameter}`, parameter, field)
        }),
        ...contentFaults(`${name}, body`, operation.requestBody?.content),
        ...Object.entries(operation.responses ?? {}).flatMap(([status, { content }]) =>
          contentFaults(`${name}, ${status}`, content),
        ),
      ]
    }),
    ...Object.entries(document.components.schemas).flatMap(([name, schema]) => fieldsOf(name, schema)),
  ]
}

for (const version of Object.keys(versions) as Version[])
  test(`Every field and parameter of ${version} says what it means, with an example that it takes.`, async () => {
    assert.deepEqual(await faults(version), [])
  })

test('No two templates are one address, and every pattern is one of every language.', async () => {
  const text = await createReference('http://localhost/api', 'v1')()
  const paths = Object.keys((JSON.parse(text) as Document).paths).map(path => path.replace(/\{\w+\}/g, '{}'))
  assert.deepEqual(
    paths.filter((path, at) => paths.indexOf(path) !== at),
    [],
  )
  assert.doesNotMatch(text, /"pattern":"[^"]*\\\\p\{/)
})
