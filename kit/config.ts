import { createPrivateKey } from 'node:crypto'
import { z } from 'zod'
import { addressSettingOf, partNames } from './parts.ts'
import { type StripeAccess, stripeWebhookPath } from './stripe.ts'

/** Everything that can be set, parsed once at the edge. This is the one file that reads the environment. */

const url = (scheme: string, example: string) =>
  z.string().refine(
    text =>
      new RegExp(`^(${scheme})://.`).test(text) &&
      // MongoDB's replica sets and RFC 3986 disagree: several hosts stand there where a URL has one.
      (URL.canParse(text) || URL.canParse(text.replace(/,[^/?]+/, ''))),
    `An address such as ${example}.`,
  )

/** One address, or several of the same part separated by commas. */
const urls = (example: string) =>
  z
    .string()
    .transform(text => list(text).map(item => item.replace(/\/$/, '')))
    .refine(
      items => items.length > 0 && items.every(item => /^https?:\/\/./.test(item) && URL.canParse(item)),
      `An address such as ${example}, or several separated by commas.`,
    )

const flag = z
  .enum(['true', 'false', '1', '0'], 'Write true or false.')
  .transform(text => text === 'true' || text === '1')

/** Where an identity provider is. Without https anyone on the way could vouch for anyone. */
const providerUrl = z
  .string()
  .refine(
    text =>
      URL.canParse(text) && /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$))/.test(text),
    'An address such as https://accounts.example; http:// only on this machine.',
  )
  .transform(text => text.replace(/\/$/, ''))

const applePrivateKey = z
  .string()
  // A line break cannot be written in every place where settings stand.
  .transform(text => text.replaceAll('\\n', '\n'))
  .refine(isP256Key, 'The private key that Apple made (.p8), as PEM; \\n may stand for its line breaks.')

function isP256Key(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyDetails?.namedCurve === 'prime256v1'
  } catch {
    return false
  }
}

/** The sandbox that another process of this machine runs, with its secret key and its webhook secret. */
const sandboxUrl = z
  .string()
  .refine(
    text => /^http:\/\/sk_test_\w+:whsec_\w+@(127\.0\.0\.1|localhost):\d+$/.test(text),
    'An address of this machine with both keys: http://<key>:<secret>@127.0.0.1:24680.',
  )

const storageGb = z.coerce
  .number('A number of gigabytes.')
  .positive('More than 0 gigabytes.')
  .max(1_000_000, 'At most 1,000,000 gigabytes.')

const settings = z.object({
  PORT: z.coerce
    .number('A port number from 1 to 65535.')
    .int()
    .min(0, 'A port number from 1 to 65535.')
    .max(65535, 'A port number from 1 to 65535.')
    .default(8080),
  HOST: z.string().default('127.0.0.1'),
  AZORA_DATA_DIR: z.string().min(1).default('.azora'),
  AZORA_PUBLIC_URL: url('https?', 'https://school.example').optional(),
  AZORA_SECRET: z
    .string()
    .min(32, 'At least 32 characters, for example from `openssl rand -base64 48`.')
    .optional(),
  AZORA_PREVIOUS_SECRETS: z.string().default(''),
  AZORA_DEMO: flag.optional(),
  AZORA_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  AZORA_LOG_TO: z.enum(['file', 'console', 'both']).optional(),
  AZORA_CORS_ORIGINS: z.string().default(''),
  AZORA_TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  AZORA_RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  AZORA_LIMITS_FILE: z.string().optional(),
  AZORA_SCHOOL_STORAGE_GB: storageGb.default(100),
  AZORA_PERSON_STORAGE_GB: storageGb.default(20),
  AZORA_AUDIT_ORIGIN_DAYS: z.coerce.number().int().min(1).max(3650).default(365),
  AZORA_GOOGLE_CLIENT_ID: z.string().optional(),
  AZORA_GOOGLE_CLIENT_SECRET: z.string().optional(),
  AZORA_GOOGLE_ISSUER: providerUrl.optional(),
  AZORA_GITHUB_CLIENT_ID: z.string().optional(),
  AZORA_GITHUB_CLIENT_SECRET: z.string().optional(),
  AZORA_GITHUB_URL: providerUrl.optional(),
  AZORA_GITHUB_API_URL: providerUrl.optional(),
  AZORA_APPLE_CLIENT_ID: z.string().optional(),
  AZORA_APPLE_TEAM_ID: z.string().optional(),
  AZORA_APPLE_KEY_ID: z.string().optional(),
  AZORA_APPLE_PRIVATE_KEY: applePrivateKey.optional(),
  AZORA_APPLE_ISSUER: providerUrl.optional(),
  AZORA_PROGRAMS: z.enum(['auto', 'off'], 'Write auto or off.').default('auto'),
  AZORA_WEBHOOKS_TO_PRIVATE: flag.optional(),
  AZORA_SERVERS_URL: url('http', 'http://127.0.0.1:8090').optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(
      /^(sk|rk)_(test|live)_\w+$/,
      "A secret or restricted key from Stripe's dashboard, such as sk_live_….",
    )
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\w+$/, "The signing secret of an endpoint from Stripe's dashboard, such as whsec_….")
    .optional(),
  AZORA_STRIPE_SANDBOX_URL: sandboxUrl.optional(),
  AZORA_DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(10),
  DATABASE_URL: url('postgres(ql)?', 'postgres://user:password@host:5432/azora').optional(),
  REDIS_URL: url('rediss?', 'redis://host:6379').optional(),
  AMQP_URL: url('amqps?', 'amqp://user:password@host:5672').optional(),
  MONGODB_URL: url('mongodb(\\+srv)?', 'mongodb://host:27017').optional(),
  SMTP_URL: url('smtps?', 'smtp://user:password@host:587').optional(),
  MAIL_FROM: z.string().default('Azora <no-reply@localhost>'),
  S3_BUCKET: z.string().optional(),
  S3_ENDPOINT: url('https?', 'https://s3.example').optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().default(''),
  S3_SECRET_ACCESS_KEY: z.string().default(''),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('https?', 'http://127.0.0.1:4318').optional(),
})

/** Where each part of a cluster listens. */
const addresses = z.object(
  Object.fromEntries(partNames.map(part => [addressSettingOf(part), urls(`http://${part}:8080`).optional()])),
)

/** An identity provider by OpenID Connect; `standIn` when another address stands in for its own. */
type OidcSettings = { clientId: string; issuer: string; standIn: boolean }
export type GoogleSettings = OidcSettings & { clientSecret: string }
export type AppleSettings = OidcSettings & { teamId: string; keyId: string; privateKey: string }
export type GithubSettings = {
  clientId: string
  clientSecret: string
  url: string
  apiUrl: string
  standIn: boolean
}

export type Config = {
  port: number
  host: string
  dataDir: string
  /** Where browsers reach the system; certificates carry it. No trailing slash. */
  publicUrl: string
  secret: string | null
  previousSecrets: string[]
  /** Nobody but this machine reaches the installation. */
  forThisMachine: boolean
  /** Put the demo school, whose passwords everybody knows, into an empty installation. */
  demo: boolean
  logLevel: string
  logTo: 'file' | 'console' | 'both' | null
  corsOrigins: string[]
  trustedProxies: number
  rateLimits: boolean
  /** A file with the budgets of the tiers, in place of ours. */
  limitsFile: string | null
  /** How much the uploaded files of a school, and of each person, may take. */
  storageQuota: { schoolBytes: number; personBytes: number }
  /** For how long the audit log keeps network addresses and browsers. */
  auditOriginDays: number
  /** Where people may have accounts by which they sign in here; null for those that are not set up. */
  federation: { google: GoogleSettings | null; github: GithubSettings | null; apple: AppleSettings | null }
  /** Whether programs of learners are run where a sandbox stands, or not at all. */
  programs: 'auto' | 'off'
  /** Whether webhooks may call addresses within private networks. */
  webhooksToPrivate: boolean
  databaseConnections: number
  databaseUrl: string | null
  redisUrl: string | null
  amqpUrl: string | null
  mongodbUrl: string | null
  smtpUrl: string | null
  mailFrom: string
  s3: {
    endpoint: string | null
    region: string
    bucket: string
    accessKeyId: string
    secretAccessKey: string
  } | null
  /** Stripe, or a sandbox that another process runs; null where this installation brings its own. */
  stripe: StripeAccess | null
  otlpUrl: string | null
  /** Where the process that started embedded servers for a cluster tells how they are. */
  serversUrl: string | null
  /** Where the parts of a cluster listen, by name; several addresses of a part that runs more than once. */
  partUrls: Record<string, string[]>
}

/** A start-up that cannot succeed: what is wrong and how to mend it, one line each. */
export class StartupFault extends Error {
  readonly remedies: string[]
  constructor(remedies: string[], cause?: unknown) {
    super(remedies.join('\n'), { cause })
    this.name = 'StartupFault'
    this.remedies = remedies
  }
}

const list = (text: string) =>
  text
    .split(',')
    .map(item => item.trim())
    .filter(Boolean)

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/

/** Whether nobody but this machine can reach what is started. */
const isForThisMachine = (set: { HOST: string; AZORA_PUBLIC_URL?: string | undefined }) =>
  loopback.test(set.HOST) &&
  (set.AZORA_PUBLIC_URL === undefined || loopback.test(new URL(set.AZORA_PUBLIC_URL).hostname))

/** @throws StartupFault naming every wrong setting and what to write instead. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = settings.safeParse(given)
  const placed = addresses.safeParse(given)
  if (!parsed.success || !placed.success) {
    const issues = [parsed, placed].flatMap(({ error }) => error?.issues ?? [])
    throw new StartupFault(
      issues.map(issue => `The setting ${issue.path.join('.')} is wrong. ${issue.message}`),
    )
  }
  const set = parsed.data
  return {
    port: set.PORT,
    host: set.HOST,
    dataDir: set.AZORA_DATA_DIR,
    publicUrl: (set.AZORA_PUBLIC_URL ?? `http://localhost:${set.PORT}`).replace(/\/$/, ''),
    secret: set.AZORA_SECRET ?? null,
    previousSecrets: list(set.AZORA_PREVIOUS_SECRETS),
    forThisMachine: isForThisMachine(set),
    demo: set.AZORA_DEMO ?? (set.DATABASE_URL === undefined && isForThisMachine(set)),
    logLevel: set.AZORA_LOG_LEVEL,
    logTo: set.AZORA_LOG_TO ?? null,
    corsOrigins: list(set.AZORA_CORS_ORIGINS),
    trustedProxies: set.AZORA_TRUST_PROXY,
    rateLimits: set.AZORA_RATE_LIMITS === 'on',
    limitsFile: set.AZORA_LIMITS_FILE ?? null,
    storageQuota: {
      schoolBytes: Math.round(set.AZORA_SCHOOL_STORAGE_GB * 1e9),
      personBytes: Math.round(set.AZORA_PERSON_STORAGE_GB * 1e9),
    },
    auditOriginDays: set.AZORA_AUDIT_ORIGIN_DAYS,
    federation: federationOf(set),
    programs: set.AZORA_PROGRAMS,
    webhooksToPrivate: set.AZORA_WEBHOOKS_TO_PRIVATE ?? false,
    databaseConnections: set.AZORA_DATABASE_CONNECTIONS,
    databaseUrl: set.DATABASE_URL ?? null,
    redisUrl: set.REDIS_URL ?? null,
    amqpUrl: set.AMQP_URL ?? null,
    mongodbUrl: set.MONGODB_URL ?? null,
    smtpUrl: set.SMTP_URL ?? null,
    mailFrom: set.MAIL_FROM,
    s3: set.S3_BUCKET
      ? {
          endpoint: set.S3_ENDPOINT ?? null,
          region: set.S3_REGION,
          bucket: set.S3_BUCKET,
          accessKeyId: set.S3_ACCESS_KEY_ID,
          secretAccessKey: set.S3_SECRET_ACCESS_KEY,
        }
      : null,
    stripe: stripeOf(set),
    otlpUrl: set.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    serversUrl: set.AZORA_SERVERS_URL ?? null,
    partUrls: Object.fromEntries(
      partNames.flatMap(part => {
        const urls = placed.data[addressSettingOf(part)]
        return urls ? [[part, urls] as const] : []
      }),
    ),
  }
}

/** @throws StartupFault where one of Stripe's two secrets is there without the other. */
function stripeOf(set: z.output<typeof settings>): StripeAccess | null {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = set
  if (secretKey && webhookSecret) return { secretKey, webhookSecret, sandboxUrl: null }
  if (secretKey) {
    throw new StartupFault([
      'The setting STRIPE_WEBHOOK_SECRET is missing; it belongs with STRIPE_SECRET_KEY.',
      `In Stripe's dashboard add a webhook endpoint for <AZORA_PUBLIC_URL>${stripeWebhookPath} and copy its signing secret.`,
    ])
  }
  if (webhookSecret)
    throw new StartupFault([
      'The setting STRIPE_SECRET_KEY is missing; it belongs with STRIPE_WEBHOOK_SECRET.',
    ])
  if (!set.AZORA_STRIPE_SANDBOX_URL) return null
  const { username, password, origin } = new URL(set.AZORA_STRIPE_SANDBOX_URL)
  return { secretKey: username, webhookSecret: password, sandboxUrl: origin }
}

/** @throws StartupFault naming what is missing of a provider that is set up in part. */
function federationOf(set: z.output<typeof settings>): Config['federation'] {
  const missing: string[] = []
  function whole<K extends keyof typeof set>(...names: K[]): Record<K, string> | null {
    const unset = names.filter(name => set[name] === undefined)
    if (unset.length === 0) return set as Record<K, string>
    if (unset.length < names.length) {
      missing.push(...unset.map(name => `The setting ${name} is missing; it belongs with ${names[0]}.`))
    }
    return null
  }
  const google = whole('AZORA_GOOGLE_CLIENT_ID', 'AZORA_GOOGLE_CLIENT_SECRET')
  const github = whole('AZORA_GITHUB_CLIENT_ID', 'AZORA_GITHUB_CLIENT_SECRET')
  const apple = whole(
    'AZORA_APPLE_CLIENT_ID',
    'AZORA_APPLE_TEAM_ID',
    'AZORA_APPLE_KEY_ID',
    'AZORA_APPLE_PRIVATE_KEY',
  )
  if (missing.length > 0) throw new StartupFault(missing)
  return {
    google: google && {
      clientId: google.AZORA_GOOGLE_CLIENT_ID,
      clientSecret: google.AZORA_GOOGLE_CLIENT_SECRET,
      issuer: set.AZORA_GOOGLE_ISSUER ?? 'https://accounts.google.com',
      standIn: set.AZORA_GOOGLE_ISSUER !== undefined,
    },
    github: github && {
      clientId: github.AZORA_GITHUB_CLIENT_ID,
      clientSecret: github.AZORA_GITHUB_CLIENT_SECRET,
      url: set.AZORA_GITHUB_URL ?? 'https://github.com',
      apiUrl: set.AZORA_GITHUB_API_URL ?? 'https://api.github.com',
      standIn: set.AZORA_GITHUB_URL !== undefined || set.AZORA_GITHUB_API_URL !== undefined,
    },
    apple: apple && {
      clientId: apple.AZORA_APPLE_CLIENT_ID,
      teamId: apple.AZORA_APPLE_TEAM_ID,
      keyId: apple.AZORA_APPLE_KEY_ID,
      privateKey: apple.AZORA_APPLE_PRIVATE_KEY,
      issuer: set.AZORA_APPLE_ISSUER ?? 'https://appleid.apple.com',
      standIn: set.AZORA_APPLE_ISSUER !== undefined,
    },
  }
}

/** The server on which tests create their databases; `npm test` starts one and names it. */
export function testDatabaseUrl(): string {
  const found = process.env.AZORA_TEST_DATABASE_URL
  if (!found) {
    throw new Error(
      'Run `npm test`, or set AZORA_TEST_DATABASE_URL to a PostgreSQL server where databases may be created.',
    )
  }
  return found
}

/** A MongoDB to test against, where there is one; null leaves its tests out. */
export function testMongodbUrl(): string | null {
  return process.env.AZORA_TEST_MONGODB_URL ?? null
}

/** Where the outside material for `npm run conformance` lies. */
export function conformanceDataDir(otherwise: string): string {
  return process.env.AZORA_CONFORMANCE_DATA ?? otherwise
}
