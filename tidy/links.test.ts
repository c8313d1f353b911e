import assert from 'node:assert/strict'
import { posix } from 'node:path'
import { test } from 'node:test'
import { allFiles, exists, read } from './repository.ts'

const documents = allFiles.filter(path => path.endsWith('.md'))

/** Addresses of links and pictures within the repository, without fragments. */
function linksOf(text: string): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)]
    .map(match => match[1] ?? '')
    .filter(address => !/^(?:[a-z][a-z0-9+.-]*:|#|\/\/)/i.test(address))
    .map(address => address.replace(/[#?].*$/, ''))
}

test('Every link in a document leads to a file that is there.', () => {
  const faults = documents.flatMap(path =>
    linksOf(read(path))
      .filter(address => !exists(posix.join(posix.dirname(path), address)))
      .map(address => `${path}: ${address}`),
  )
  assert.deepEqual(faults, [])
})

test('Links are found in text and pictures, and not in code or on other sites.', () => {
  const text = 'a [b](c/d.md#e) ![f](g.png "h") `[i](j)`\n```\n[k](l)\n```\n[m](https://n.example) [o](#p)'
  assert.deepEqual(linksOf(text), ['c/d.md', 'g.png'])
})
