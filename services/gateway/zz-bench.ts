import { Agent, createServer, request } from 'node:http'
import { createLimiter as limiterOf } from '@azora/kit/limits.ts'
import { createLog } from '@azora/kit/log.ts'
import express from 'express'
import { signToken, startGateway } from './testing.ts'

const mode = process.argv[2]
const body = JSON.stringify({
  items: Array.from({ length: 10 }, (_, i) => ({ id: i, title: `Course ${i}` })),
})
const answer = (_req: unknown, res: any) => {
  res.statusCode = 200
  res.setHeader('Content-Type', 'application/json; charset=utf-8')
  res.setHeader('Content-Length', Buffer.byteLength(body))
  res.end(body)
}
let url: string
if (mode === 'bare') {
  const s = createServer(answer as any)
  await new Promise<void>(r => s.listen(0, '127.0.0.1', r))
  url = `http://127.0.0.1:${(s.address() as any).port}`
} else {
  const router = express.Router()
  router.get('/auth/me', answer as any)
  const log = mode!.includes('nolog')
    ? { debug() {}, info() {}, warn() {}, error() {} }
    : createLog({ level: 'info', file: '/tmp/bench-access.log', console: false })('gateway')
  const g = await startGateway({
    ...(mode!.includes('sink')
      ? {
          accessSink: (await import('node:fs'))
            .createWriteStream('/tmp/bench-access2.log')
            .write.bind((await import('node:fs')).createWriteStream('/tmp/bench-access2.log')) as any,
        }
      : {}),
    services: new Map([['auth', router]]),
    log,
    ...((mode!.includes('nolimit') ? ({ config: { rateLimits: false } } as any) : { config: {} }) as any),
    ...(mode!.includes('nolimit')
      ? {}
      : {
          limiter: (() => {
            const l = limiterOf(null)
            return (k: string, b: any) => l(k, { ...b, points: 1e9 })
          })(),
        }),
  })
  url = g.url
}
const sink = 1
const token = await signToken({ roles: ['admin'] })
process.send!({ url, token })
process.on('message', m => (m === 'exit' ? process.exit(0) : process.send!({ cpu: process.cpuUsage() })))
