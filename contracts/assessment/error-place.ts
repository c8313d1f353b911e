import { limits } from '../limits.ts'

/** Where in the learner's own files a program failed, from what its language says of it. */
export type ErrorPlace = { path: string; line: number; message: string }

type Reader = {
  /** Path and line of a place. */
  place: RegExp
  /** Which of several is the learner's: the last call that Python tells of, the first of the others. */
  which: 'first' | 'last'
  /** What a line says that tells what is wrong; of several the same one. */
  message: RegExp
}

// The folder of the sandbox, or none where the language names files as it was given them.
const node: Reader = {
  place: /(?:file:\/\/)?\/program\/([\w./-]+):(\d+)/g,
  which: 'first',
  message: /^(?:Uncaught )?(\w*(?:Error|Exception)\b.*)$/,
}

const readers: Record<string, Reader> = {
  python: {
    place: /File "\/program\/([\w./-]+)", line (\d+)/g,
    which: 'last',
    message: /^(\w[\w.]*(?:: .*)?)$/,
  },
  javascript: node,
  typescript: node,
  sql: { place: /^([\w./-]+), line (\d+): /gm, which: 'first', message: /^[\w./-]+, line \d+: (.*)$/ },
  c: { place: /^([\w./-]+):(\d+):\d+: error/gm, which: 'first', message: /error: (.*)$/ },
}

const longestMessage = 300
// A learner can print anything as errors, and some of it would take long to look through.
const lookedThrough = 4_000
/** A file has fewer, as it has fewer characters. */
const mostLines = 1_000_000

/** Null where it names no place in the files of the program. @param errors what the program wrote as errors */
export function errorPlaceOf(language: string, errors: string): ErrorPlace | null {
  const reader = readers[language]
  if (!reader) return null
  const last = reader.which === 'last'
  const text = last ? errors.slice(-lookedThrough) : errors.slice(0, lookedThrough)
  const places = [...text.matchAll(reader.place)]
  const place = last ? places.at(-1) : places[0]
  const [, path, line] = place ?? []
  // A program can write such a place itself, of a file and a line that there are nowhere.
  if (!path || path.length > limits.programPathLength || Number(line) > mostLines) return null
  const messages = text.split('\n').flatMap(line => reader.message.exec(line)?.[1] ?? [])
  const message = (last ? messages.at(-1) : messages[0]) ?? ''
  return { path, line: Number(line), message: message.slice(0, longestMessage) }
}
