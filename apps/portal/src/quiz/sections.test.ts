import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sectionFrom } from './section-from.ts'
import { endedByClock, endOfSection, sectionNow } from './sections.ts'

const at = (minute: number) => new Date(Date.parse('2026-03-01T10:00:00Z') + minute * 60_000).toISOString()
const section = (title: string, questionCount: number) => ({
  title,
  instructions: '',
  questionCount,
  limitSeconds: 600,
})
const sections = [section('Reading', 2), section('Grammar', 3)]
const inSection = (number: number, endsAt: string | null = at(10)) => ({
  sections,
  currentSection: { number, endsAt },
})

test('The section that is asked has its questions behind those of the ones before.', () => {
  const told = [1, 2].map(number => sectionNow(inSection(number)))
  assert.deepEqual(
    told.map(one => [one?.title, one?.from, one?.to, one?.isLast]),
    [
      ['Reading', 0, 2, false],
      ['Grammar', 2, 5, true],
    ],
  )
  assert.equal(sectionNow({ sections, currentSection: null }), null)
  assert.equal(sectionNow({}), null, 'an attempt of a release without sections')
})

test('A section begins at its first question alone.', () => {
  const begins = [0, 1, 2, 3].map(place => sectionFrom(sections, place)?.title)
  assert.deepEqual(begins, ['Reading', undefined, 'Grammar', undefined])
  assert.equal(sectionFrom(undefined, 0), null)
})

test('What comes after the end of a section came by the clock, what comes before it by the learner.', () => {
  assert.equal(endedByClock(inSection(1), { now: at(10) }), true)
  assert.equal(endedByClock(inSection(1), { now: at(9) }), false)
  assert.equal(endedByClock(inSection(1, null), { now: at(900) }), false)
})

test('A section is over as soon as another is asked.', () => {
  assert.equal(endOfSection({ ...inSection(1), now: at(3) }, 1), at(10))
  assert.equal(endOfSection({ ...inSection(2), now: at(3) }, 1), at(3))
  assert.equal(endOfSection({ ...inSection(1, null), now: at(3) }, 1), null)
})
