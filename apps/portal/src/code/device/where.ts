import { type DeviceLanguage, deviceLanguages } from '@azora/web/programs/protocol.ts'
import type { Place } from './choice.ts'

/** Where a program runs: decided from what it is, what the device can do and what its owner wants. */

export type Asked = {
  language: string
  /** With an input of one's own, in place of the tests. */
  own: boolean
  tests: { unit?: string | undefined }[]
  /** Rules of style are checked along with the tests. */
  hasStyle: boolean
  files: { path: string; content: string }[]
}

export type Device = {
  /** It has what running takes: workers and WebAssembly. */
  isAble: boolean
  isOnline: boolean
  /** The language lies on it. */
  isKept: boolean
  chosen: Place | null
}

export const runsOnDevices = (language: string): language is DeviceLanguage =>
  deviceLanguages.some(one => one === language)

/** A kind of run that the device knows, whatever the program is. */
const isSimple = ({ language, own, tests, hasStyle }: Omit<Asked, 'files'>) =>
  runsOnDevices(language) && (own || (!hasStyle && tests.every(({ unit }) => unit === undefined)))

// What behaves differently in a browser, or is not there. What is overlooked here tells of itself when it runs.
const serverModules = [
  ...['asyncio', 'concurrent', 'ctypes', 'curses', 'multiprocessing', 'socket', 'socketserver', 'subprocess'],
  ...['threading', 'tkinter', 'urllib.request', 'http', 'resource', 'fcntl', 'pwd', 'grp', 'signal'],
  // Of the browser: the server says that there are none.
  ...['js', 'pyodide', 'pyodide_js', '_pyodide', 'micropip'],
]
const importsInPython = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import|import[ \t]+([\w., \t]+))/gm

function pythonNeeds(text: string): string | null {
  for (const [, from, list] of text.matchAll(importsInPython))
    for (const name of (from ?? list ?? '').split(',')) {
      const module = name.trim().split(/\s/)[0] ?? ''
      const found = serverModules.find(one => module === one || module.startsWith(`${one}.`))
      if (found) return found
    }
  return null
}

/** Errors in what runs later are lost in a browser, and end a program of Node. */
const later = /\b(?:async|Promise)\b/
const modulesInNode = /\b(?:require\(|from|import)\s*['"]((?:node:)?[a-z][\w/]*)['"]/g
const nodeModules = ['fs', 'readline', 'process', 'util']

function javascriptNeeds(text: string): string | null {
  const match = later.exec(text)
  if (match) return match[0]
  for (const [, name = ''] of text.matchAll(modulesInNode))
    if (!nodeModules.includes(name.replace(/^node:/, ''))) return name
  return null
}

/** What a program uses that only the server has; null where nothing of it is known. */
export function serverNeeds({ language, files }: Pick<Asked, 'language' | 'files'>): string | null {
  const needs = language === 'python' ? pythonNeeds : javascriptNeeds
  for (const { path, content } of files) {
    if (!/\.(?:py|js|mjs|cjs)$/.test(path)) continue
    const found = needs(content)
    if (found) return found
  }
  return null
}

/** `ask` where the language would have to be fetched first, and is large. */
export function whereToRun(asked: Asked, { isAble, isOnline, isKept, chosen }: Device): Place | 'ask' {
  if (!isAble || !isSimple(asked) || serverNeeds(asked) !== null) return 'server'
  // Without a connection there is no server, whatever was chosen before.
  if (!isOnline) return isKept ? 'device' : 'server'
  if (chosen !== null) return chosen
  return isKept || asked.language === 'javascript' ? 'device' : 'ask'
}
