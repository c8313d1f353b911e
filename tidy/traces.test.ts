import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allFiles, isTest, read } from './repository.ts'

/** What belongs to one person's machine or network, and means nothing anywhere else. */
const foreign: [what: string, pattern: RegExp][] = [
  ['a folder of somebody’s machine', /(?<![\w.@~-])\/(?:work|home|Users|mnt|workspace)\/[\w.-]+/],
  [
    'a package registry or a mirror',
    /https?:\/\/(?:[\w.-]*\bregistry\b|[\w.-]*\b(?:artifactory|nexus|verdaccio|unpkg|jsdelivr)\b)/,
  ],
  [
    'a resolved address in the lock file',
    /"resolved": "(?!services\/|apps\/|billing|contracts|credential|documents|kit|qti)/,
  ],
]

const isText = (path: string) => !/\.(?:png|webm|ico|woff2|imscc|zip)$/.test(path)
const own = 'tidy/traces.test.ts'

test('No file carries a path of a machine or the address of a registry.', () => {
  const faults = allFiles
    .filter(path => isText(path) && path !== own)
    .flatMap(path => {
      const text = read(path)
      return foreign.filter(([, pattern]) => pattern.test(text)).map(([what]) => `${path}: ${what}`)
    })
  assert.deepEqual(faults, [])
})

test('No test is left alone in the run, and none is skipped without a reason.', () => {
  const faults = allFiles
    .filter(isTest)
    .filter(path => path !== own)
    .flatMap(path => {
      const text = read(path)
      return [
        ...(/\b(?:test|it|describe|suite)\.only\(|\bonly:\s*true/.test(text) ? [`${path}: only`] : []),
        ...(/\.skip\(\s*\)|\bskip:\s*true|\b(?:test|it|describe|suite)\.(?:skip|todo)\(|\btodo:\s*true/.test(
          text,
        )
          ? [`${path}: skipped without a reason`]
          : []),
      ]
    })
  assert.deepEqual(faults, [], "Write context.skip('why') or skip: 'why'.")
})
