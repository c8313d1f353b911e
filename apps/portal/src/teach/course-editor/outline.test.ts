import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moveModule, placeLessons, stepLesson } from './outline.ts'

const course = () => [
  { id: 'A', lessons: [{ id: 'a1' }, { id: 'a2' }, { id: 'a3' }] },
  { id: 'B', lessons: [] as { id: string }[] },
  { id: 'C', lessons: [{ id: 'c1' }] },
]
const shown = (modules: { id: string; lessons: { id: string }[] }[]) =>
  modules.map(module => `${module.id}:${module.lessons.map(lesson => lesson.id).join(',')}`).join(' ')

test('a module moves by a step and stays where there is no room', () => {
  assert.equal(shown(moveModule(course(), 2, -1)), 'A:a1,a2,a3 C:c1 B:')
  assert.equal(shown(moveModule(course(), 0, -1)), shown(course()))
  assert.equal(shown(moveModule(course(), 2, 1)), shown(course()))
})

test('a lesson moves within its module and over its edge into the neighbour', () => {
  assert.equal(shown(stepLesson(course(), 'a2', -1)), 'A:a2,a1,a3 B: C:c1')
  assert.equal(shown(stepLesson(course(), 'a2', 1)), 'A:a1,a3,a2 B: C:c1')
  assert.equal(shown(stepLesson(course(), 'a3', 1)), 'A:a1,a2 B:a3 C:c1')
  assert.equal(shown(stepLesson(course(), 'c1', -1)), 'A:a1,a2,a3 B:c1 C:')
  assert.equal(shown(stepLesson(course(), 'a1', -1)), shown(course()))
})

test('lessons dropped together keep their order', () => {
  const place = { moduleId: 'C', beside: { lessonId: 'c1', position: 'before' as const } }
  assert.equal(shown(placeLessons(course(), new Set(['a3', 'a1']), place)), 'A:a2 B: C:a1,a3,c1')
  assert.equal(shown(placeLessons(course(), new Set(['a2']), { moduleId: 'B' })), 'A:a1,a3 B:a2 C:c1')
})

test('no lesson is lost by a drop beside one that moves too', () => {
  const place = { moduleId: 'A', beside: { lessonId: 'a1', position: 'after' as const } }
  assert.equal(shown(placeLessons(course(), new Set(['a1', 'a2']), place)), shown(course()))
})
