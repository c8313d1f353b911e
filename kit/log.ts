import { Writable } from 'node:stream'
import winston from 'winston'
import { correlationId } from './context.ts'
import { openLineFile } from './line-file.ts'

export type Logger = {
  debug(message: string, fields?: Record<string, unknown>): void
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
}

// Field names whose values never reach a log, whatever they hold.
const secret = /pass(word)?|secret|token|authorization|cookie|api.?key|private|seed|csrf/i
const email = /[\w.+-]+@[\w-]+\.[\w.-]+/g
const bearer = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g

// Far more than a line needs; the patterns above take time that grows with the square of a word's length.
const mostText = 8000

/** Text without e-mail addresses and tokens, cut where it is very long. */
export function maskText(text: string): string {
  const bounded = text.length > mostText ? `${text.slice(0, mostText)}…` : text
  return bounded.replace(email, '[e-mail]').replace(bearer, '[token]')
}

/** A copy fit for a log: secrets and personal addresses masked, depth and length bounded. */
export function masked(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value.length > 2000 ? `${value.slice(0, 2000)}…` : value)
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? value.toString() : value
  if (depth > 5) return '[deep]'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toISOString()
  if (value instanceof Error) {
    return {
      name: value.name,
      message: maskText(value.message),
      stack: maskText(value.stack ?? ''),
      ...(value.cause ? { cause: masked(value.cause, depth + 1) } : {}),
      ...(value instanceof AggregateError ? { errors: masked(value.errors, depth + 1) } : {}),
    }
  }
  if (Array.isArray(value)) return value.slice(0, 50).map(item => masked(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      secret.test(key) ? '[masked]' : key === 'email' ? '[e-mail]' : masked(item, depth + 1),
    ]),
  )
}

type LogTarget = { level: string; file: string | null; console: boolean }

/** JSON lines with time, level, service and correlation id: to a file, to standard output, or both. */
export function createLog(target: LogTarget): (service: string) => Logger {
  const transports: winston.transport[] = []
  if (target.console) transports.push(new winston.transports.Console({ stderrLevels: [] }))
  if (target.file) {
    // Winston's own file transport stops for good at the first write that fails.
    const write = openLineFile(target.file, { maxBytes: 20_000_000, keep: 4, name: 'log' })
    const stream = new Writable({
      decodeStrings: false,
      write(line, _encoding, done) {
        write(String(line))
        done()
      },
    })
    transports.push(new winston.transports.Stream({ stream, eol: '\n' }))
  }
  const root = winston.createLogger({
    level: target.level,
    format: winston.format.json(),
    transports,
    silent: transports.length === 0,
    exitOnError: false,
  })
  return service => {
    const write = (level: string) => (message: string, fields?: Record<string, unknown>) => {
      if (!root.isLevelEnabled(level)) return
      root.log({
        level,
        message: maskText(message),
        time: new Date().toISOString(),
        service,
        correlationId: correlationId(),
        ...(fields ? (masked(fields) as object) : {}),
      })
    }
    return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  }
}
