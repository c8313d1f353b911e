import { isTest } from '../../tidy/repository.ts'
import { leadingTo, referencesOf } from './references.ts'

/**
 * Which test files a change can reach. A test of code runs when it leads to a changed file. A test of the whole system
 * leads to little of what it tests, so it runs when it names a service, an application or a page that is reached. What
 * is not certain runs.
 */

export type Stage = 'unit' | 'system' | 'failure' | 'browser'
export type Selection = {
  /** Why everything runs, or null. */
  everything: string | null
  files: Record<Stage, string[]>
}

/** Tests that look at the repository as a whole, start programs or list folders: no reference tells what they need. */
const isWide = (file: string, text: string) =>
  file.startsWith('tidy/') || /\b(?:readdir|glob|spawn|fork|exec|execFile)(?:Sync)?\(/.test(text)

/** What every run depends on. */
const ofAll =
  /^(?:package(?:-lock)?\.json|tsconfig\.json|[^/]+\/package\.json|(?:services|apps)\/[^/]+\/(?:package|tsconfig)\.json|\.ci\/.*|test\/(?:run|system)\.ts|test\/runner\/.*|tidy\/repository\.ts|apps\/azora\/services\.ts|test\/(?:federation|selection)\/(?!.*\.test\.ts$).*)$/

/** Read by people, or by tools of the stage `check`; the tests in `tidy/` look at them. */
const ofNoTest =
  /^(?:[^/]+\.md|docs\/.*|bench\/.*|\.github\/.*|\.gitignore|biome\.json|knip\.json|.*\/README\.md)$/

/**
 * Where tests of the whole system take hold of it, and where the composition root loads the services: both lead to
 * everything. What goes through them is told by the names of services.
 */
const closed = new Set(['test/system.ts', 'apps/azora/services.ts'])

const staticApps = ['admin', 'developers']

/** The first part of the address of a portal's page. */
const firstOf = (file: string) => /^apps\/portal\/src\/app\/([^/]+)\/(?:.*\/)?page\.tsx$/.exec(file)?.[1]

export function select(options: {
  changed: readonly string[]
  /** All files of the repository, the changed ones too where they are still there. */
  files: readonly string[]
  texts: ReadonlyMap<string, string>
  tests: Record<Stage, readonly string[]>
}): Selection {
  const { changed, files, texts, tests } = options
  const none = { unit: [], system: [], failure: [], browser: [] }
  const all = (everything: string): Selection => ({
    everything,
    files: {
      unit: [...tests.unit],
      system: [...tests.system],
      failure: [...tests.failure],
      browser: [...tests.browser],
    },
  })
  const relevant = changed.filter(file => !ofNoTest.test(file))
  const tidy = tests.unit.filter(file => file.startsWith('tidy/'))
  if (relevant.length === 0)
    return { everything: null, files: { ...none, unit: changed.length > 0 ? tidy : [] } }

  const basis = relevant.find(file => ofAll.test(file))
  if (basis) return all(`${basis} concerns every test`)
  const there = new Set(files)
  const gone = relevant.find(file => !there.has(file))
  // What led to it has been changed as well, if anything did; what looked for it in its folder is not known.
  if (gone) return all(`${gone} is gone`)
  const references = referencesOf(texts, files)
  const named = new Set([...references.values()].flatMap(each => [...each]))
  const unknown = relevant.find(file => !texts.has(file) && !named.has(file))
  if (unknown) return all(`nothing says what uses ${unknown}`)

  const reached = leadingTo(relevant, references)
  const direct = leadingTo(relevant, references, closed)
  const textOf = (file: string) => texts.get(file) ?? ''

  /** A test file with what it uses of `test/`. */
  const wholeTextOf = (file: string): string => {
    const used = new Set([file])
    for (const each of used)
      for (const to of references.get(each) ?? [])
        if (to.startsWith('test/') && !closed.has(to) && !isTest(to)) used.add(to)
    return [...used].map(textOf).join('\n')
  }

  const services = files.flatMap(file => /^services\/([^/]+)\/service\.ts$/.exec(file)?.[1] ?? [])
  const touched = services.filter(name => direct.has(`services/${name}/service.ts`))
  const backEnd =
    [...direct].some(file => /^services\/gateway\/(?!.*\.test\.ts$)/.test(file)) ||
    (services.length > 0 && touched.length === services.length)
  const names = (text: string, name: string) => new RegExp(`\\b${RegExp.escape(name)}\\b`).test(text)
  const hasPart = (app: string) =>
    [...direct].some(file => file.startsWith(`apps/${app}/`) && !closed.has(file) && !isTest(file))
  const usesOf = (app: string) =>
    touched.some(service =>
      [...texts].some(
        ([file, text]) => file.startsWith(`apps/${app}/`) && !isTest(file) && names(text, service),
      ),
    )
  const started = backEnd || touched.length > 0 || hasPart('azora')

  // Of the portal: all of it, or the first parts of the addresses of the pages that are reached.
  const portalFiles = [...direct].filter(file => file.startsWith('apps/portal/') && !isTest(file))
  const firsts = new Set(portalFiles.flatMap(file => firstOf(file) ?? []))
  const frame =
    portalFiles.some(
      file =>
        !file.startsWith('apps/portal/src/') ||
        /^apps\/portal\/src\/app\/[^/]+$|\/src\/[^/]+\.tsx?$/.test(file),
    ) ||
    (portalFiles.length > 0 && firsts.size === 0)

  const visits = (text: string): boolean => {
    if (hasPart('azora') || backEnd || usesOf('portal') || frame) return true
    if ([...firsts].some(first => text.includes(`/${first}`))) return true
    return staticApps.some(app => (hasPart(app) || usesOf(app)) && text.includes(`/${app}`))
  }
  const addresses = [...files.flatMap(file => firstOf(file) ?? []), ...staticApps]
  const saysWhere = (text: string) => addresses.some(address => text.includes(`/${address}`))

  return {
    everything: null,
    files: {
      unit: tests.unit.filter(file => reached.has(file) || isWide(file, textOf(file))),
      system: tests.system.filter(file => {
        if (direct.has(file) || backEnd || hasPart('azora')) return true
        const text = wholeTextOf(file)
        return (
          touched.some(service => names(text, service)) ||
          (hasPart('portal') && /portal|text\/html/.test(text))
        )
      }),
      // They take parts away while others work, and build what they start.
      failure: tests.failure.filter(file => direct.has(file) || started || portalFiles.length > 0),
      browser: tests.browser.filter(
        file =>
          direct.has(file) ||
          visits(wholeTextOf(file)) ||
          ((portalFiles.length > 0 || staticApps.some(hasPart)) && !saysWhere(textOf(file))),
      ),
    },
  }
}
