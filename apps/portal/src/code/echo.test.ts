import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createEcho } from './echo.ts'

it('a text that is shown late, after more was written, is still one of the own', () => {
  const echo = createEcho()
  echo.told('p')
  echo.told('pr')
  assert.equal(echo.isOwn('p'), true)
  assert.equal(echo.isOwn('pr'), true)
})

it('a text that was skipped is not waited for', () => {
  const echo = createEcho()
  echo.told('p')
  echo.told('pr')
  assert.equal(echo.isOwn('pr'), true)
  assert.equal(echo.isOwn('p'), false, 'it is the page that wants it back')
})

it('a text that the editor did not tell is from elsewhere', () => {
  const echo = createEcho()
  echo.told('print(1)')
  assert.equal(echo.isOwn('print(2)'), false)
})
