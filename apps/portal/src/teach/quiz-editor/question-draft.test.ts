import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuthoredQuiz } from './authored-quiz.ts'
import {
  completed,
  draftOf,
  duplicateOf,
  inputOf,
  isQuestionDraft,
  missingPart,
  newQuestion,
  type QuestionDraft,
} from './question-draft.ts'
import { htmlOf, inlineHtmlOf, typedText } from './typed-text.ts'

const words = { true: 'True', false: 'False' }

test('plain text becomes paragraphs and comes back as it was typed', () => {
  for (const typed of ['One line', 'a < b & c', 'First\nwith a break\n\nSecond', 'Is "this" 5 > 4?'])
    assert.equal(typedText(htmlOf(typed)), typed)
  assert.equal(htmlOf('First\n\nSecond\nline'), '<p>First</p><p>Second<br>line</p>')
})

test('an answer of one paragraph stands within the line', () => {
  assert.equal(inlineHtmlOf('4 & 5'), '4 &amp; 5')
  assert.equal(inlineHtmlOf('a\n\nb'), '<p>a</p><p>b</p>')
  assert.equal(typedText('4 &amp; 5'), '4 & 5')
})

test('markup that is more than paragraphs stays as HTML and is not escaped', () => {
  const formula = '<p>What is <math><mi>x</mi></math>?</p>'
  assert.equal(typedText(formula), formula)
  assert.equal(htmlOf(formula), formula)
})

test('text that looks like a tag is never turned into one', () => {
  const stored = '<p>&lt;b&gt; makes text bold</p>'
  assert.equal(htmlOf(typedText(stored)), stored)
})

test('a stored question comes back unchanged when nothing was edited', () => {
  const stored = {
    id: '0190a000-0000-7000-8000-000000000001',
    type: 'single_choice' as const,
    content: '<p>Which?</p>',
    points: 2,
    options: [
      { id: 'a', content: 'this', correct: true, feedback: '<p>Yes.</p>' },
      { id: 'b', content: '<code>that</code>', correct: false, feedback: null, last: true },
    ],
    scoring: { partial: false, wrongCosts: 0, belowZero: false },
    feedback: { general: null, correct: '<p>Good.</p>', incorrect: null, solution: '<p>Count.</p>' },
  }
  assert.deepEqual(inputOf(draftOf({ ...stored, version: 1 })), stored)
})

test('a stored question of each type comes back unchanged when nothing was edited', () => {
  const part = (id: string, content = `<b>${id}</b>`) => ({ id, content })
  const answer = { text: 'Orange', match: 'text' as const, share: 100, feedback: '<p>Yes.</p>' }
  const number = {
    value: '2.5',
    tolerance: '0',
    toleranceKind: 'absolute' as const,
    share: 100,
    feedback: null,
  }
  const text = {
    answers: [answer],
    caseSensitive: true,
    accentSensitive: true,
    spelling: 'exact' as const,
    language: 'af',
  }
  const numeric = { answers: [number], unit: { symbol: 'm', required: true, convertible: false } }
  const gap = { id: '0190a000-0000-7000-8000-000000000002', weight: 2 }
  const picture = {
    address: '/api/v1/education/files/0190a000-0000-7000-8000-000000000003/map.png',
    alt: 'A map',
    width: 200,
    height: 100,
  }
  const bodies = [
    { type: 'short_text' as const, body: text },
    { type: 'numeric' as const, body: numeric },
    {
      type: 'matching' as const,
      body: {
        items: [part('a'), part('b'), part('c')],
        choices: [part('x'), part('y'), part('z')],
        pairs: { a: 'x', b: 'x', c: 'y' },
      },
    },
    {
      type: 'categories' as const,
      body: {
        items: [part('a'), part('b')],
        choices: [part('x'), part('y')],
        pairs: { a: 'y', b: 'x' },
      },
    },
    { type: 'ordering' as const, body: { items: [part('a'), part('b')], partial: 'place' as const } },
    {
      type: 'essay' as const,
      body: {
        minWords: 100,
        maxWords: null,
        rubric: [
          {
            id: 'a',
            title: 'Argument',
            description: 'Reasons',
            levels: [{ id: 'b', title: 'Good', description: '', points: 2 }],
          },
        ],
        rubricShown: false,
        guidance: '<p>Be fair.</p><p>Be kind.</p>',
      },
    },
    {
      type: 'cloze' as const,
      body: { gaps: [{ ...gap, kind: 'numeric' as const, body: numeric }] },
    },
    {
      type: 'hotspot' as const,
      body: {
        picture,
        points: 3,
        areas: [{ id: 'a', name: 'Lake', shape: 'circle' as const, x: 0.4, y: 0.5, radius: 0.1 }],
      },
    },
    {
      type: 'labelling' as const,
      body: {
        picture,
        targets: [{ id: 'a', x: 0.1, y: 0.2 }],
        labels: [part('x'), part('y')],
        pairs: { a: 'x' },
      },
    },
    {
      type: 'formula' as const,
      body: {
        answers: [{ expression: '2x', share: 100, feedback: '<p>Yes.</p>' }],
        variables: [{ name: 'x', from: 0, to: 1 }],
        functions: ['sin' as const],
        tolerance: 0.01,
        form: 'factored' as const,
      },
    },
  ]
  for (const { type, body } of bodies) {
    const stored = {
      id: '0190a000-0000-7000-8000-000000000001',
      version: 1,
      type,
      content: '<p>Which?</p>',
      points: 2,
      options: [],
      body,
      scoring: { partial: true, wrongCosts: 25, belowZero: false },
      feedback: { general: null, correct: null, incorrect: null },
    } as Parameters<typeof draftOf>[0]
    const saved = inputOf(draftOf(stored))
    const { version: _, ...expected } = stored
    if (saved.type !== 'matching') assert.deepEqual(saved, expected)
    else
      assert.deepEqual(
        meaningOf(saved.body),
        meaningOf(body as typeof saved.body),
        'choices may be named anew',
      )
  }
})

test('the ids that learners get of a matching question do not tell which belong together', () => {
  const question = newQuestion('matching', words)
  if (question.body?.type !== 'matching') assert.fail()
  for (const [at, pair] of question.body.body.pairs.entries()) {
    pair.item = `item ${at}`
    pair.choice = `choice ${at}`
  }
  const saved = inputOf(question)
  if (saved.type !== 'matching') assert.fail()
  for (const item of saved.body.items)
    for (const choice of saved.body.choices)
      assert.ok(!choice.id.includes(item.id) && !item.id.includes(choice.id))
})

test('a draft of before there were bodies and schemes is completed', () => {
  const { body: _, scoring: __, ...older } = newQuestion('single_choice', words)
  assert.ok(isQuestionDraft(older))
  const now = completed(older as QuestionDraft)
  assert.deepEqual([now.body, now.scoring.partial], [null, false])
})

/** Which text belongs to which, and what else is offered. */
function meaningOf({
  items,
  choices,
  pairs,
}: Extract<AuthoredQuiz['questions'][number], { type: 'matching' }>['body']) {
  const choiceOf = new Map(choices.map(({ id, content }) => [id, content]))
  return {
    pairs: items.map(({ id, content }) => [content, choiceOf.get(pairs[id] ?? '')]),
    choices: choices.map(({ content }) => content),
  }
}

test('a question says what it still lacks', () => {
  const question = newQuestion('single_choice', words)
  assert.equal(missingPart(question, 'quiz'), 'content')
  question.content = 'Which?'
  assert.equal(missingPart(question, 'quiz'), 'few')
  for (const option of question.options) option.content = 'x'
  assert.equal(missingPart(question, 'quiz'), null)
  for (const option of question.options) option.correct = true
  assert.equal(missingPart(question, 'quiz'), 'correct')
  assert.equal(missingPart({ ...question, type: 'multiple_choice' }, 'quiz'), null)
})

test('a question of a survey needs answers, and none of them right', () => {
  const question = newQuestion('single_choice', words)
  question.content = 'Which do you like?'
  for (const option of question.options) option.correct = false
  assert.equal(missingPart(question, 'survey'), 'few')
  for (const option of question.options) option.content = 'x'
  assert.equal(missingPart(question, 'survey'), null)
  assert.equal(missingPart(question, 'quiz'), 'correct')
})

test('rows that nobody filled in are neither asked for nor saved', () => {
  const question = newQuestion('single_choice', words)
  question.content = 'Which?'
  const [first, second, third] = question.options
  first!.content = 'Orange'
  second!.content = 'Vaal'
  assert.equal(missingPart(question, 'quiz'), null)
  assert.deepEqual(
    inputOf(question).options?.map(option => option.content),
    ['Orange', 'Vaal'],
  )
  third!.feedback = 'Not a river.'
  assert.equal(missingPart(question, 'quiz'), 'option')
  third!.feedback = ''
  first!.correct = false
  third!.correct = true
  assert.equal(missingPart(question, 'quiz'), 'correct', 'an empty row cannot be the right answer')
})

test('a duplicate is a question of its own', () => {
  const first = { ...newQuestion('true_false', words), id: '0190a000-0000-7000-8000-000000000001' }
  const second = duplicateOf(first)
  assert.equal(second.id, undefined)
  assert.notEqual(second.key, first.key)
  assert.notEqual(second.options[0]?.key, first.options[0]?.key)
})
