import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sizeText } from './size.ts'

test("sizes are kilobytes and up, in the reader's language, and never bytes", () => {
  const said = [0, 1, 512, 999, 1000, 49_600, 999_600, 1_400_000, 12_300_000, 5_000_000_000_000]
  assert.deepEqual(
    said.map(bytes => sizeText('en', bytes)),
    ['0 kB', '0.1 kB', '0.5 kB', '1 kB', '1 kB', '50 kB', '1 MB', '1.4 MB', '12 MB', '5 TB'],
  )
  assert.equal(sizeText('de', 1_400_000), '1,4 MB')
})
