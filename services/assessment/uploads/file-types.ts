import type { uploadKinds } from '@azora/contracts/assessment/question-types/upload.ts'

/**
 * What a file is, told by its first bytes. Its name is asked only among types that begin alike: the files of word
 * processors are all ZIP archives, which nobody opens here, and plain text has no beginning of its own. A name that ends
 * as another type does is given the ending of its content.
 */

export type UploadKind = (typeof uploadKinds)[number]
export type FileType = { kind: UploadKind; mediaType: string; ending: string }

/** As many bytes as are looked at. */
export const headBytes = 4096

const type = (kind: UploadKind, mediaType: string, ending: string): FileType => ({ kind, mediaType, ending })

const office: Record<string, FileType> = Object.fromEntries(
  [
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    ['odt', 'application/vnd.oasis.opendocument.text'],
    ['ods', 'application/vnd.oasis.opendocument.spreadsheet'],
    ['odp', 'application/vnd.oasis.opendocument.presentation'],
  ].map(([ending, mediaType]) => [ending, type('document', mediaType as string, ending as string)]),
)

/** Brands of ISO media files (ISO/IEC 14496-12) that hold photos as HEVC, and those that hold sound. */
const heicBrand = /^(hei[cmsx]|hev[cmx]|mif1|msf1)$/
const soundBrand = /^(M4A |M4B |isom|iso[2-6]|mp4[12]|dash)$/

/** MPEG audio of layer III, and AAC in its own frames, by the bits of their first header. */
const isMp3 = (head: Buffer) =>
  head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2 && ((head[2] ?? 0xf0) & 0xf0) !== 0xf0
const isAac = (head: Buffer) => head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0

/**
 * @param head the first bytes, at most `headBytes`
 * @returns `heic` for a photo that browsers do not show, null for what is none of all these
 */
export function fileTypeOf(head: Buffer, name: string): FileType | 'heic' | null {
  const text = head.toString('latin1')
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (text.startsWith('%PDF-')) return type('document', 'application/pdf', 'pdf')
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return type('photo', 'image/png', 'png')
  if (text.startsWith('\xff\xd8\xff')) return type('photo', 'image/jpeg', 'jpg')
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return type('photo', 'image/webp', 'webp')
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WAVE') return type('audio', 'audio/wav', 'wav')
  if (text.startsWith('OggS')) return type('audio', 'audio/ogg', 'ogg')
  if (text.startsWith('\x1aE\xdf\xa3') && text.slice(0, 64).includes('webm'))
    return type('audio', 'audio/webm', 'webm')
  if (text.slice(4, 8) === 'ftyp') {
    const brand = text.slice(8, 12)
    if (heicBrand.test(brand)) return 'heic'
    return soundBrand.test(brand) ? type('audio', 'audio/mp4', 'm4a') : null
  }
  if (text.startsWith('ID3') || isMp3(head)) return type('audio', 'audio/mpeg', 'mp3')
  if (isAac(head)) return type('audio', 'audio/aac', 'aac')
  if (text.startsWith('PK\x03\x04')) return office[ending] ?? null
  return ending === 'txt' && !text.includes('\0') ? type('document', 'text/plain', 'txt') : null
}

/** Other endings under which files of these types go. */
const alike: Record<string, readonly string[]> = {
  jpg: ['jpeg'],
  ogg: ['oga', 'opus'],
  m4a: ['mp4'],
  webm: ['weba'],
}

/** A name that ends as its content does: who saves it and opens it runs nothing else. */
export function nameEndingAs(name: string, { ending }: Pick<FileType, 'ending'>): string {
  const given = /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase()
  return given === ending || alike[ending]?.includes(given ?? '') ? name : `${name}.${ending}`
}
