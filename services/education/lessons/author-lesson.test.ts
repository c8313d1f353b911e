import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from '@azora/kit/errors.ts'
import { checkLesson, type LessonInput } from './author-lesson.ts'
import type { LessonKind } from './lessons.store.ts'

const empty: LessonInput = {
  title: 'Rivers',
  content: '',
  durationMinutes: 5,
  required: true,
  fileId: null,
  linkUrl: null,
  quizId: null,
  attachmentIds: [],
}

/** The field that a lesson of this kind lacks, or null. */
function missing(kind: LessonKind, input: Partial<LessonInput>): string | null {
  try {
    checkLesson(kind, { ...empty, ...input })
    return null
  } catch (failure) {
    assert.ok(failure instanceof AppError && failure.code === 'invalid_input')
    const [field, ...more] = failure.data.fields ?? []
    assert.deepEqual([more.length, field?.code], [0, 'required'])
    return field?.path ?? null
  }
}

test('A quiz needs its quiz, a link its address and a file its file, and it is named what is missing.', () => {
  const needs: [LessonKind, 'quizId' | 'linkUrl' | 'fileId', string][] = [
    ['quiz', 'quizId', 'q'],
    ['link', 'linkUrl', 'https://school.example'],
    ['file', 'fileId', 'f'],
  ]
  const everything = { quizId: 'q', linkUrl: 'https://school.example', fileId: 'f' }
  for (const [kind, field, value] of needs) {
    assert.equal(missing(kind, {}), field)
    assert.equal(
      missing(kind, { ...everything, [field]: null }),
      field,
      'another field does not stand in for it',
    )
    assert.equal(missing(kind, { [field]: '' }), field)
    assert.equal(missing(kind, { [field]: value }), null)
  }
})

test('A page or a video may be as bare as its author likes.', () => {
  for (const kind of ['page', 'video'] as const) assert.equal(missing(kind, {}), null)
})
