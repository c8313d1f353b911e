import { createReference } from '@azora/service-gateway/openapi.ts'

/**
 * Holds each answer that a test gets against the API's own description: its media type is one of those stated for
 * its status, and a failure has the shape that the operation states.
 */

type Media = Record<string, { schema?: { $ref?: string; anyOf?: { $ref?: string }[] } }>
type Described = { responses: Record<string, { content?: Media }> }
type Document = { paths: Record<string, Record<string, Described>> }

const documents = new Map<string, Promise<[RegExp, Record<string, Described>][]>>()

// A written segment comes before a parameter, as in the gateway.
const byParameters = ([a]: [string, unknown], [b]: [string, unknown]) =>
  a.split('{').length - b.split('{').length

function templatesOf(version: 'v1' | 'v2') {
  const known = documents.get(version)
  if (known) return known
  const reading = createReference('http://localhost', version)().then(text =>
    Object.entries((JSON.parse(text) as Document).paths)
      .sort(byParameters)
      .map(([path, item]): [RegExp, Record<string, Described>] => [
        new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
        item,
      ]),
  )
  documents.set(version, reading)
  return reading
}

async function describedAt(method: string, path: string): Promise<Described | null> {
  const [, version = 'v1', below = path] = /^\/api\/(v1|v2)(\/.*)$/.exec(path) ?? []
  const place = below.split('?')[0] ?? ''
  const found = (await templatesOf(version as 'v1' | 'v2')).find(([template]) => template.test(place))
  return found?.[1][method.toLowerCase()] ?? null
}

/** @throws when the answer is none that the description of its operation allows. */
export async function requireDescribed(
  method: string,
  path: string,
  answer: Response,
  text: string,
): Promise<void> {
  if (method === 'HEAD' || (answer.status >= 300 && answer.status < 400)) return
  const described = await describedAt(method, path)
  if (!described) return
  const { responses } = described
  const stated = responses[String(answer.status)] ?? (answer.status >= 400 ? responses.default : undefined)
  const at = `${method} ${path} answered ${answer.status}`
  if (!stated) throw new Error(`${at}, which its description does not name.`)
  const mediaType = answer.headers.get('content-type')?.split(';')[0]?.trim()
  // An answer without a body, such as a range that is not there, has no type.
  if (text === '' && mediaType === undefined) return
  const types = Object.keys(stated.content ?? {})
  if (types.length === 0 && text !== '') throw new Error(`${at} with a body, where its description has none.`)
  if (types.length > 0 && !types.includes('*/*') && !types.includes(mediaType ?? ''))
    throw new Error(`${at} with ${mediaType}, where its description says ${types.join(' or ')}.`)
  if (answer.status >= 400) requireShape(at, stated.content ?? {}, text)
}

function requireShape(at: string, content: Media, text: string): void {
  const schema = content['application/json']?.schema
  const shapes = (schema?.anyOf ?? [schema ?? {}]).map(({ $ref }) => $ref?.split('/').at(-1))
  const body = JSON.parse(text) as Record<string, unknown>
  const isOurs =
    typeof body.code === 'string' && typeof body.status === 'number' && typeof body.message === 'string'
  const isOauth = typeof body.error === 'string' && !('code' in body)
  if (!(isOurs && shapes.includes('Error')) && !(isOauth && shapes.includes('OAuthError')))
    throw new Error(`${at} with a failure of another shape than its description says: ${text}`)
}
