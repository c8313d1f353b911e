import { identifierOf } from '@azora/contracts/service.ts'
import { environmentVariable } from '../code/environment-variable.ts'
import type { Snippet } from '../code/snippets.tsx'
import type { Operation } from '../document/api-document.ts'
import { type BuiltRequest, buildRequest, type Filled, typedValue } from './request.ts'

/** The same call as a shell, the TypeScript client and Python would make it. */

export type Bearer = { origin: string; key: string | null }

const keyVariable = 'AZORA_KEY'
const shellQuoted = (text: string) => `'${text.replace(/'/g, `'\\''`)}'`

/** What stands for the key: itself when it is known, and a variable of the environment otherwise. */
function curlOf(
  request: BuiltRequest,
  { origin, key }: Bearer,
  { isPublic, bytes, streams }: { isPublic: boolean; bytes: boolean; streams: boolean },
): string {
  // Without a buffer of its own, curl shows each event when it comes.
  const options = `${streams ? ' -N' : ''}${request.method === 'GET' ? '' : ` -X ${request.method}`}`
  const lines = [`curl${options} ${shellQuoted(`${origin}${request.path}`)}`]
  if (!isPublic)
    lines.push(
      `-H ${key ? shellQuoted(`authorization: Bearer ${key}`) : `"authorization: Bearer $${keyVariable}"`}`,
    )
  for (const [name, value] of Object.entries(request.headers))
    lines.push(`-H ${shellQuoted(`${name}: ${value}`)}`)
  if (bytes) lines.push("-H 'content-type: application/octet-stream'", "--data-binary '@FILE'")
  else if (request.body) lines.push(`-d ${shellQuoted(request.body)}`)
  return lines.join(' \\\n  ')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** JavaScript as one would write it: names without quotes, texts with single ones. */
function literal(value: unknown, indent = ''): string {
  const inner = `${indent}  `
  if (typeof value === 'string')
    return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n')}'`
  if (Array.isArray(value))
    return value.length ? `[${value.map(one => literal(one, indent)).join(', ')}]` : '[]'
  if (value && typeof value === 'object') {
    const entries = Object.entries(value)
    if (entries.length === 0) return '{}'
    const fields = entries.map(([name, one]) => {
      const key = /^[A-Za-z_]\w*$/.test(name) ? name : literal(name)
      return `${key}: ${literal(one, inner)}`
    })
    const line = `{ ${fields.join(', ')} }`
    return line.length < 70 && !line.includes('\n')
      ? line
      : `{\n${inner}${fields.join(`,\n${inner}`)},\n${indent}}`
  }
  return JSON.stringify(value) ?? 'undefined'
}

function typescriptOf(operation: Operation, filled: Filled, { origin, key }: Bearer): string {
  const input: Record<string, unknown> = {}
  for (const { name, in: place, schema, required } of operation.parameters) {
    const text = filled.values[name]?.trim()
    if (place === 'header') continue
    if (text) input[name] = typedValue(schema, text)
    else if (required) input[name] = '…'
  }
  const body = operation.body ? parsed(filled.body) : undefined
  if (body && typeof body === 'object') Object.assign(input, body)
  const name = operation.name.split('.').slice(0, 2).map(identifierOf).join('.')
  const credential =
    operation.access === 'public'
      ? ''
      : key
        ? `, apiKey: ${literal(key)}`
        : `, apiKey: ${environmentVariable(keyVariable)}`
  const options: string[] = []
  if (operation.raw === 'upload') options.push('{ body: file }')
  const after = filled.values['Last-Event-ID']?.trim()
  if (after) options.push(`{ lastEventId: ${literal(after)} }`)
  const own = filled.values['Idempotency-Key']?.trim()
  if (own && operation.raw !== 'upload') options.push(`{ idempotencyKey: ${literal(own)} }`)
  const given = [
    ...(Object.keys(input).length || options.length ? [literal(input)] : ['{}']),
    ...options,
  ].join(', ')
  return `import { createAzora } from '@azora/client'

const azora = createAzora({ url: ${literal(origin)}${credential} })
${
  operation.streams
    ? `for await (const { id, data } of azora.${name}(${given})) {
  console.log(id, data)
}`
    : `const answer = await azora.${name}(${given})
console.log(answer)`
}`
}

function pythonOf(
  request: BuiltRequest,
  { origin, key }: Bearer,
  { isPublic, streams }: { isPublic: boolean; streams: boolean },
): string {
  const quoted = (text: string) => JSON.stringify(text)
  const headers = Object.entries(request.headers).map(
    ([name, value]) => `    ${quoted(name)}: ${quoted(value)},`,
  )
  if (!isPublic)
    headers.unshift(
      key
        ? `    "authorization": ${quoted(`Bearer ${key}`)},`
        : `    "authorization": "Bearer " + os.environ["${keyVariable}"],`,
    )
  const body = request.body ? `,\n    data=${quoted(request.body)}.encode()` : ''
  return `import json${!isPublic && !key ? ', os' : ''}, urllib.request

request = urllib.request.Request(
    ${quoted(`${origin}${request.path}`)},
    method=${quoted(request.method)}${body},
    headers={${headers.length ? `\n    ${headers.join('\n    ')}\n    ` : ''}},
)
with urllib.request.urlopen(request) as answer:
    ${
      streams
        ? `for line in answer:
        if line.startswith(b"data: "):
            print(json.loads(line[6:]))`
        : 'print(json.dumps(json.load(answer), indent=2))'
    }`
}

/** The ways in which an operation can be called by programs. What speaks a protocol of its own has curl alone. */
export function snippetsOf(operation: Operation, filled: Filled, bearer: Bearer): Snippet[] {
  const request = buildRequest(operation, filled)
  const isPublic = operation.access === 'public'
  const bytes = operation.bodyKind === 'bytes'
  const curl: Snippet = {
    id: 'curl',
    label: 'curl',
    language: 'shell',
    code: curlOf(request, bearer, { isPublic, bytes, streams: operation.streams }),
  }
  if (operation.raw === 'page') return [curl]
  const client: Snippet = {
    id: 'typescript',
    label: 'TypeScript',
    language: 'typescript',
    code: typescriptOf(operation, filled, bearer),
  }
  if (bytes || operation.raw === 'download') return [curl, ...(operation.version === 'v1' ? [client] : [])]
  const python: Snippet = {
    id: 'python',
    label: 'Python',
    language: 'python',
    code: pythonOf(request, bearer, { isPublic, streams: operation.streams }),
  }
  // The client speaks the first version.
  return operation.version === 'v1' ? [curl, client, python] : [curl, python]
}
