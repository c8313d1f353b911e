import { AppError } from '@azora/kit/errors.ts'
import { type Language, languages } from './languages.ts'
import type { Program } from './program.ts'

/** What comes in is looked at once, so that nothing of it can be taken for a fault of the sandbox. */

// Each file takes a descriptor of the server while the wall is put up.
const mostFiles = 50
const mostContentBytes = 8 * 2 ** 20
const mostInputBytes = 4 * 2 ** 20
// The kernel takes 128 KiB for one argument.
const mostArgumentBytes = 16 * 2 ** 10

const refuse = (detail: string) => new AppError('invalid_input', { detail })

/** Neither absolute nor hidden nor leading out of its folder, and nothing that could be taken for an option. */
const isPlain = (path: string) => /^\w[\w.-]*(?:\/\w[\w.-]*)*$/.test(path) && path.length < 200

/** No file twice, and none that is the folder of another. */
const isTree = (paths: string[]) =>
  paths.every((path, at) => !paths.some((other, its) => at !== its && `${other}/`.startsWith(`${path}/`)))

const bytesOf = (parts: (string | Buffer)[]) => parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0)

/** @throws AppError `invalid_input` */
export function checkedLanguage({ language, files, stdin = '', arguments: given = [] }: Program): Language {
  const known = Object.hasOwn(languages, language) ? languages[language] : undefined
  if (!known) throw refuse(`There is no language ${language}.`)
  if (files.length === 0 || files.length > mostFiles) throw refuse(`A program has 1 to ${mostFiles} files.`)
  const paths = files.map(({ path }) => path)
  if (!paths.every(isPlain) || !isTree(paths)) throw refuse('A file has to lie in the folder of the program.')
  if (bytesOf(files.map(({ content }) => content)) > mostContentBytes)
    throw refuse('The files of a program are larger than 8 MiB.')
  if (Buffer.byteLength(stdin) > mostInputBytes) throw refuse('The input of a program is larger than 4 MiB.')
  if (bytesOf(given) > mostArgumentBytes || given.length > 100 || given.some(text => text.includes('\0')))
    throw refuse('The arguments of a program are more than 100 or 16 KiB, or hold a NUL character.')
  return known
}
