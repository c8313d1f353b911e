import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorPlaceOf } from './error-place.ts'

const pythons = (path: string, line: string) =>
  `  File "/program/${path}", line ${line}\nValueError: no number`

test('The last place that Python names is told, with what is wrong.', () => {
  const errors = `Traceback:\n${pythons('main.py', '9')}\n${pythons('lib/sums.py', '3')}\n`
  assert.deepEqual(errorPlaceOf('python', errors), {
    path: 'lib/sums.py',
    line: 3,
    message: 'ValueError: no number',
  })
})

test('A place that a program made up, which could not be told to a page, is none.', () => {
  assert.equal(errorPlaceOf('python', pythons('main.py', '9'.repeat(400))), null)
  assert.equal(errorPlaceOf('python', pythons('main.py', '9'.repeat(17))), null)
  assert.equal(errorPlaceOf('python', pythons('x'.repeat(3000), '3')), null)
})
