import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { startGateway, statusOfRaw } from './testing.ts'

const script = `console.log(${JSON.stringify('a long script '.repeat(200))})`
const secret = 'not part of the application'

let folder: string
let gateway: Awaited<ReturnType<typeof startGateway>>
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azora static '))
  const dist = join(folder, 'admin')
  await mkdir(join(dist, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), secret)
  await writeFile(join(dist, 'index.html'), '<!doctype html><title>Panel</title>')
  await writeFile(join(dist, '.azora-build'), secret)
  await writeFile(join(dist, 'assets/main-1a2b.js'), script)
  await writeFile(join(dist, 'assets/main-1a2b.js.br'), brotliCompressSync(script))
  const portal = { handle: async (_req: unknown, res: { end(text: string): void }) => res.end('the portal') }
  gateway = await startGateway({ portal: portal as never, apps: new Map([['/admin', dist]]) })
})
after(async () => {
  await gateway.close()
  await rm(folder, { recursive: true, force: true })
})

const visit = (path: string, init: RequestInit = {}) => fetch(gateway.url + path, init)

test('Every address below an application is answered with its page, which routes by itself.', async () => {
  for (const path of ['/admin', '/admin/', '/admin/people', '/admin/people/some-id?tab=roles']) {
    const answer = await visit(path)
    assert.equal(answer.status, 200, path)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html; charset=utf-8$/i)
    assert.match(await answer.text(), /<title>Panel/)
  }
})

test('An address that merely begins like an application is the portal’s.', async () => {
  for (const path of ['/administrators', '/', '/courses'])
    assert.equal(await (await visit(path)).text(), 'the portal', path)
})

test('A file named by its content may be kept for a year; the page is asked for again each time.', async () => {
  const file = await visit('/admin/assets/main-1a2b.js')
  assert.equal(file.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.match(file.headers.get('content-type') ?? '', /javascript/)
  const page = await visit('/admin/people')
  assert.equal(page.headers.get('cache-control'), 'no-cache')
  const etag = page.headers.get('etag') ?? ''
  assert.notEqual(etag, '')
  // `cache` keeps fetch from asking for a full answer because of the condition.
  const again = await visit('/admin', { headers: { 'if-none-match': etag }, cache: 'no-cache' })
  assert.equal(again.status, 304)
  assert.equal(await again.text(), '')
})

test('What was compressed by the build is sent as it is to those who can read it.', async () => {
  const ask = (encoding: string) =>
    new Promise<{ encoding: string | undefined; vary: string | undefined; etag: unknown; body: Buffer }>(
      (resolve, reject) => {
        const headers = { 'accept-encoding': encoding }
        request(`${gateway.url}/admin/assets/main-1a2b.js`, { headers, agent: false }, res => {
          const chunks: Buffer[] = []
          res.on('data', chunk => chunks.push(chunk))
          res.on('end', () =>
            resolve({
              encoding: res.headers['content-encoding'],
              vary: res.headers.vary,
              etag: res.headers.etag,
              body: Buffer.concat(chunks),
            }),
          )
        })
          .on('error', reject)
          .end()
      },
    )
  const small = await ask('gzip, br')
  assert.equal(small.encoding, 'br')
  assert.match(small.vary ?? '', /Accept-Encoding/i)
  assert.equal(brotliDecompressSync(small.body).toString(), script)
  // Nothing was zipped: better whole than not at all.
  const whole = await ask('gzip')
  assert.equal(whole.encoding, undefined)
  assert.equal(whole.body.toString(), script)
  assert.notEqual(whole.etag, small.etag)
})

test('Applications get a policy that allows scripts from files of ours alone.', async () => {
  for (const path of ['/admin', '/admin/assets/main-1a2b.js', '/admin/assets/none.js']) {
    const { headers } = await visit(path)
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'; script-src 'self';/, path)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /nonce|unsafe-eval|script-src[^;]*unsafe-inline/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
  }
})

test('A file that is not there is not found, rather than answered with a page.', async () => {
  const missing = [
    '/admin/assets/main-0000.js',
    '/admin/assets/none',
    '/admin/none.js',
    '/admin/people/a.css',
  ]
  for (const path of [...missing, '/admin/.azora-build', '/admin/assets/main-1a2b.js.br']) {
    const answer = await visit(path)
    assert.equal(answer.status, 404, path)
    assert.doesNotMatch(await answer.text(), /Panel|not part/)
  }
})

test('No address leads out of the folder of an application.', async () => {
  const hostile = [
    '/admin/../secret.txt',
    '/admin/../../etc/passwd',
    '/admin/%2e%2e/secret.txt',
    '/admin/%2e%2e/',
    '/admin/..%2fsecret.txt',
    '/admin/assets/..%5c..%5csecret.txt',
    '/admin//etc/passwd',
    '/admin/%00.js',
    '/admin\\..\\secret.txt',
  ]
  for (const path of hostile) assert.equal(await statusOfRaw(gateway.port, path), 400, path)
  // Written twice over it is plain text, and names no file.
  assert.equal(await statusOfRaw(gateway.port, '/admin/%252e%252e/secret.txt'), 404)
})

test('HEAD gets what GET would, without the body; nothing else is taken.', async () => {
  const head = await visit('/admin/assets/main-1a2b.js', {
    method: 'HEAD',
    headers: { 'accept-encoding': 'identity' },
  })
  assert.equal(head.status, 200)
  assert.equal(head.headers.get('content-length'), String(script.length))
  assert.equal(await head.text(), '')
  const post = await visit('/admin', { method: 'POST' })
  assert.equal(post.status, 405)
  assert.equal(post.headers.get('allow'), 'GET, HEAD')
})

test('An application that was not built is a fault of ours, not an empty page.', async () => {
  const other = await startGateway({ apps: new Map([['/developers', join(folder, 'nowhere')]]) })
  try {
    assert.equal((await fetch(`${other.url}/developers`)).status, 500)
  } finally {
    await other.close()
  }
})

test('Files of version control and settings beside the system are nowhere to be had.', async () => {
  await mkdir(join(folder, 'admin', '.git'), { recursive: true })
  await writeFile(join(folder, 'admin', '.git', 'config'), secret)
  await writeFile(join(folder, 'admin', '.env'), secret)
  const outside = ['/.git/config', '/.git/HEAD', '/.env', '/package-lock.json', '/services/auth/service.ts']
  const beside = ['/admin/.git/config', '/admin/.env', '/admin/assets/../.git/config', '/admin/%2egit/config']
  for (const path of [...outside, ...beside]) {
    const answer = await visit(path)
    assert.ok(!(await answer.text()).includes(secret), path)
  }
})

test('The frame of programs has no origin and no network, runs its own script alone, and stands in our pages only.', async () => {
  const dist = join(folder, 'programs')
  const script = 'addEventListener("message", () => {})'
  await mkdir(dist, { recursive: true })
  await writeFile(join(dist, 'index.html'), `<!doctype html><script type="module">${script}</script>`)
  await writeFile(join(dist, 'files.json'), '{}')
  const other = await startGateway({ apps: new Map([['/programs', dist]]) })
  try {
    for (const path of ['/programs', '/programs/files.json']) {
      const { status, headers } = await fetch(other.url + path)
      assert.equal(status, 200, path)
      const directives = new Map(
        (headers.get('content-security-policy') ?? '').split('; ').map(one => {
          const [name = '', ...values] = one.split(' ')
          return [name, values.join(' ')]
        }),
      )
      const hash = createHash('sha256').update(script).digest('base64')
      assert.deepEqual(Object.fromEntries(directives), {
        sandbox: 'allow-scripts',
        'default-src': "'none'",
        'script-src': `'sha256-${hash}' 'wasm-unsafe-eval' blob:`,
        'worker-src': 'blob:',
        'frame-ancestors': "'self'",
        'base-uri': "'none'",
        'form-action': "'none'",
      })
      assert.equal(headers.get('access-control-allow-origin'), null)
      assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN')
    }
  } finally {
    await other.close()
  }
})
