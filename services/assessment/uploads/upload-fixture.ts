import { Readable } from 'node:stream'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { TestKit } from '@azora/kit/testing.ts'
import type { Request } from 'express'
import { v7 as uuidv7 } from 'uuid'
import type { BodyOf } from '../questions/question.ts'
import { allOrNothing } from '../questions/score.ts'
import { insertQuestions, type QuizSettings } from '../quizzes/quizzes.store.ts'
import { createAttemptFixture } from '../submissions/attempt-fixture.ts'
import { startAttempt } from '../submissions/start-attempt.ts'
import { addUpload, removeUpload } from './add-upload.ts'

/** The beginnings of files, each followed by what nobody looks at. */
export const samples = {
  'scan.pdf': Buffer.from('%PDF-1.7\n%%EOF'),
  'sketch.png': Buffer.from('\x89PNG\r\n\x1a\n....IEND', 'latin1'),
  'photo.jpg': Buffer.from('\xff\xd8\xff\xe0....', 'latin1'),
  'photo.webp': Buffer.from('RIFF....WEBPVP8 ', 'latin1'),
  'voice.webm': Buffer.from('\x1aE\xdf\xa3\x01B\x82\x84webm', 'latin1'),
  'voice.m4a': Buffer.from('\0\0\0\x20ftypM4A ....', 'latin1'),
  'voice.mp3': Buffer.from('ID3\x04....', 'latin1'),
  'frames.mp3': Buffer.from('\xff\xfb\x90\x00....', 'latin1'),
  'voice.aac': Buffer.from('\xff\xf1\x50\x80....', 'latin1'),
  'voice.ogg': Buffer.from('OggS....', 'latin1'),
  'voice.wav': Buffer.from('RIFF....WAVEfmt ', 'latin1'),
  'essay.docx': Buffer.from('PK\x03\x04....[Content_Types].xml', 'latin1'),
  'essay.odt': Buffer.from('PK\x03\x04....mimetype', 'latin1'),
  'notes.txt': Buffer.from('Rivers bend.\n'),
}

/** What a browser sends, as far as it is looked at. */
export const sent = (content: Buffer | Readable, headers: Record<string, string> = {}) =>
  Object.assign(Buffer.isBuffer(content) ? Readable.from([content]) : content, {
    headers,
    complete: true,
  }) as unknown as Request

/** Attempts at quizzes with a question that asks for files, worth 3, for tests. */
export function createUploadFixture(kit: TestKit) {
  const fixture = createAttemptFixture(kit)
  const { organizationId, school, tools } = fixture
  const body = (given: Partial<BodyOf<'upload'>>): BodyOf<'upload'> => ({
    kinds: ['document', 'photo', 'audio'],
    mostFiles: 3,
    mostBytes: 100_000,
    rubric: [],
    rubricShown: true,
    guidance: null,
    ...given,
  })

  async function openAttempt({
    learner = fixture.person(),
    settings = {},
    asks = {},
  }: {
    learner?: AskingCaller
    settings?: Partial<QuizSettings>
    asks?: Partial<BodyOf<'upload'>>
  } = {}) {
    const { id: quizId, questionId: choiceId } = await fixture.quiz(settings)
    const questionId = uuidv7()
    await school.transaction(tx =>
      insertQuestions(tx, organizationId, quizId, [
        {
          id: questionId,
          type: 'upload',
          content: '<p>Draw a river.</p>',
          points: 3,
          options: [],
          correctAnswer: [],
          body: body(asks),
          scoring: allOrNothing,
          feedback: { general: null, correct: null, incorrect: null },
          version: 1,
        },
      ]),
    )
    const { id: submissionId } = await startAttempt(tools, learner, quizId, undefined)
    const place = { submissionId, questionId }
    const add = (name: string, content: Buffer | Readable, uploadId = uuidv7(), by = learner) =>
      addUpload(tools, by, { ...place, uploadId, name }, sent(content))
    const remove = (uploadId: string, by = learner) => removeUpload(tools, by, { ...place, uploadId })
    return { quizId, choiceId, learner, ...place, add, remove }
  }
  return { ...fixture, openAttempt }
}
