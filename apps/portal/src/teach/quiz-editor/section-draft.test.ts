import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  groupsOf,
  inSectionOrder,
  minutesBeyond,
  moveIn,
  moveUnit,
  putInto,
  type SectionDraft,
  withoutSection,
} from './section-draft.ts'

const section = (key: string, timeLimitMinutes: number | null = null): SectionDraft => ({
  key,
  title: key,
  instructions: '',
  timeLimitMinutes,
})
const sections = [section('A'), section('B')]
/** `A1` is in section A, `A2t` is in it and under a text. */
const questionsOf = (names: string) =>
  names.split(' ').map(key => ({
    key,
    section: key[0] === '-' ? null : (key[0] as string),
    passage: key.endsWith('t') ? 'text' : null,
  }))
const told = (questions: { key: string; section?: string | null }[]) =>
  questions.map(({ key, section }) => `${section}:${key}`).join(' ')

test('Questions come by section, each text whole, and a new one in the section of the question before it.', () => {
  assert.equal(told(inSectionOrder(questionsOf('B1 A1 B2 -3'), sections)), 'A:A1 B:B1 B:B2 B:-3')
  const split = questionsOf('A1t B1t')
  assert.equal(told(inSectionOrder(split, sections)), 'A:A1t A:B1t')
  assert.equal(told(inSectionOrder(questionsOf('A1 B1'), [])), 'null:A1 null:B1')
  const placed = questionsOf('A1 B1')
  assert.deepEqual(inSectionOrder(placed, sections), placed, 'what is in order stays as it is')
})

test('A question moves past the end of its section into the next one, and no further than the last.', () => {
  const questions = questionsOf('A1 A2 B1')
  assert.equal(told(moveIn(questions, sections, 0, 1)), 'A:A2 A:A1 B:B1')
  assert.equal(told(moveIn(questions, sections, 1, 1)), 'A:A1 B:A2 B:B1')
  assert.equal(told(moveIn(questions, sections, 2, -1)), 'A:A1 A:A2 A:B1')
  assert.equal(told(moveIn(questions, sections, 2, 1)), told(questions))
  assert.equal(told(moveIn(questionsOf('-1 -2'), [], 0, 1)), 'null:-2 null:-1')
})

test('What stands under a text moves whole, and a question under it among the others alone.', () => {
  const questions = questionsOf('A1t A2t B1')
  assert.equal(told(moveUnit(questions, sections, 0, 1)), 'B:A1t B:A2t B:B1')
  assert.equal(told(moveIn(questions, sections, 0, 1)), 'A:A2t A:A1t B:B1')
  assert.equal(told(inSectionOrder(putInto(questions, 0, 'B'), sections)), 'B:B1 B:A1t B:A2t')
})

test('The questions of a section that goes stay, with the one before it or the first that is left.', () => {
  const questions = questionsOf('A1 B1')
  assert.equal(told(withoutSection({ questions, sections }, 'B').questions), 'A:A1 A:B1')
  assert.equal(told(withoutSection({ questions, sections }, 'A').questions), 'B:A1 B:B1')
  const one = withoutSection({ questions: questionsOf('A1'), sections: [section('A')] }, 'A')
  assert.deepEqual([told(one.questions), one.sections], ['null:A1', []])
})

test('Every section is there, also without questions.', () => {
  const groups = groupsOf(questionsOf('B1'), sections)
  assert.deepEqual(
    groups.map(group => [group.section?.key, group.units.length]),
    [
      ['A', 0],
      ['B', 1],
    ],
  )
})

test('Limits of sections that are more than the whole are noticed.', () => {
  const timed = [section('A', 20), section('B', 15), section('C')]
  assert.equal(minutesBeyond(timed, 30), 35)
  assert.equal(minutesBeyond(timed, 35), null)
  assert.equal(minutesBeyond(timed, null), null)
})
