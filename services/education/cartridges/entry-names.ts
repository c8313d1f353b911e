import type { ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { nameFrom } from '@azora/contracts/names.ts'

/** Names inside an archive are chosen by strangers: which are refused, and how the others are shown. */

/** The faults of one entry whose reasons name it and nothing else. */
export type EntryFault = Exclude<ImportReason['code'] & `entry_${string}`, 'entry_grows' | 'entry_too_large'>

/** Why a path may not be used, or null when it is an ordinary relative path. */
export function pathFault(path: string): EntryFault | null {
  if (path === '') return 'entry_unnamed'
  if (path.includes('\0')) return 'entry_nul'
  if (path.startsWith('/')) return 'entry_absolute'
  if (/^[a-zA-Z]:/.test(path)) return 'entry_drive'
  if (path.split('/').includes('..')) return 'entry_climbs'
  return null
}

/** The text on one line, as names are kept (contracts/names.ts), at most `maxLength` characters. */
export function shownText(text: string, maxLength = 200): string {
  const clean = nameFrom(text, 20_000)
  const characters = [...clean]
  return characters.length <= maxLength ? clean : `${characters.slice(0, maxLength - 1).join('')}…`
}

/** A file's name fit to show and to save under: no path, no reserved characters, its extension kept. */
export function shownFileName(path: string): string {
  const last = path.split('/').filter(Boolean).at(-1) ?? ''
  const clean = shownText(last, 20_000)
    .replace(/[<>:"/\\|?*]/g, '_')
    .replace(/^\.+/, '')
  if (clean === '') return 'file'
  const characters = [...clean]
  if (characters.length <= 120) return clean
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? ''
  return `${characters.slice(0, 119 - extension.length).join('')}…${extension}`
}

/** Folder of a path inside the archive, with its trailing slash; empty at the top. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** `a/b/../c` to `a/c`; null when it climbs out of the archive. */
export function normalisedPath(path: string): string | null {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}

/** At most `maxLength` UTF-16 units, as the database and the contracts count; no character is cut in half. */
export function cutText(text: string, maxLength: number): string {
  const whole = text.toWellFormed()
  if (whole.length <= maxLength) return whole
  const splits = /[\uD800-\uDBFF]/.test(whole.charAt(maxLength - 1))
  return whole.slice(0, splits ? maxLength - 1 : maxLength).trimEnd()
}
