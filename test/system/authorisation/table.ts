import { identifierOf } from '@azora/contracts/service.ts'
import { type ServiceName, serviceNames } from '@azora/contracts/service-names.ts'
import type { Row } from './callers.ts'

/** The rows of a service are in `rows/`, in the file of its name: `study-hall.ts` exports `studyHallRows`. */
async function rowsOf(name: ServiceName): Promise<Record<string, Row>> {
  const rows = await import(`./rows/${name}.ts`)
  return rows[`${identifierOf(name)}Rows`]
}

/** Every operation and what each caller is answered. */
export const table: Record<string, Row> = Object.assign({}, ...(await Promise.all(serviceNames.map(rowsOf))))
