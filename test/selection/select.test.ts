import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import { allFiles, isTest, read, sources } from '../../tidy/repository.ts'
import { changedFiles } from './changed-files.ts'
import { type Stage, select } from './select.ts'
import { readWishes } from './wishes.ts'

/** Which tests `npm test -- --changed` runs. */

// A small repository like ours. What a file holds beside its references is what it names.
const repository: Record<string, string> = {
  'kit/db.ts': '',
  'kit/db.test.ts': `import './db.ts'`,
  'kit/thread.ts': `new URL('./thread-worker.ts', import.meta.url)`,
  'kit/thread-worker.ts': '',
  'kit/thread.test.ts': `import './thread.ts'`,
  'kit/alone.test.ts': '',
  'kit/lists.test.ts': 'readdirSync(folder)',
  'services/auth/service.ts': `import '@azora/kit/db.ts'\nimport './people.ts'`,
  'services/auth/people.ts': '',
  'services/auth/people.test.ts': `import './people.ts'`,
  'services/auth/migrations/1_people.sql': '',
  'services/auth/tables.ts': `new URL('./migrations/', import.meta.url)`,
  'services/auth/tables.test.ts': `import './tables.ts'`,
  'services/shop/service.ts': `import '@azora/kit/db.ts'\nimport './basket.ts'`,
  'services/shop/basket.ts': '',
  'services/gateway/forward.ts': '',
  'apps/azora/services.ts': `import(\`../../services/\${name}/service.ts\`)`,
  'apps/azora/main.ts': `import './services.ts'`,
  'apps/azora/reset.bin': '',
  'apps/portal/src/app/layout.tsx': `import '../frame/frame.tsx'`,
  'apps/portal/src/frame/frame.tsx': '',
  'apps/portal/src/app/learn/[course]/page.tsx': `import '../../../quiz/quiz.tsx'`,
  'apps/portal/src/app/verify/page.tsx': `auth.check()`,
  'apps/portal/src/quiz/quiz.tsx': '',
  'apps/admin/src/people.tsx': '',
  'apps/admin/src/baskets.tsx': 'client.shop.list()',
  'test/system.ts': `import '../apps/azora/main.ts'`,
  'test/api.ts': `import './system.ts'\nauth.login()`,
  'test/baskets.ts': 'shop.fill()',
  'test/system/people.test.ts': `import '../api.ts'`,
  'test/system/shop.test.ts': `import '../baskets.ts'`,
  'test/failure/kill.test.ts': `import '../system.ts'`,
  'test/browser/learn.test.ts': `goto('/learn')`,
  'test/browser/verify.test.ts': `goto('/verify')`,
  'test/browser/admin.test.ts': `goto('/admin')`,
  'test/browser/anywhere.test.ts': '',
  'tidy/size.test.ts': '',
  'docs/page.md': '',
  'package.json': '',
}

const stageOf = (file: string): Stage =>
  (/^test\/(system|failure|browser)\//.exec(file)?.[1] as Stage | undefined) ?? 'unit'

function testsOf(files: readonly string[]): Record<Stage, string[]> {
  const tests: Record<Stage, string[]> = { unit: [], system: [], failure: [], browser: [] }
  for (const file of files) if (isTest(file)) tests[stageOf(file)].push(file)
  return tests
}

function selected(...changed: string[]) {
  const files = Object.keys(repository)
  const texts = new Map(Object.entries(repository).filter(([file]) => /\.tsx?$/.test(file)))
  const { everything, files: found } = select({ changed, files, texts, tests: testsOf(files) })
  // Those that look at everything run with any change of the code.
  const wide = ['kit/lists.test.ts', 'tidy/size.test.ts']
  return {
    everything,
    ...found,
    unit: found.unit.filter(file => !wide.includes(file)),
    wide: wide.every(file => found.unit.includes(file)),
  }
}

const allSystem = ['test/system/people.test.ts', 'test/system/shop.test.ts']
const allBrowser = testsOf(Object.keys(repository)).browser

describe('A change runs', () => {
  test('the tests of code that lead to it, by however many steps, and those that look at everything', () => {
    const { unit, wide } = selected('kit/thread-worker.ts')
    assert.deepEqual(unit, ['kit/thread.test.ts'])
    assert.ok(wide)
    assert.deepEqual(selected('services/auth/migrations/1_people.sql').unit, ['services/auth/tables.test.ts'])
  })

  test('of what all services use, every test of the system', () => {
    const { unit, system, failure, browser } = selected('kit/db.ts')
    assert.deepEqual(unit, ['kit/db.test.ts'])
    assert.deepEqual({ system, browser }, { system: allSystem, browser: allBrowser })
    assert.deepEqual(failure, ['test/failure/kill.test.ts'])
  })

  test('of one service, the system tests that name it or use what does, and pages that use it', () => {
    const shop = selected('services/shop/basket.ts')
    assert.deepEqual(shop.system, ['test/system/shop.test.ts'])
    assert.deepEqual(shop.browser, ['test/browser/admin.test.ts'])
    assert.deepEqual(shop.failure, ['test/failure/kill.test.ts'])
    const auth = selected('services/auth/people.ts')
    assert.deepEqual(auth.unit, ['services/auth/people.test.ts'])
    assert.deepEqual(auth.system, ['test/system/people.test.ts'])
    assert.deepEqual(auth.browser, allBrowser, 'the portal uses it, on pages that it does not say')
  })

  test('of the gateway, every test of the system', () => {
    const { system, browser } = selected('services/gateway/forward.ts')
    assert.deepEqual({ system, browser }, { system: allSystem, browser: allBrowser })
  })

  test('of a page, the browser tests that visit it, and those that do not say where they go', () => {
    const quiz = selected('apps/portal/src/quiz/quiz.tsx')
    assert.deepEqual(quiz.browser, ['test/browser/learn.test.ts', 'test/browser/anywhere.test.ts'])
    assert.deepEqual(quiz.system, [])
    const people = selected('apps/admin/src/people.tsx')
    assert.deepEqual(people.browser, ['test/browser/admin.test.ts', 'test/browser/anywhere.test.ts'])
  })

  test('of what all pages share, every browser test', () => {
    assert.deepEqual(selected('apps/portal/src/frame/frame.tsx').browser, allBrowser)
  })

  test('of a test, that test; of what tests use, those that do', () => {
    assert.deepEqual(selected('test/browser/verify.test.ts').browser, ['test/browser/verify.test.ts'])
    assert.deepEqual(selected('test/baskets.ts').system, ['test/system/shop.test.ts'])
  })

  test('of documents, the rules of the repository alone', () => {
    const { wide, unit, system, browser, everything } = selected('docs/page.md')
    assert.deepEqual(
      { unit, system, browser, everything },
      { unit: [], system: [], browser: [], everything: null },
    )
    assert.ok(!wide)
    assert.deepEqual(selected().unit, [])
  })

  test('everything where it is not known what uses it, where it is gone, and where all depends on it', () => {
    for (const file of [
      'apps/azora/reset.bin',
      'kit/gone.ts',
      'package.json',
      'test/system.ts',
      'apps/azora/services.ts',
      'test/selection/select.ts',
      'test/federation/outside-provider.ts',
    ]) {
      const { everything, system, browser } = selected('kit/alone.test.ts', file)
      assert.match(everything ?? '', new RegExp(file), file)
      assert.deepEqual({ system, browser }, { system: allSystem, browser: allBrowser })
    }
  })
})

test('In this repository a change of a test runs little, and one of the database’s door every system test.', () => {
  const texts = new Map(sources.map(file => [file, read(file)]))
  const tests = testsOf(allFiles)
  const little = select({ changed: ['test/browser/verify.test.ts'], files: allFiles, texts, tests }).files
  assert.deepEqual([little.system, little.failure, little.browser], [[], [], ['test/browser/verify.test.ts']])
  assert.ok(little.unit.length < tests.unit.length / 3)
  const much = select({ changed: ['kit/db.ts'], files: allFiles, texts, tests }).files
  assert.deepEqual(much.system, tests.system)
  assert.ok(much.unit.includes('services/education/enrollments/progress.test.ts'))
})

test('What differs is committed or not, new, moved or gone; of the branch alone, not of main since.', async () => {
  const root = await mkdtemp(join(tmpdir(), 'azora-changed-'))
  const git = (...args: string[]) =>
    promisify(execFile)('git', ['-c', 'user.name=T', '-c', 'user.email=t@test.example', ...args], {
      cwd: root,
    })
  const write = async (file: string, text: string) => {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), text)
  }
  const commit = async () => {
    await git('add', '--all')
    await git('commit', '--quiet', '--message', 'A step.')
  }
  try {
    await git('init', '--quiet', '--initial-branch', 'main')
    await write('.gitignore', 'built')
    for (const file of ['kept.ts', 'moved.ts', 'gone.ts', 'of main.ts'])
      await write(file, `${file}\n`.repeat(20))
    await commit()
    await git('switch', '--quiet', '--create', 'work')
    await git('mv', 'moved.ts', 'elsewhere.ts')
    await commit()
    await git('switch', '--quiet', 'main')
    await write('of main.ts', 'another')
    await commit()
    await git('switch', '--quiet', 'work')
    await git('rm', '--quiet', 'gone.ts')
    await write('new/é.ts', '')
    await write('built', '')
    const found = await changedFiles(root, 'main')
    assert.deepEqual(found, ['elsewhere.ts', 'gone.ts', 'moved.ts', 'new/é.ts'])
    await assert.rejects(changedFiles(root, 'no-such-branch'), /no-such-branch/)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
})

test('A run is of a stage, of files of it, or of what has changed since main or since a commit.', () => {
  assert.deepEqual(readWishes([]), { stage: null, files: [], since: null })
  assert.deepEqual(readWishes(['unit', 'a.test.ts']), { stage: 'unit', files: ['a.test.ts'], since: null })
  assert.deepEqual(readWishes(['--changed']), { stage: null, files: [], since: 'main' })
  assert.deepEqual(readWishes(['unit', '--changed', 'HEAD~2']), { stage: 'unit', files: [], since: 'HEAD~2' })
  assert.throws(() => readWishes(['browsr']), /There is no stage browsr/)
})
