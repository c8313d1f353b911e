import { createServer } from 'node:http'
import pg from 'pg'

/**
 * The bare handler that the system is compared with: `node:http` and `pg`, nothing else. It runs the given
 * prepared statement and answers the given bytes. Started by `bench/run.ts` with its orders on standard input.
 */

type Orders = { url: string; statements: { text: string; name: string; values: unknown[] }[]; body: string }

let text = ''
for await (const chunk of process.stdin) text += chunk
const orders = JSON.parse(text) as Orders
const body = Buffer.from(orders.body)
const pool = new pg.Pool({ connectionString: orders.url, max: 10 })

const server = createServer(async (_req, res) => {
  for (const statement of orders.statements) await pool.query({ ...statement, rowMode: 'array' })
  res.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length })
  res.end(body)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`)
})
process.on('SIGTERM', () => process.exit(0))
