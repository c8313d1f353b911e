import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { embedOrigins } from '@azora/contracts/embeds.ts'
import type { Response } from 'express'
import helmet from 'helmet'
import { programsAddress } from './programs-address.ts'

type HelmetOptions = NonNullable<Parameters<typeof helmet>[0]>
type Header = [name: string, value: string]

// Helmet's headers are the same for every answer, so they are asked for once.
function headersOf(options: HelmetOptions): Header[] {
  const headers: Header[] = []
  const recorder = {
    setHeader: (name: string, value: string) => void headers.push([name, value]),
    removeHeader: () => {},
  }
  helmet(options)({} as IncomingMessage, recorder as unknown as ServerResponse, () => {})
  return headers
}

// A file opened by itself is a document of its own, made of nothing but the picture or film.
const apiPolicy =
  "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

const pagePolicy = (nonce: string, frames: string[]) =>
  `default-src 'self'; script-src 'self' 'nonce-${nonce}' 'strict-dynamic'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; frame-src ${frames.join(' ')}; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'; worker-src 'self'; manifest-src 'self'`

// Applications made of files: no nonce is needed, and none could be given. React Aria sets style attributes.
const appPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; manifest-src 'self'"

// Where programs run on a learner's device (decision 0058): of no origin, whatever is around it, and nothing is fetched.
// Its workers are made of what the page hands over, and Python and QuickJS are WebAssembly.
const programsPolicy = (scripts: string[]) =>
  `sandbox allow-scripts; default-src 'none'; script-src ${scripts.join(' ')} 'wasm-unsafe-eval' blob:; worker-src blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'`

// What reads a PDF: it is handed all that it needs, fetches nothing, and decodes scans by WebAssembly.
const readerPolicy = "default-src 'none'; script-src 'wasm-unsafe-eval'"
/** Its script, as the portal's build names it. */
const readerScript = /^\/_next\/static\/media\/pdf\.worker\.[\w.-]+\.mjs$/

/** Where the page was asked for, to name one address of it; nothing where that is no name of a host. */
function programsOf(req: IncomingMessage, secure: boolean): string[] {
  const { host = '' } = req.headers
  const named = /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d+)?$/i.test(host)
  return named ? [`${secure ? 'https' : 'http'}://${host}${programsAddress}`] : []
}

// What no page of ours uses is closed to it, whatever gets into it.
const closed = ['geolocation', 'payment', 'usb', 'serial', 'bluetooth', 'midi', 'display-capture']
const permissions = ({ camera = false, microphone = false } = {}) =>
  [
    `camera=${camera ? '(self)' : '()'}`,
    `microphone=${microphone ? '(self)' : '()'}`,
    ...closed.map(name => `${name}=()`),
  ].join(', ')
/** The camera reads the code of a certificate; in a lesson a quiz may ask for a recording. */
const permissionsOf = (path: string) =>
  permissions({ camera: path === '/verify', microphone: /^\/learn\/[^/]+\/[^/]+$/.test(path) })

/**
 * Sets the security headers of API answers, of pages and of applications made of files. HSTS only where the site is
 * reached by https, and with subdomains, which are schools.
 */
export function createSecurityHeaders({ secure }: { secure: boolean }) {
  const common = {
    contentSecurityPolicy: false,
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    xFrameOptions: { action: 'deny' as const },
  }
  const api = headersOf({
    ...common,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  })
  api.push(['Content-Security-Policy', apiPolicy])
  const page = headersOf({ ...common, referrerPolicy: { policy: 'strict-origin-when-cross-origin' } })
  const app: Header[] = [
    ...page,
    ['Content-Security-Policy', appPolicy],
    ['Permissions-Policy', permissions()],
  ]
  const programs: Header[] = [
    ...headersOf({ ...common, originAgentCluster: false, xFrameOptions: { action: 'sameorigin' } }),
    ['Permissions-Policy', permissions()],
  ]
  const set = (res: Response, headers: Header[]) => {
    for (const [name, value] of headers) res.setHeader(name, value)
  }
  return {
    api: (res: Response) => set(res, api),
    app: (res: Response) => set(res, app),
    /** @param scripts the hashes of those that stand in the page, as the policy names them */
    programs(res: Response, scripts: string[]): void {
      set(res, programs)
      res.setHeader('Content-Security-Policy', programsPolicy(scripts))
    },
    /** A built file. A worker has the policy that its script comes with. */
    asset(res: Response, path: string): void {
      if (readerScript.test(path)) res.setHeader('Content-Security-Policy', readerPolicy)
    },
    /** Also tells the portal the policy, from which Next takes the nonce for its scripts. */
    page(req: IncomingMessage, res: Response, path: string): void {
      set(res, page)
      res.setHeader('Permissions-Policy', permissionsOf(path))
      const policy = pagePolicy(randomBytes(16).toString('base64'), [
        ...embedOrigins,
        ...programsOf(req, secure),
      ])
      req.headers['content-security-policy'] = policy
      res.setHeader('Content-Security-Policy', policy)
    },
  }
}
