import { pathsOf, type Version, versions } from '@azora/contracts/contract.ts'
import type { OperationMeta, RateClass } from '@azora/contracts/operation.ts'
import { isStream } from '@azora/contracts/stream.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import { stringify } from 'yaml'
import type { Limits } from './limits.ts'

/**
 * A declarative configuration (format 3.0) for Kong 3.7 or later, from the contracts: for those who run Kong before
 * the API in place of our gateway. `deploy/kong/README.md` says what Kong then does not do.
 */

/** A key that signs access tokens, as Kong takes it. */
export type KongKey = { kid: string; pem: string }

type Plugin = { name: string; config: Record<string, unknown> }
export type KongRoute = {
  name: string
  methods: string[]
  paths: string[]
  regex_priority: number
  strip_path: false
  /** Off for what is to be passed on as it comes. */
  response_buffering?: false
  plugins?: Plugin[]
}

const megabytes = { json: 1, upload: 1100 } as const

const limitOf = (limits: Limits, rateClass: RateClass): Plugin => ({
  name: 'rate-limiting',
  // Kong knows calendar minutes only, and one budget for all who share an address.
  config: {
    minute: Math.max(1, Math.round((limits.tiers.free[rateClass].address * 60) / limits.windowSeconds)),
    limit_by: 'ip',
    policy: 'local',
    fault_tolerant: true,
  },
})

/** The path of a contract as a regular expression of Kong's. */
function patternOf(version: Version, path: string): string {
  const segments = path.split('/').map(segment => (segment.startsWith('{') ? '[^/]+' : literally(segment)))
  return `~/api/${version}${segments.join('/')}$`
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function routeOf(
  version: Version,
  service: string,
  name: string,
  procedure: AnyContractProcedure,
  limits: Limits,
): KongRoute | null {
  const { route } = procedure['~orpc']
  const meta = procedure['~orpc'].meta as unknown as OperationMeta
  if (meta.access === 'internal') return null
  const path = route.path ?? '/'
  const method = route.method ?? 'POST'
  const plugins: Plugin[] = []
  if (meta.access !== 'public') {
    plugins.push({
      name: 'jwt',
      config: { key_claim_name: 'kid', claims_to_verify: ['exp'], run_on_preflight: false },
    })
  }
  if (meta.rateClass !== 'general') plugins.push(limitOf(limits, meta.rateClass))
  if (meta.raw === 'upload')
    plugins.push({
      name: 'request-size-limiting',
      config: { allowed_payload_size: megabytes.upload, size_unit: 'megabytes' },
    })
  return {
    name: `${version}.${service}.${name}`,
    methods: method === 'GET' ? ['GET', 'HEAD', 'OPTIONS'] : [method, 'OPTIONS'],
    paths: pathsOf(service, path).map(one => patternOf(version, one)),
    // Where two patterns fit, the one with more written out is meant.
    regex_priority: path.split('/').filter(segment => segment && !segment.startsWith('{')).length,
    strip_path: false,
    ...(isStream(procedure['~orpc'].outputSchema) ? { response_buffering: false as const } : {}),
    ...(plugins.length > 0 ? { plugins } : {}),
  }
}

// Kong takes an empty list of origins for all of them, so without origins there is no plugin.
const corsFor = (origins: string[]): Plugin => ({
  name: 'cors',
  config: {
    origins,
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    headers: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-None-Match', 'X-Azora-School'],
    exposed_headers: ['X-Correlation-Id', 'Retry-After', 'ETag', 'Deprecation', 'Sunset', 'Link'],
    max_age: 600,
  },
})

/** The configuration as an object. `urls`: where each service listens, by name. */
export function kongConfiguration(options: {
  limits: Limits
  urls: Record<string, string>
  corsOrigins: string[]
  keys: KongKey[]
}) {
  const { limits, urls, corsOrigins, keys } = options
  const routes = new Map<string, KongRoute[]>()
  for (const [version, { contract, files }] of Object.entries(versions)) {
    for (const contracts of [contract, files] as unknown as Record<
      string,
      Record<string, AnyContractProcedure>
    >[]) {
      for (const [service, procedures] of Object.entries(contracts)) {
        for (const [name, procedure] of Object.entries(procedures)) {
          const route = routeOf(version as Version, service, name, procedure, limits)
          if (route) routes.set(service, [...(routes.get(service) ?? []), route])
        }
      }
    }
  }
  return {
    _format_version: '3.0',
    services: [...routes].map(([name, ofService]) => ({
      name,
      url: urls[name] ?? `http://${name}:8080`,
      connect_timeout: 3000,
      read_timeout: 60_000,
      // Kong repeats whatever the method; a write may only repeat under an idempotency key, which Kong does not know.
      retries: 0,
      routes: ofService,
    })),
    consumers: [
      {
        username: 'azora',
        jwt_secrets: keys.map(({ kid, pem }) => ({ key: kid, algorithm: 'EdDSA', rsa_public_key: pem })),
      },
    ],
    plugins: [
      ...(corsOrigins.length > 0 ? [corsFor(corsOrigins)] : []),
      {
        name: 'correlation-id',
        config: { header_name: 'X-Correlation-Id', generator: 'uuid', echo_downstream: true },
      },
      {
        name: 'request-size-limiting',
        config: { allowed_payload_size: megabytes.json, size_unit: 'megabytes' },
      },
      // What the services believe when they hear it, nobody outside may say.
      {
        name: 'request-transformer',
        config: { remove: { headers: ['x-azora-internal', 'x-azora-visitor', 'cookie'] } },
      },
      limitOf(limits, 'general'),
    ],
  }
}

const head = `# Generated from the contracts by \`npm run azora -- kong\`. Do not edit; see README.md beside it.\n`

/** The configuration as a file. */
export function printKong(options: Parameters<typeof kongConfiguration>[0]): string {
  return head + stringify(kongConfiguration(options), { lineWidth: 0, aliasDuplicateObjects: false })
}
