import { programsCache } from '@azora/web/offline/caches.ts'
import {
  type DeviceLanguage,
  type FilesOfLanguage,
  type LoadLanguage,
  type ProgramFiles,
  programFilesAddress,
  programsAddress,
} from '@azora/web/programs/protocol.ts'
import { rememberKept } from './choice.ts'

/** The files of a language: fetched once, and kept on the device with the page of the frame that they run in. */

/** How far it is, from 0 to 1. */
type Tell = (part: number) => void

// A browser that keeps nothing runs it all the same.
const cacheOf = async () =>
  'caches' in globalThis ? await caches.open(programsCache).catch(() => null) : null

async function listed(cache: Cache | null): Promise<ProgramFiles> {
  try {
    const answer = await fetch(programFilesAddress)
    if (!answer.ok) throw new Error(`${programFilesAddress} answered ${answer.status}.`)
    // A device that is full runs it all the same.
    await cache?.put(programFilesAddress, answer.clone()).catch(() => {})
    return await answer.json()
  } catch (failure) {
    const kept = await cache?.match(programFilesAddress)
    if (kept) return kept.json()
    throw failure
  }
}

async function read(answer: Response, told: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const reader = answer.body?.getReader()
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    pieces.push(next.value)
    told(next.value.length)
  }
  return pieces
}

async function fileAt(address: string, cache: Cache | null, told: (bytes: number) => void): Promise<Blob> {
  const kept = await cache?.match(address)
  if (kept) {
    const blob = await kept.blob()
    told(blob.size)
    return blob
  }
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}.`)
  const blob = new Blob(await read(answer, told))
  // A device that is full runs it all the same.
  await cache?.put(address, new Response(blob)).catch(() => {})
  return blob
}

const filesOf = ({ script, wasm, library }: FilesOfLanguage) =>
  [script, wasm, library].filter(file => file !== null)

/** @throws where they cannot be had. */
export async function fetchLanguage(language: DeviceLanguage, tell: Tell): Promise<LoadLanguage['load']> {
  const cache = await cacheOf()
  const all = await listed(cache)
  const own = all[language]
  const whole = filesOf(own).reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  const told = (bytes: number) => {
    done += bytes
    tell(Math.min(1, done / whole))
  }
  const script = await (await fileAt(own.script.path, cache, told)).text()
  const wasm = await (await fileAt(own.wasm.path, cache, told)).arrayBuffer()
  const library = own.library && (await (await fileAt(own.library.path, cache, told)).arrayBuffer())
  if (cache) await keepFrame(language, cache, all)
  return { script, wasm, library }
}

/** The page of the frame is kept as well; what an older version of a language needed goes. */
async function keepFrame(language: DeviceLanguage, cache: Cache, all: ProgramFiles): Promise<void> {
  try {
    await cache.add(programsAddress)
    const named = new Set(Object.values(all).flatMap(files => filesOf(files).map(({ path }) => path)))
    for (const { url } of await cache.keys()) {
      const { pathname } = new URL(url)
      if (pathname.startsWith(`${programsAddress}/assets/`) && !named.has(pathname)) await cache.delete(url)
    }
    const paths = filesOf(all[language]).map(({ path }) => cache.match(path))
    if ((await Promise.all(paths)).every(Boolean)) rememberKept(language)
  } catch (failure) {
    console.warn('Programs could not be kept for offline; what was kept before stays.', failure)
  }
}
