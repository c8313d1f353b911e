import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@azora/kit/errors.ts'
import type { Request, Response } from 'express'
import { contentType } from 'mime-types'
import { programsAddress } from './programs-address.ts'
import { createSecurityHeaders } from './security-headers.ts'

/**
 * Applications that are made of files. They are a few, small and do not change while the gateway runs, so all of
 * them are held in memory: an address either names one of them or nothing, and no path ever reaches the file
 * system.
 */

type File = {
  type: string
  etag: string
  /** The bytes by content encoding; `identity` is always there. */
  bodies: Map<Encoding, Buffer>
}
type Files = { byPath: Map<string, File>; scripts: string[] }

// In the order of preference: what the build made best comes first.
const encodings = ['br', 'gzip', 'identity'] as const
type Encoding = (typeof encodings)[number]
const suffixes = { br: '.br', gzip: '.gz', identity: '' } as const

const assets = '/assets/'
const page = '/index.html'
const forOneYear = 'public, max-age=31536000, immutable'

async function readFiles(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const all = new Map<string, Buffer>()
  await Promise.all(
    entries
      .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
      .map(async entry => {
        const path = join(entry.parentPath, entry.name)
        all.set(path.slice(folder.length).replaceAll('\\', '/'), await readFile(path))
      }),
  )
  const files: Files['byPath'] = new Map()
  for (const [name, body] of all) {
    if (/\.(?:br|gz)$/.test(name)) continue
    const bodies = new Map<Encoding, Buffer>()
    for (const encoding of encodings) {
      const encoded = all.get(`${name}${suffixes[encoding]}`)
      if (encoded) bodies.set(encoding, encoded)
    }
    files.set(name, {
      type: contentType(name.slice(name.lastIndexOf('/') + 1)) || 'application/octet-stream',
      etag: createHash('sha256').update(body).digest('base64url').slice(0, 22),
      bodies,
    })
  }
  if (!files.has(page)) throw new Error(`${folder} has no index.html: the application was not built.`)
  return { byPath: files, scripts: scriptsIn(files.get(page)?.bodies.get('identity')?.toString() ?? '') }
}

/** The hashes of the scripts that stand in a page, as a policy names them (CSP level 3, 2.3.1). */
function scriptsIn(html: string): string[] {
  const scripts = [...html.matchAll(/<script type="module">([\s\S]*?)<\/script>/g)]
  return scripts.map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
}

/** The files by their path below the application, such as `/assets/main-1a2b.js`, at an address of it. */
function fileAt(files: Files['byPath'], below: string): { file: File; lasting: boolean } {
  const named = files.get(below)
  if (named && below !== page) return { file: named, lasting: below.startsWith(assets) }
  // A file that is gone must not be answered with a page: a browser would run it as a script, or keep it as one.
  const looksLikeFile = below.startsWith(assets) || /\/\.|\.[a-z0-9]{1,8}$/i.test(below)
  const start = files.get(page)
  if ((looksLikeFile && below !== page) || !start) throw new AppError('not_found')
  return { file: start, lasting: false }
}

function send(req: Request, res: Response, { file, lasting }: ReturnType<typeof fileAt>): void {
  const accepted = req.acceptsEncodings([...encodings].filter(encoding => file.bodies.has(encoding)))
  const encoding = encodings.find(one => one === accepted) ?? 'identity'
  const body = file.bodies.get(encoding) ?? Buffer.alloc(0)
  const etag = `"${file.etag}${encoding === 'identity' ? '' : `-${encoding}`}"`
  res.setHeader('Content-Type', file.type)
  res.setHeader('Cache-Control', lasting ? forOneYear : 'no-cache')
  res.setHeader('ETag', etag)
  res.vary('Accept-Encoding')
  if (req.fresh) return void res.status(304).end()
  if (encoding !== 'identity') res.setHeader('Content-Encoding', encoding)
  res.setHeader('Content-Length', body.length)
  res.end(req.method === 'HEAD' ? undefined : body)
}

/**
 * Answers requests for the applications, given by where they stand (`/admin`) and the folder that their build made;
 * false when an address is of none of them. Addresses below one that name no file are answered with its page, which
 * knows its own routes.
 * @throws AppError `not_found` for a file that is not there, `method_not_allowed` for anything but reading.
 */
export function createStaticApps({ apps, secure }: { apps: ReadonlyMap<string, string>; secure: boolean }) {
  const headers = createSecurityHeaders({ secure })
  const read = new Map<string, Promise<Files>>()

  function filesOf(mount: string, folder: string): Promise<Files> {
    const known = read.get(mount)
    if (known) return known
    const files = readFiles(folder)
    read.set(mount, files)
    // What failed once is tried again at the next request.
    files.catch(() => read.delete(mount))
    return files
  }

  return async (req: Request, res: Response, path: string): Promise<boolean> => {
    for (const [mount, folder] of apps) {
      if (path !== mount && !path.startsWith(`${mount}/`)) continue
      headers.app(res)
      const { byPath, scripts } = await filesOf(mount, folder)
      if (mount === programsAddress) headers.programs(res, scripts)
      if (req.method !== 'GET' && req.method !== 'HEAD') {
        res.setHeader('Allow', 'GET, HEAD')
        throw new AppError('method_not_allowed')
      }
      send(req, res, fileAt(byPath, path.slice(mount.length)))
      return true
    }
    return false
  }
}
