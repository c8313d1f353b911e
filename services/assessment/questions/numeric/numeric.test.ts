import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { numericBody } from '@azora/contracts/assessment/question-types/numeric.ts'
import fc from 'fast-check'
import { markNumber, numeric } from './numeric.ts'
import { parseNumber } from './parse-number.ts'

const body = (answer: object | object[], unit: object | null = null) =>
  numericBody.parse({ answers: [answer].flat(), unit })
const reasonOf = (given: string, answer: object | object[], unit: object | null = null) =>
  markNumber('q', body(answer, unit), given).reason
const readings = (text: string) => parseNumber(text)?.readings.map(String) ?? null

test('A number is read as people write it.', () => {
  const cases: [string, string[]][] = [
    ['3.14', ['3.14']],
    ['3,14', ['3.14']],
    ['−2', ['-2']],
    ['+.5', ['0.5']],
    [',5', ['0.5']],
    ['5.', ['5']],
    ['3/4', ['0.75']],
    ['-1/8', ['-0.125']],
    ['1 234,5', ['1234.5']],
    ['1,234.5', ['1234.5']],
    ['1.234,5', ['1234.5']],
    ["1'234'567.25", ['1234567.25']],
    ['1\u202f234\u202f567', ['1234567']],
    ['1.5e3', ['1500']],
    ['1,5 × 10^3', ['1500']],
    ['1.5·10³', ['1500']],
    ['2 x 10^(-3)', ['0.002']],
    ['6.02e-23', ['6.02e-23']],
    ['1,234', ['1.234', '1234']],
    ['0,234', ['0.234']],
    ['1,234,567', ['1234567']],
    ['10^-7', ['1e-7']],
    ['10⁻⁷', ['1e-7']],
  ]
  for (const [text, expected] of cases) {
    assert.deepEqual(
      readings(text)?.map(one => Number(one)),
      expected.map(Number),
      text,
    )
  }
})

test('What is no number is not taken for one.', () => {
  for (const text of [
    '',
    'x',
    '.',
    '1/0',
    '1,2,3',
    '1..2',
    '--1',
    '1e9999',
    '12 34',
    'NaN',
    'Infinity',
    '0x10',
  ]) {
    const found = parseNumber(text)
    assert.ok(found === null || found.unit !== '', `${text}: ${found?.readings}`)
  }
})

test('Any decimal that is written plainly is read as it is.', () => {
  const plain = fc
    .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.stringMatching(/^\d{0,20}$/))
    .map(([minus, whole, part]) => `${minus ? '-' : ''}${whole}${part ? `.${part}` : ''}`)
  fc.assert(
    fc.property(plain, text => {
      const answer = { value: text }
      assert.equal(reasonOf(text, answer), 'right')
      assert.equal(reasonOf(text.replace('.', ','), answer), 'right')
    }),
  )
})

test('A tolerance includes its bound, exactly.', () => {
  const absolute = { value: '0.3', tolerance: '0.1' }
  for (const given of ['0.4', '0.2', '0,4']) assert.equal(reasonOf(given, absolute), 'within_tolerance')
  assert.equal(reasonOf('0.4000000000000000000001', absolute), 'wrong')
  assert.equal(reasonOf('0.3', absolute), 'right')
  const percent = { value: '-200', tolerance: '5', toleranceKind: 'percent' }
  assert.equal(reasonOf('-190', percent), 'within_tolerance')
  assert.equal(reasonOf('-189.99', percent), 'wrong')
  const figures = { value: '9.8066', tolerance: '3', toleranceKind: 'significant_figures' }
  assert.equal(reasonOf('9.81', figures), 'within_tolerance')
  assert.equal(reasonOf('9.8', figures), 'wrong')
  assert.equal(reasonOf('9.8', { value: '9.81' }), 'wrong')
})

test('A unit is asked for, converted and told from others.', () => {
  const speed = { value: '5' }
  const unit = { symbol: 'm/s' }
  assert.equal(reasonOf('5 m/s', speed, unit), 'right')
  assert.equal(reasonOf('18 km/h', speed, unit), 'unit_converted')
  assert.equal(reasonOf('5', speed, unit), 'unit_missing')
  assert.equal(reasonOf('5', speed, { ...unit, required: false }), 'right')
  assert.equal(reasonOf('5 kg', speed, unit), 'unit_wrong')
  assert.equal(reasonOf('18 km/h', speed, { ...unit, convertible: false }), 'unit_wrong')
  assert.equal(reasonOf('5 apples', speed), 'unit_unasked')
  assert.equal(reasonOf('9.81 m/s²', { value: '9.81' }, { symbol: 'm/s^2' }), 'right')
  assert.equal(reasonOf('981 cm/s2', { value: '9.81' }, { symbol: 'm/s^2' }), 'unit_converted')
  assert.equal(reasonOf('5 mW', { value: '5' }, { symbol: 'MW' }), 'wrong')
  assert.equal(reasonOf('68 °F', { value: '20' }, { symbol: '°C' }), 'unit_converted')
  assert.equal(reasonOf('293,15 K', { value: '20' }, { symbol: '°C' }), 'unit_converted')
  assert.equal(reasonOf('€ 12,50', { value: '12.5' }, { symbol: '€', convertible: false }), 'right')
})

test('Units are understood as they are written by hand, and zero degrees as any other temperature.', () => {
  for (const unit of ['m·s⁻²', 'm.s^-2', 'm s-2', 'm/s2'])
    assert.equal(reasonOf(`9,8 ${unit}`, { value: '9.8' }, { symbol: 'm/s^2' }), 'right', unit)
  assert.equal(numeric.fault(body({ value: '1' }, { symbol: 'm·s⁻²' }), '', false), null)
  assert.equal(numeric.fault(body({ value: '1' }, { symbol: 'J/K' }), '', false), null)
  assert.equal(reasonOf('32 °F', { value: '0' }, { symbol: '°C' }), 'unit_converted')
  assert.equal(reasonOf('33 °F', { value: '0' }, { symbol: '°C' }), 'wrong')
  assert.equal(reasonOf('5 constructor', { value: '5' }, { symbol: '°C' }), 'unit_wrong')
})

test('What looks like a unit and could be read in ever more ways is refused at once.', async () => {
  const bombs = ['cd4*'.repeat(9), '㏅*'.repeat(20), 'cd '.repeat(100), 'cd^99*', 'm/'.repeat(200)]
  // In a thread, which can be ended: read without a bound, they would hold this process for ever.
  const found = await Promise.all(bombs.map(bomb => convertedApart(`${bomb}zz`)))
  assert.deepEqual(
    found,
    bombs.map(() => null),
  )
})

async function convertedApart(unit: string): Promise<unknown> {
  const code = `
    const { workerData, parentPort } = require('node:worker_threads')
    import(workerData.module).then(({ conversion }) => parentPort.postMessage(conversion(workerData.unit, 'm')))`
  const module = new URL('./units.ts', import.meta.url).href
  const worker = new Worker(code, { eval: true, workerData: { module, unit } })
  try {
    const [answer] = await once(worker, 'message', { signal: AbortSignal.timeout(60_000) })
    return answer
  } finally {
    await worker.terminate()
  }
}

test('Significant figures are a count.', () => {
  const faultOf = (tolerance: string) =>
    numeric.fault(body({ value: '9.8', tolerance, toleranceKind: 'significant_figures' }), '', false)
  for (const bad of ['0', '2.5', '41', '1e1']) assert.equal(faultOf(bad), 'figures_not_counted', bad)
  assert.equal(faultOf('3'), null)
  const stored = { value: '9.81', tolerance: '2.5', toleranceKind: 'significant_figures' }
  assert.equal(reasonOf('9.84', stored), 'within_tolerance', 'one that was stored still marks')
})

test('A unit that cannot be converted is refused before anyone answers.', () => {
  assert.equal(numeric.fault(body({ value: '1' }, { symbol: 'apples' }), '', false), 'unknown_unit')
  assert.equal(numeric.fault(body({ value: '1' }, { symbol: 'apples', convertible: false }), '', false), null)
  assert.equal(numeric.fault(body([]), '', false), 'no_correct_answer')
})

test('Numbers that explode are refused or read in no time.', () => {
  for (const text of [
    '9'.repeat(500),
    `1e${'9'.repeat(400)}`,
    '1 '.repeat(250),
    '1,'.repeat(250),
    '5 '.padEnd(500, 'm*'),
  ])
    assert.notEqual(reasonOf(text, { value: '1' }, { symbol: 'm' }), 'right')
  assert.throws(() => body({ value: '1e99999' }))
})
