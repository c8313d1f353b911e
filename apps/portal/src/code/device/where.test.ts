import assert from 'node:assert/strict'
import { it } from 'node:test'
import { type Asked, type Device, serverNeeds, whereToRun } from './where.ts'

const asked = (change: Partial<Asked> = {}, content = 'print(input())'): Asked => ({
  language: 'python',
  own: false,
  tests: [{}],
  hasStyle: false,
  files: [{ path: 'main.py', content }],
  ...change,
})
const device = (change: Partial<Device> = {}): Device => ({
  isAble: true,
  isOnline: true,
  isKept: false,
  chosen: null,
  ...change,
})
const script = (content: string) => asked({ language: 'javascript', files: [{ path: 'main.js', content }] })

it('Python is asked for before it is fetched, and what was answered holds', () => {
  assert.equal(whereToRun(asked(), device()), 'ask')
  assert.equal(whereToRun(asked(), device({ chosen: 'device' })), 'device')
  assert.equal(whereToRun(asked(), device({ chosen: 'server' })), 'server')
  assert.equal(whereToRun(asked(), device({ isKept: true })), 'device')
})

it('JavaScript is small, and runs on the device unless the server was chosen', () => {
  assert.equal(whereToRun(script('console.log(1)'), device()), 'device')
  assert.equal(whereToRun(script('console.log(1)'), device({ chosen: 'server' })), 'server')
})

it('without a connection a language that is kept runs, also where the server was chosen', () => {
  assert.equal(whereToRun(asked(), device({ isOnline: false, isKept: true, chosen: 'server' })), 'device')
  assert.equal(whereToRun(asked(), device({ isOnline: false })), 'server')
  assert.equal(whereToRun(script('1'), device({ isOnline: false })), 'server')
})

it('unit tests, rules of style, other languages and old browsers are for the server', () => {
  const ready = device({ isKept: true, chosen: 'device' })
  assert.equal(whereToRun(asked({ tests: [{}, { unit: 'TestDouble.test_small' }] }), ready), 'server')
  assert.equal(whereToRun(asked({ hasStyle: true }), ready), 'server')
  assert.equal(whereToRun(asked({ hasStyle: true, own: true }), ready), 'device')
  for (const language of ['sql', 'c', 'typescript'])
    assert.equal(whereToRun(asked({ language }), ready), 'server')
  assert.equal(whereToRun(asked(), { ...ready, isAble: false }), 'server')
})

it('a program that uses what only the server has goes there at once', () => {
  const needs = (content: string) => serverNeeds(asked({}, content))
  assert.equal(needs('import math, threading as t'), 'threading')
  assert.equal(needs('if True:\n    from concurrent.futures import Executor'), 'concurrent')
  assert.equal(needs('import js'), 'js')
  assert.equal(needs('import json\nfrom math import sqrt\nprint("import js")'), null)
  assert.equal(serverNeeds(script("const fs = require('fs')\nimport { x } from './part.js'")), null)
  assert.equal(serverNeeds(script("const http = require('node:http')")), 'node:http')
  assert.equal(serverNeeds(script('async function main() {}')), 'async')
  assert.equal(serverNeeds({ ...asked(), files: [{ path: 'notes.txt', content: 'import threading' }] }), null)
})
