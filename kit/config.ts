import { z } from 'zod'

/** Everything that can be set, parsed once at the edge. This is the one file that reads the environment. */

const url = (scheme: string, example: string) =>
  z.string().refine(
    text =>
      new RegExp(`^(${scheme})://.`).test(text) &&
      // MongoDB's replica sets and RFC 3986 disagree: several hosts stand there where a URL has one.
      (URL.canParse(text) || URL.canParse(text.replace(/,[^/?]+/, ''))),
    `An address such as ${example}.`,
  )

const flag = z
  .enum(['true', 'false', '1', '0'], 'Write true or false.')
  .transform(text => text === 'true' || text === '1')

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
  AZORA_AUTH_URL: url('https?', 'http://auth:8080').optional(),
  AZORA_EDUCATION_URL: url('https?', 'http://education:8080').optional(),
  AZORA_ASSESSMENT_URL: url('https?', 'http://assessment:8080').optional(),
  AZORA_INTEGRATIONS_URL: url('https?', 'http://integrations:8080').optional(),
  AZORA_PORTAL_URL: url('https?', 'http://portal:8080').optional(),
  AZORA_GATEWAY_URL: url('https?', 'http://gateway:8080').optional(),
})

export type Config = {
  port: number
  host: string
  dataDir: string
  /** Where browsers reach the system; certificates carry it. No trailing slash. */
  publicUrl: string
  secret: string | null
  previousSecrets: string[]
  demo: boolean | null
  logLevel: string
  logTo: 'file' | 'console' | 'both' | null
  corsOrigins: string[]
  trustedProxies: number
  rateLimits: boolean
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
  otlpUrl: string | null
  /** Where the parts of a cluster listen, by name. */
  partUrls: Record<string, string>
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

/** @throws StartupFault naming every wrong setting and what to write instead. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = settings.safeParse(given)
  if (!parsed.success) {
    throw new StartupFault(
      parsed.error.issues.map(issue => `The setting ${issue.path.join('.')} is wrong. ${issue.message}`),
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
    demo: set.AZORA_DEMO ?? null,
    logLevel: set.AZORA_LOG_LEVEL,
    logTo: set.AZORA_LOG_TO ?? null,
    corsOrigins: list(set.AZORA_CORS_ORIGINS),
    trustedProxies: set.AZORA_TRUST_PROXY,
    rateLimits: set.AZORA_RATE_LIMITS === 'on',
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
    otlpUrl: set.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    partUrls: Object.fromEntries(
      (['auth', 'education', 'assessment', 'integrations', 'portal', 'gateway'] as const)
        .map(name => [name, set[`AZORA_${name.toUpperCase() as Uppercase<typeof name>}_URL`]] as const)
        .filter((entry): entry is readonly [(typeof entry)[0], string] => entry[1] !== undefined),
    ),
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
