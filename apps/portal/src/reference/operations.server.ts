import { contract, fileContract } from '@azora/contracts/contract.ts'
import type { Access, OperationMeta } from '@azora/contracts/operation.ts'
import { internalApiUrl } from '../lib/internal-api.ts'
import type { Schema } from './schema.ts'

type Media = { schema?: Schema }
type Described = {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { required?: boolean; content?: Record<string, Media> }
  responses?: Record<string, { description?: string; content?: Record<string, Media> }>
}
type Document = { paths?: Record<string, Record<string, Described>> }

export type Operation = Described & {
  id: string
  method: string
  path: string
  tag: string
  access: Access | null
  /** The body is a file's bytes. */
  upload: boolean
}

const methods = ['get', 'post', 'put', 'patch', 'delete']

/** All operations in the order of the description, or null when the API does not answer with one. */
export async function readOperations(): Promise<Operation[] | null> {
  const document = await describe()
  if (!document?.paths) return null
  const rules = accessRules()
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    methods.flatMap(method => {
      const found = operations[method]
      if (!found) return []
      const rule = rules.get(`${method} ${path}`)
      return [
        {
          ...found,
          id: (found.operationId ?? `${method}-${path}`).replace(/[^\w]+/g, '-'),
          method: method.toUpperCase(),
          path,
          tag: found.tags?.[0] ?? '',
          access: rule?.access ?? null,
          upload: rule?.raw === 'upload',
        },
      ]
    }),
  )
}

async function describe(): Promise<Document | null> {
  try {
    const answer = await fetch(`${internalApiUrl()}/openapi.json`, { cache: 'no-store' })
    return answer.ok ? ((await answer.json()) as Document) : null
  } catch (failure) {
    // Nothing listens at the address: the page says that the reference is not there. Anything else is a bug.
    if (failure instanceof TypeError || failure instanceof SyntaxError) return null
    throw failure
  }
}

/** Who may call what, from the contracts themselves: the description says only whether a sign-in is needed. */
function accessRules(): Map<string, OperationMeta> {
  type Stated = { '~orpc': { meta: OperationMeta; route: { method?: string; path?: string } } }
  const stated = [...Object.values(contract), ...Object.values(fileContract)].flatMap(
    service => Object.values(service) as unknown as Stated[],
  )
  return new Map(
    stated.map(operation => {
      const { meta, route } = operation['~orpc']
      return [`${route.method?.toLowerCase()} ${route.path}`, meta] as const
    }),
  )
}
