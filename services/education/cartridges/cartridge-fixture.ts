import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { importNames } from '@azora/contracts/education/import-names.ts'
import { importReasons } from '@azora/contracts/education/import-reasons.ts'
import yazl from 'yazl'
import type { CartridgeLimits, ImportReport } from './cartridge.ts'
import { type OpenCartridge, openCartridge } from './read-cartridge.ts'

/** Small cartridges built for the tests, in memory. */

export type FixtureFiles = Record<string, string | Buffer>

export async function zipOf(
  files: FixtureFiles,
  options: Record<string, { mode?: number; compress?: boolean }> = {},
): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [path, content] of Object.entries(files))
    zip.addBuffer(Buffer.from(content), path, options[path])
  zip.end()
  return buffer(zip.outputStream)
}

/** Every occurrence of a name replaced by another of the same length: zip writers refuse hostile names. */
export function renamed(zip: Buffer, from: string, to: string): Buffer {
  const [old, wanted] = [Buffer.from(from), Buffer.from(to)]
  if (old.length !== wanted.length) throw new Error('names must have the same length')
  const copy = Buffer.from(zip)
  for (let at = copy.indexOf(old); at >= 0; at = copy.indexOf(old, at + 1)) wanted.copy(copy, at)
  return copy
}

/** Offset of the entry's record in the central directory (APPNOTE 4.3.12). */
export function directoryRecord(zip: Buffer, path: string): number {
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4)) {
    const nameLength = zip.readUInt16LE(at + 28)
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === path) return at
  }
  throw new Error(`no ${path} in the directory`)
}

/** Whatever is told of a cartridge has its text in the contracts, and the values that the text speaks of. */
function assertTold({ entries }: ImportReport): void {
  const isTold = (texts: Record<string, string>, { code, values }: { code: string; values: object }) => {
    const text = texts[code] ?? assert.fail(`There is no text for ${code}.`)
    for (const [, name = ''] of text.matchAll(/\{(\w+)\}/g))
      assert.ok(Object.hasOwn(values, name), `${code} does not say its ${name}.`)
  }
  for (const { became, reasons } of entries) {
    isTold(importNames, became)
    for (const reason of reasons) isTold(importReasons, reason)
  }
}

/** Runs `use` with the opened cartridge, and removes the file whatever happens. */
export async function withCartridge<T>(
  content: FixtureFiles | Buffer,
  use: (cartridge: OpenCartridge) => Promise<T> | T,
  limits?: Partial<CartridgeLimits>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'azora-cartridge-'))
  try {
    const path = join(folder, 'course.imscc')
    await writeFile(path, Buffer.isBuffer(content) ? content : await zipOf(content))
    const cartridge = await openCartridge(path, limits)
    try {
      assertTold(cartridge.report)
      return await use(cartridge)
    } finally {
      await cartridge.close()
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

export function manifestXml(parts: {
  title?: string
  items?: string
  resources?: string
  general?: string
}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1" xmlns:lom="http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion>
<lom:lom><lom:general><lom:title><lom:string>${parts.title ?? 'Rivers'}</lom:string></lom:title>${parts.general ?? ''}</lom:general></lom:lom></metadata>
<organizations><organization identifier="o" structure="rooted-hierarchy"><item identifier="root">${parts.items ?? ''}</item></organization></organizations>
<resources>${parts.resources ?? ''}</resources></manifest>`
}

export const item = (id: string, title: string, inside: string, resourceId?: string) =>
  `<item identifier="${id}"${resourceId ? ` identifierref="${resourceId}"` : ''}><title>${title}</title>${inside}</item>`

export const resource = (id: string, href: string, type = 'webcontent', inside = '') =>
  `<resource identifier="${id}" type="${type}" href="${href}"><file href="${href}"/>${inside}</resource>`

/** A course of one page, with other entries beside it. */
export const onePage = (html: string, files: FixtureFiles = {}): FixtureFiles => ({
  'imsmanifest.xml': manifestXml({
    items: item('m1', 'Unit', item('i1', 'Page', '', 'r1')),
    resources: resource('r1', 'pages/page.html'),
  }),
  'pages/page.html': html,
  ...files,
})
