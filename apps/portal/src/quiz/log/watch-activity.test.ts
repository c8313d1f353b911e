import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Note } from '../../offline/database.ts'
import { watchActivity } from './watch-activity.ts'

/** A page whose clock and sight a test sets. */
function page(most = 100) {
  const noted: Note[] = []
  const state = { nowMs: 0, here: true }
  const watch = watchActivity({
    clock: () => state.nowMs,
    isHere: () => state.here,
    note: note => noted.push(note),
    newId: () => String(noted.length),
    most,
  })
  const see = (here: boolean, seconds = 0) => {
    Object.assign(state, { here, nowMs: state.nowMs + seconds * 1000 })
    watch.look()
  }
  return { ...watch, state, see, told: () => noted.map(({ id: _id, at: _at, ...seen }) => seen) }
}

test('Leaving is noted at once and coming back with how long it was, each once.', () => {
  const { see, told } = page()
  see(true)
  see(false)
  see(false, 10)
  see(true, 30)
  see(true, 5)
  assert.deepEqual(told(), [{ kind: 'left' }, { kind: 'returned', seconds: 40 }])
})

test('A paste is noted by its length alone, with the question where there is one; of a file there is none.', () => {
  const { paste, told } = page()
  paste(240, 'q1')
  paste(3, undefined)
  paste(0, 'q1')
  assert.deepEqual(told(), [
    { kind: 'pasted', characters: 240, questionId: 'q1' },
    { kind: 'pasted', characters: 3 },
  ])
})

test('A lost line is noted when it is back, from its first moment; a clock that was set back tells no negative time.', () => {
  const { line, state, told } = page()
  line(true)
  line(false)
  state.nowMs = 5000
  line(false)
  state.nowMs = 9000
  line(true)
  line(false)
  state.nowMs = 1000
  line(true)
  assert.deepEqual(told(), [
    { kind: 'line_down', seconds: 9 },
    { kind: 'line_down', seconds: 0 },
  ])
})

test('No more is noted than the log takes.', () => {
  const { paste, told } = page(2)
  for (let time = 0; time < 5; time++) paste(1, 'q1')
  assert.equal(told().length, 2)
})
