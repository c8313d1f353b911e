import assert from 'node:assert/strict'
import english from '../apps/portal/messages/en.imports.json' with { type: 'json' }
import type { CourseImport } from '../apps/portal/src/teach/imports/import-state.tsx'

const texts: Record<string, string> = english.importTexts

function assertFilled(key: string, values: Record<string, string | number>): void {
  const text = texts[key]
  assert.ok(text, `the portal has no text ${key}`)
  for (const [, name = ''] of text.matchAll(/\{(\w+)/g))
    assert.ok(Object.hasOwn(values, name), `${key} speaks of ${name}, of which nothing is said`)
}

/**
 * That the portal has a text of its own for whatever an import says, and the values to fill it.
 * @throws AssertionError naming what is missing
 */
export function assertShown({ report, error }: Pick<CourseImport, 'report' | 'error'>): void {
  if (error) {
    assertFilled(`failure_${error.code}`, {})
    if (error.reason) assertFilled(`reason_${error.reason}`, error.values)
  }
  for (const { became, reasons, reason, code } of report?.entries ?? []) {
    assert.ok(became, 'an entry says in English alone what it became')
    assertFilled(`became_${became.code}`, became.values)
    for (const why of reasons) assertFilled(`reason_${why.code}`, why.values)
    assert.equal(reasons.length > 0, reason !== null, 'a reason is said in English alone')
    if (code) assertFilled(`finding_${code}`, {})
  }
}
