import assert from 'node:assert/strict'
import { test } from 'node:test'
import messages from '../../messages/en.json' with { type: 'json' }
import { sections } from '../sections.ts'
import { sectionAt, titleOf } from './page-title.ts'

test('each section of the panel names the document in its own way', () => {
  const titles = sections.map(({ path }) => {
    const section = sectionAt(path)
    return titleOf(section ? messages.admin[section.name] : null, messages.admin.title)
  })
  assert.equal(new Set(titles).size, sections.length)
  for (const title of titles) assert.match(title, / · /)
})

test('a page below a section belongs to it, and an unknown address to none', () => {
  assert.equal(sectionAt('/people/019f0000-0000-7000-8000-00000000000a')?.name, 'people')
  assert.equal(sectionAt('/nowhere'), undefined)
})
