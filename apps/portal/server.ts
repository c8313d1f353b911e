import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { internalApiVariable } from './src/lib/internal-api.ts'

export type Portal = {
  /** Answers a request for a page. The gateway passes everything here that is not the API. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  close(): Promise<void>
}

// Named in a variable, so that Next's global types, which change those of process.env for the whole program, stay
// out of the services' compilation. The type below is all that we use of it.
const nextPackage: string = 'next'
type NextApp = {
  prepare(): Promise<void>
  getRequestHandler(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
  close(): Promise<void>
}

/**
 * Runs the built portal within the calling process.
 *
 * `dir` is the folder that holds `.next` (this one by default); `apiUrl` ends in `/api/v1` and is where pages fetch
 * from while they are rendered. Throws when the portal was not built.
 */
export async function createPortal({ dir, apiUrl }: { dir?: string; apiUrl: string }): Promise<Portal> {
  // React chooses its production build by this variable at the moment it is first loaded.
  Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV ?? 'production', NEXT_TELEMETRY_DISABLED: '1' })
  process.env[internalApiVariable] = apiUrl
  const { default: next } = (await import(nextPackage)) as { default: (options: object) => NextApp }
  const app = next({
    dev: false,
    dir: dir ?? fileURLToPath(new URL('.', import.meta.url)),
    customServer: true,
  })
  await app.prepare()
  const handler = app.getRequestHandler()
  return { handle: (request, response) => handler(request, response), close: () => app.close() }
}
