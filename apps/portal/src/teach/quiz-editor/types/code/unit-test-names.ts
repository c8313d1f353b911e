import type { ProgramLanguage } from '../../code-draft.ts'

/** The names of the tests in a file of unit tests, as they stand in its text: enough to begin with, as names can be made in a loop too. */
export const unitTestNames = (language: ProgramLanguage, source: string): string[] => [
  ...new Set(language === 'python' ? methods(source) : calls(source)),
]

function methods(source: string): string[] {
  let suite = ''
  return source.split('\n').flatMap(line => {
    suite = /^class\s+(\w+)/.exec(line)?.[1] ?? suite
    const name = /^\s+(?:async\s+)?def\s+(test\w*)\s*\(/.exec(line)?.[1]
    return name && suite ? [`${suite}.${name}`] : []
  })
}

/** Suites are left by their indentation, as every formatter writes it. */
function calls(source: string): string[] {
  const suites: { name: string; indent: number }[] = []
  return source.split('\n').flatMap(line => {
    const found = /^(\s*)(?:await\s+)?(describe|suite|test|it)\s*\(\s*(['"`])((?:\\.|(?!\3).)*)\3/.exec(line)
    if (!found) return []
    const [, { length: indent } = '', kind, , written = ''] = found
    const name = written.replace(/\\(.)/g, '$1')
    while ((suites.at(-1)?.indent ?? -1) >= indent) suites.pop()
    if (kind !== 'describe' && kind !== 'suite') return [[...suites.map(one => one.name), name].join(' > ')]
    suites.push({ name, indent })
    return []
  })
}
