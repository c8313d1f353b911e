import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uploadAddress, uploadRead, uploadWritten } from '@azora/contracts/assessment/uploaded-file.ts'
import { fitted } from './shrink-photo.ts'
import { accepted, filesIn, longestRecording } from './taken.ts'

const file = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  mediaType: 'image/svg+xml',
  size: 12,
  name: 'my river.png',
}

test('a file in an answer is read as it was written, and nothing else is', () => {
  assert.deepEqual(uploadRead(uploadWritten(file)), file)
  for (const text of ['', 'a b c d', `${file.id} image/png 12`, `${file.id} image/png x name`])
    assert.equal(uploadRead(text), null)
  assert.deepEqual(filesIn(['forged', uploadWritten(file)]), [file])
  assert.equal(uploadAddress(file), `/api/v1/assessment/uploads/${file.id}/my%20river.png`)
})

test('a photo keeps its shape when it is made smaller, and never becomes larger', () => {
  assert.deepEqual(fitted(4800, 1200), { width: 2400, height: 600 })
  assert.deepEqual(fitted(300, 400), { width: 300, height: 400 })
  assert.deepEqual(fitted(10_000, 1), { width: 2400, height: 1 })
})

test('a recording fits into what a file may take, and ends after half an hour', () => {
  assert.equal(longestRecording(900_000), 100)
  assert.equal(longestRecording(100_000_000), 1800)
})

test('a chooser offers the kinds that are asked for', () => {
  assert.equal(accepted(['photo']), 'image/jpeg,image/png,image/webp')
  assert.match(accepted(['document', 'audio']), /\.pdf.*audio/)
})
