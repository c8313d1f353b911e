import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppError } from '@azora/kit/errors.ts'
import { inSections, type QuizSection } from './quiz-sections.ts'

const text = { id: 'text', version: 1, content: '<p>A text</p>', shuffle: false }
const question = (id: string, isUnder = false) => ({ id, passage: isUnder ? text : null })
const section = (id: string, questions = 0): QuizSection => ({
  id,
  title: id.toUpperCase(),
  instructions: '',
  timeLimitMinutes: null,
  questions,
})
const stored = {
  sections: [section('a', 2), section('b', 1)],
  questions: ['1', '2', '3'].map(id => ({ id })),
}

/** The ids of questions by section. */
const told = ({ questions, sections }: ReturnType<typeof inSections<ReturnType<typeof question>>>) => {
  const ids = questions.map(({ id }) => id)
  return sections.map(({ title, questions: count }) => [title, ids.splice(0, count)])
}
const reasonsOf = (attempt: () => unknown) => {
  try {
    attempt()
  } catch (error) {
    const { fields } = (error as AppError).data as { fields: { path: string; reason: string }[] }
    return fields.map(({ path, reason }) => [path, reason])
  }
  assert.fail('nothing was refused')
}

test('Questions come in the order of their sections, and those of one in the order in which they are written.', () => {
  const named = new Map([
    ['1', 'b'],
    ['2', 'a'],
    ['3', 'b'],
  ])
  const placed = inSections(
    ['1', '2', '3'].map(id => question(id)),
    named,
    [section('a'), section('b')],
  )
  assert.deepEqual(told(placed), [
    ['A', ['2']],
    ['B', ['1', '3']],
  ])
})

test('What stands under one text goes into the section of its first question.', () => {
  const questions = [question('1', true), question('2', true), question('3')]
  const named = new Map([
    ['1', 'b'],
    ['2', 'a'],
    ['3', 'a'],
  ])
  assert.deepEqual(told(inSections(questions, named, [section('a'), section('b')])), [
    ['A', ['3']],
    ['B', ['1', '2']],
  ])
})

test('A save that names no sections keeps them, with each question where it was and a new one behind the one before.', () => {
  const questions = ['3', 'new', '1'].map(id => question(id))
  assert.deepEqual(told(inSections(questions, new Map(), undefined, stored)), [
    ['A', ['1']],
    ['B', ['3', 'new']],
  ])
  assert.deepEqual(told(inSections([question('3')], new Map(), undefined, stored)), [['B', ['3']]])
  assert.deepEqual(inSections(questions, new Map(), [], stored).sections, [])
})

test('A section keeps its id, and takes none that another quiz could have.', () => {
  const [kept, added] = inSections(
    [question('1'), question('2')],
    new Map([
      ['1', 'a'],
      ['2', 'other'],
    ]),
    [section('a'), section('other')],
    stored,
  ).sections
  assert.equal(kept?.id, 'a')
  assert.notEqual(added?.id, 'other')
})

test('An empty section, one that is named twice and one that is not there are refused, each at its place.', () => {
  const one = [question('1')]
  const named = new Map([['1', 'a']])
  assert.deepEqual(
    reasonsOf(() => inSections(one, named, [section('a'), section('b')])),
    [['sections.1', 'section_without_questions']],
  )
  assert.deepEqual(
    reasonsOf(() => inSections(one, named, [section('a'), section('a')])),
    [['sections', 'duplicate_section']],
  )
  assert.deepEqual(
    reasonsOf(() => inSections(one, new Map([['1', 'c']]), undefined, stored)),
    [['questions.0.sectionId', 'section_unknown']],
  )
})
