import { type Schema, sampleOf } from './schema.ts'

type Called = {
  method: string
  path: string
  access: string | null
  upload: boolean
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
}

/** A call with curl. Names in capitals are for the reader to fill in; single quotes keep the shell out of it. */
export function curlOf(operation: Called, origin: string): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => capitals(name))
  const query = (operation.parameters ?? [])
    .filter(parameter => parameter.in === 'query' && parameter.required)
    .map(parameter => `${parameter.name}=${capitals(parameter.name)}`)
    .join('&')
  const body = operation.requestBody?.content?.['application/json']?.schema
  const lines = [
    `curl${operation.method === 'GET' ? '' : ` -X ${operation.method}`} ${quoted(`${origin}/api/v1${path}${query && `?${query}`}`)}`,
  ]
  if (operation.access !== 'public') lines.push("-H 'authorization: Bearer ACCESS_TOKEN'")
  if (operation.upload) lines.push("-H 'content-type: application/octet-stream'", "--data-binary '@FILE'")
  else if (body)
    lines.push("-H 'content-type: application/json'", `-d ${quoted(JSON.stringify(sampleOf(body)))}`)
  return lines.join(' \\\n  ')
}

const capitals = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()
const quoted = (text: string) => `'${text.replace(/'/g, `'\\''`)}'`
