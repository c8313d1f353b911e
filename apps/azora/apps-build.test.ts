import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { buildStaticApps } from './apps-build.ts'

let apps: Map<string, string>
let programs: string
before(async () => {
  apps = await buildStaticApps(() => {})
  programs = apps.get('/programs') ?? ''
  apps.delete('/programs')
})

test('The admin panel and the portal for developers are built, with pages that name their own files.', async () => {
  assert.deepEqual([...apps.keys()], ['/admin', '/developers'])
  for (const [mount, folder] of apps) {
    const page = await readFile(join(folder, 'index.html'), 'utf8')
    const named = [...page.matchAll(/(?:src|href)="(\/[\w-]+\/assets\/[^"]+)"/g)].map(match => match[1] ?? '')
    assert.ok(named.some(name => name.endsWith('.css')) && named.some(name => name.endsWith('.js')))
    for (const name of named) {
      assert.ok(name.startsWith(`${mount}/assets/`), name)
      assert.ok((await readFile(join(folder, name.slice(mount.length)))).length > 0)
    }
  }
})

test('No script stands within a page, for the policy forbids it, and the theme is set before anything is drawn.', async () => {
  for (const folder of apps.values()) {
    const page = await readFile(join(folder, 'index.html'), 'utf8')
    const scripts = [...page.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)]
    assert.match(scripts[0]?.[1] ?? '', /\/assets\/theme-/)
    for (const [, attributes, text] of scripts) {
      assert.match(attributes ?? '', /\bsrc=/)
      assert.equal(text, '')
    }
  }
})

test('The applications know every route and carry no Zod.', async () => {
  for (const folder of apps.values()) {
    const names = (await readdir(join(folder, 'assets'))).filter(name => name.endsWith('.js'))
    const code = await Promise.all(names.map(name => readFile(join(folder, 'assets', name), 'utf8')))
    assert.ok(code.some(text => text.includes('/auth/people/{userId}/roles')))
    assert.ok(code.every(text => !text.includes('ZodError')))
  }
})

test('What is built from the same sources is not built again.', async () => {
  const said: string[] = []
  await buildStaticApps(line => said.push(line))
  assert.deepEqual(said, [])
})

test('What runs programs on devices is one script in a page, and files that are named with their sizes.', async () => {
  const page = await readFile(join(programs, 'index.html'), 'utf8')
  assert.equal([...page.matchAll(/<script type="module">/g)].length, 1)
  assert.doesNotMatch(page, /\bsrc=|\bhref=/)
  const languages = JSON.parse(await readFile(join(programs, 'files.json'), 'utf8')) as Record<
    string,
    Record<'script' | 'wasm' | 'library', { path: string; bytes: number } | null>
  >
  assert.deepEqual(Object.keys(languages), ['python', 'javascript'])
  for (const { script, wasm, library } of Object.values(languages))
    for (const file of [script, wasm, library])
      if (file)
        assert.equal((await readFile(join(programs, file.path.slice('/programs'.length)))).length, file.bytes)
})
