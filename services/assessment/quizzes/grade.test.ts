import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDecimal } from '@azora/kit/exact-numbers.ts'
import fc from 'fast-check'
import { admissibleAnswers, gradeQuestion } from '../questions/asked-question.ts'
import type { ChoiceQuestion, Question } from '../questions/question.ts'
import { allOrNothing, perPart } from '../questions/score.ts'
import { type Answers, gradeAttempt as gradeGiven } from './grade.ts'

const gradeAttempt = (questions: Question[], answers: Answers, passingScore: number) =>
  gradeGiven(
    questions,
    { answers, hintsTaken: {}, confidenceMode: 'not_asked', confidence: {} },
    passingScore,
  )

const letters = ['a', 'b', 'c', 'd', 'e']

const question: fc.Arbitrary<ChoiceQuestion> = fc
  .record({
    id: fc.uuid(),
    points: fc.integer({ min: 0, max: 1000 }).map(hundredths => hundredths / 100),
    correctAnswer: fc.subarray(letters, { minLength: 1 }),
  })
  .map(given => ({
    ...given,
    version: 1,
    type: given.correctAnswer.length > 1 ? 'multiple_choice' : 'single_choice',
    content: '',
    options: letters.map(id => ({ id, content: id, feedback: null })),
    body: null,
    scoring: allOrNothing,
    feedback: { general: null, correct: null, incorrect: null },
  }))

const quiz = fc.uniqueArray(question, { selector: asked => asked.id, maxLength: 30 })
const choices = fc.array(fc.constantFrom(...letters, 'z'), { maxLength: 8 })

const rightAnswers = (questions: Question[]) =>
  Object.fromEntries(questions.map(asked => [asked.id, [...asked.correctAnswer].reverse()]))

test('All answers right is a hundred per cent and passes at any passing score.', () => {
  fc.assert(
    fc.property(quiz, fc.integer({ min: 0, max: 100 }), (questions, passingScore) => {
      const grading = gradeAttempt(questions, rightAnswers(questions), passingScore)
      assert.deepEqual([grading.scorePercent, grading.passed], [100, true])
    }),
  )
})

test('No answer earns nothing, and passes only where nothing is asked for.', () => {
  fc.assert(
    fc.property(quiz, fc.integer({ min: 1, max: 100 }), (questions, passingScore) => {
      const grading = gradeAttempt(questions, {}, passingScore)
      const worth = questions.some(asked => asked.points > 0)
      assert.deepEqual([grading.score, grading.passed], [0, !worth])
    }),
  )
})

test('A score lies between nothing and the most there is, and is the sum of what was awarded.', () => {
  fc.assert(
    fc.property(quiz, fc.array(choices, { minLength: 30, maxLength: 30 }), (questions, chosen) => {
      const answers = Object.fromEntries(questions.map((asked, at) => [asked.id, chosen[at] ?? []]))
      const { score, maxScore, scorePercent, awarded } = gradeAttempt(questions, answers, 60)
      assert.ok(score >= 0 && score <= maxScore)
      assert.ok(scorePercent >= 0 && scorePercent <= 100)
      const sum = questions.reduce((total, asked) => total + (awarded[asked.id] ?? Number.NaN), 0)
      // Added up in binary, hundredths may end in a few more digits than the score is stored with.
      assert.ok(Math.abs(sum - score) < 1e-9, `${sum} is not ${score}`)
    }),
  )
})

test('A right answer more never lowers the score.', () => {
  fc.assert(
    fc.property(quiz, fc.nat(), (questions, pick) => {
      fc.pre(questions.length > 0)
      const all = rightAnswers(questions)
      const one = questions[pick % questions.length] as Question
      const { [one.id]: _, ...without } = all
      assert.ok(gradeAttempt(questions, without, 60).score <= gradeAttempt(questions, all, 60).score)
    }),
  )
})

test('Exactly the correct options earn the points: one missing, one more, or another earns none.', () => {
  fc.assert(
    fc.property(question, choices, (asked, chosen) => {
      const same = new Set(chosen).symmetricDifference(new Set(asked.correctAnswer)).size === 0
      const { awarded } = gradeQuestion(asked, { [asked.id]: chosen })
      assert.equal(awarded, same ? asked.points : 0)
    }),
  )
})

test('Who has exactly the share to pass has passed, thirds included.', () => {
  const thirds = (id: string): Question => ({
    id,
    version: 1,
    type: 'ordering',
    content: '',
    points: 1,
    options: [],
    correctAnswer: [],
    body: { items: ['a', 'b', 'c'].map(item => ({ id: item, content: item })), partial: 'place' },
    scoring: perPart,
    feedback: { general: null, correct: null, incorrect: null },
  })
  const [order, oneRight] = [
    ['a', 'b', 'c'],
    ['a', 'c', 'b'],
  ]
  const { passed, scorePercent } = gradeAttempt(
    ['q', 'r', 's', 't'].map(thirds),
    { q: oneRight, r: oneRight, s: oneRight, t: order },
    50,
  )
  assert.deepEqual([passed, scorePercent], [true, 50])
  const { score } = gradeAttempt([thirds('q')], { q: oneRight }, 50)
  assert.equal(
    parseDecimal(String(score)),
    score,
    'a third of a point is stored with digits that can be read back',
  )
})

test('With partial credit each correct option earns, and each wrong one takes as much back.', () => {
  const asked: ChoiceQuestion = {
    id: 'q',
    version: 1,
    type: 'multiple_choice',
    content: '',
    points: 3,
    options: letters.map(letter => ({ id: letter, content: '', feedback: null })),
    correctAnswer: ['a', 'b', 'c'],
    body: null,
    scoring: perPart,
    feedback: { general: null, correct: null, incorrect: null },
  }
  const earned = (chosen: string[]) => gradeQuestion(asked, { q: chosen }).awarded
  assert.deepEqual(
    [earned(['a', 'b', 'c']), earned(['a', 'b']), earned(['a', 'd']), earned([])],
    [3, 2, 0, 0],
  )
  assert.equal(earned(letters), 1, 'who chooses all of them does not know everything')
  assert.equal(earned(['d', 'e']), 0)
})

test('Passing is decided on the exact share, not on the rounded one.', () => {
  const of = (id: string, points: number): Question => ({
    id,
    version: 1,
    type: 'single_choice',
    content: '',
    points,
    options: letters.map(letter => ({ id: letter, content: '', feedback: null })),
    correctAnswer: ['a'],
    body: null,
    scoring: allOrNothing,
    feedback: { general: null, correct: null, incorrect: null },
  })
  const nearly = gradeAttempt([of('x', 599.99), of('y', 400.01)], { x: ['a'] }, 60)
  assert.deepEqual([nearly.scorePercent, nearly.passed], [60, false])
  const tenths = Array.from({ length: 10 }, (_, at) => of(`q${at}`, 0.1))
  const six = Object.fromEntries(tenths.slice(0, 6).map(asked => [asked.id, ['a']]))
  assert.equal(gradeAttempt(tenths, six, 60).passed, true, 'six tenths are sixty per cent')
  assert.equal(gradeAttempt(tenths, six, 60).score, 0.6)
})

test('Of what is sent, only options of questions that were asked are kept, each once, one where one may be chosen.', () => {
  fc.assert(
    fc.property(quiz, choices, (questions, chosen) => {
      const sent = { ...Object.fromEntries(questions.map(asked => [asked.id, chosen])), stranger: ['a'] }
      const kept = admissibleAnswers(questions, sent)
      assert.equal(kept.stranger, undefined)
      for (const asked of questions) {
        const options = kept[asked.id] ?? []
        assert.equal(new Set(options).size, options.length)
        assert.ok(options.every(option => letters.includes(option) && chosen.includes(option)))
        if (asked.type !== 'multiple_choice') assert.ok(options.length <= 1)
      }
      assert.deepEqual(admissibleAnswers(questions, kept), kept)
    }),
  )
})
