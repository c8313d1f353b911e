import { unitTestLanguages } from '@azora/contracts/assessment/question-types/code.ts'
import { limits } from '@azora/contracts/limits.ts'
import type { AuthoredQuiz } from './authored-quiz.ts'

type Body = Extract<AuthoredQuiz['questions'][number], { type: 'code' }>['body']

/** What learners do with a file: write it, read it, or never see it. */
export type FileUse = 'write' | 'read' | 'hidden'
/** A file as its author edits it, with what a right answer has in it. `key` names it in the page. */
export type FileDraft = { key: string; path: string; content: string; use: FileUse; solution: string }
export type TestDraft = Body['tests'][number]
export type CodeDraft = Omit<Body, 'files' | 'solution'> & { files: FileDraft[] }
export type ProgramLanguage = Body['language']

const endings: Record<ProgramLanguage, string> = {
  python: 'py',
  javascript: 'js',
  typescript: 'ts',
  sql: 'sql',
  c: 'c',
}
const mainOf = (language: ProgramLanguage) => `main.${endings[language]}`

const newKey = () => crypto.randomUUID().slice(0, 8)

export const newFile = (path: string, use: FileUse): FileDraft => ({
  key: newKey(),
  path,
  content: '',
  use,
  solution: '',
})

export const newTest = (): TestDraft => ({
  id: newKey(),
  title: '',
  stdin: '',
  arguments: [],
  expected: '',
  comparison: 'lines',
  tolerance: 1e-6,
  worth: 1,
  hidden: false,
})

export const newUnitTest = (unit: string): TestDraft => ({ ...newTest(), title: titleOf(unit), unit })

/** The name of a test as words: `Doubling.test_small_number` is “small number”. */
const titleOf = (unit: string) => {
  const name = unit.split(/\.| > /).at(-1) ?? unit
  return name
    .replace(/^test_?(?=.)/, '')
    .replaceAll('_', ' ')
    .slice(0, limits.programTitleLength)
}

export const newStyle = (): NonNullable<Body['style']>[number] => ({
  id: newKey(),
  rule: 'must_not_use',
  value: '',
  worth: 0,
})

export const newCode = (): CodeDraft => ({
  language: 'python',
  files: [newFile(mainOf('python'), 'write')],
  tests: [newTest()],
  keyShown: false,
  processorSeconds: 5,
  memoryMiB: 128,
})

/** A test that is called by its number has no name: after another is removed it would be called by a wrong one. */
export function codeDraftOf({ files, solution, tests, ...body }: Body): CodeDraft {
  const written = files.filter(({ locked, hidden }) => !locked && !hidden)
  return {
    ...body,
    tests: tests.map((test, at) => (test.title === String(at + 1) ? { ...test, title: '' } : test)),
    files: files.map(file => ({
      key: newKey(),
      path: file.path,
      content: file.content,
      use: file.hidden ? 'hidden' : file.locked ? 'read' : 'write',
      solution: solution[written.indexOf(file)] ?? '',
    })),
  }
}

/** Whether a language has unit tests and rules of style. */
export const hasUnitTests = (language: ProgramLanguage) => unitTestLanguages.some(one => one === language)

/** What is saved of it. A test without a name is called by its number. */
export function codeBodyOf({ files, tests, unitTests, style, ...draft }: CodeDraft): Body {
  const isTested = hasUnitTests(draft.language)
  return {
    ...draft,
    ...(isTested && unitTests?.trim() ? { unitTests } : {}),
    ...(isTested && style?.length ? { style } : {}),
    files: files.map(({ path, content, use }) => ({
      path: path.trim(),
      content,
      locked: use === 'read',
      hidden: use === 'hidden',
    })),
    tests: tests.map((test, at) => ({ ...test, title: test.title.trim() || String(at + 1) })),
    solution: solutionOf(files),
  }
}

/** What a right answer has in each file that learners write; of one that nothing is said of, what it begins with. */
function solutionOf(files: FileDraft[]): string[] {
  const written = files.filter(({ use }) => use === 'write')
  const isTold = written.some(({ solution }) => solution.trim() !== '')
  return isTold ? written.map(({ solution, content }) => (solution.trim() === '' ? content : solution)) : []
}

/** The same in another language: a first file that has the usual name gets the usual one there. */
export function inLanguage(draft: CodeDraft, language: ProgramLanguage): CodeDraft {
  const [first, ...others] = draft.files
  if (first?.path !== mainOf(draft.language)) return { ...draft, language }
  return { ...draft, language, files: [{ ...first, path: mainOf(language) }, ...others] }
}

/** A name for one more file that none has yet. */
export function freePath({ language, files }: CodeDraft): string {
  const taken = new Set(files.map(({ path }) => path))
  for (let number = 2; ; number++) {
    const path = `file${number}.${endings[language]}`
    if (!taken.has(path)) return path
  }
}

/** As the contract takes a path: within the folder of the program, and nothing that could be taken for an option. */
export const isPath = (path: string) => /^\w[\w.-]*(?:\/\w[\w.-]*)*$/.test(path.trim())
