import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import {
  CREDENTIALS_V2,
  DATA_INTEGRITY_V2,
  loadBundledContext,
  OPEN_BADGES_3_0_3,
} from './document-loader.ts'

/** SHA-256 of each context as compact JSON: the published content, whatever the layout of the file. */
const CONTENT: Record<string, string> = {
  [CREDENTIALS_V2]: 'bf6fd611e6773d58f649459a45dbbb81f94e8cfd058a756644cd5a4a882c4050',
  [OPEN_BADGES_3_0_3]: 'e407ae98563c7b4708be4c8198a7f254bc09c131afc68e73d5f90eb0a34c6f7f',
  [DATA_INTEGRITY_V2]: 'be223c58c54657e930970f0d11f03caf7287bddc7be7e6f010855190c6b39c21',
}

for (const [url, expected] of Object.entries(CONTENT)) {
  test(`the bundled copy of ${url} is the published one`, async () => {
    const { document } = await loadBundledContext(url)
    assert.equal(createHash('sha256').update(JSON.stringify(document)).digest('hex'), expected)
  })
}

test('every other address is refused', async () => {
  const others = [
    'https://www.w3.org/2018/credentials/v1',
    `${CREDENTIALS_V2}/`,
    `${CREDENTIALS_V2}#`,
    'http://127.0.0.1/context.json',
    'file:///etc/passwd',
    '__proto__',
    '',
  ]
  for (const url of others) await assert.rejects(loadBundledContext(url), /is not included in this verifier/)
})
