import { codeBody } from '@azora/contracts/assessment/question-types/code.ts'
import type { TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import type { Code } from '../questions/code/code.ts'
import { perPart } from '../questions/score.ts'
import { insertQuestions, type QuizSettings } from '../quizzes/quizzes.store.ts'
import { createAttemptFixture } from '../submissions/attempt-fixture.ts'
import type { Programs } from './programs.ts'
import type { Program, ProgramResult } from './sandbox/program.ts'

type Run = (program: Program) => Promise<ProgramResult>

const resultOf = (part: Partial<ProgramResult>): ProgramResult => ({
  outcome: 'finished',
  exitCode: 0,
  signal: null,
  stdout: '',
  stderr: '',
  processorMs: 10,
  wallMs: 20,
  memoryBytes: null,
  ...part,
})

/** Without a language: the first file says what the program does with its input. */
export async function playProgram({ files, stdin = '' }: Program): Promise<ProgramResult> {
  const [main] = files
  switch (String(main?.content)) {
    case 'double':
      return resultOf({ stdout: `${Number(stdin) * 2}\n` })
    case 'echo':
      return resultOf({ stdout: stdin })
    case 'list':
      return resultOf({ stdout: files.map(({ path, content }) => `${path}: ${content}`).join('\n') })
    case 'fail':
      return resultOf({
        outcome: 'failed',
        exitCode: 1,
        stdout: stdin,
        stderr: `File "/program/main.py", line 3\nValueError: ${stdin}`,
      })
    case 'sleep':
      return resultOf({ outcome: 'timed_out', exitCode: null, wallMs: 15_000 })
    default:
      return resultOf({})
  }
}

/** Programs that are played, by whom a test says. */
export function playedPrograms(run: Run = playProgram, languages = ['python']) {
  const seen: Program[] = []
  const programs: Programs = {
    find: async () => ({ sandbox: { run, languages } }),
    async run(program, _share, signal) {
      signal?.throwIfAborted()
      seen.push(program)
      return run(program)
    },
  }
  return Object.assign(programs, { seen })
}

export const withoutWall: Programs = {
  find: async () => ({ sandbox: null, reason: 'There is none.' }),
  run: () => Promise.reject(new Error('Nothing is run without a wall.')),
}

/** Asks to double a number: a test that is seen, worth 1, and two that are hidden, worth 1 and 2. */
export const doubling = (part: Partial<z.input<typeof codeBody>> = {}): Code =>
  codeBody.parse({
    language: 'python',
    files: [
      { path: 'main.py', content: 'starter' },
      { path: 'secret.csv', content: 'secret-file', hidden: true },
    ],
    tests: [
      { id: 'a', title: 'Two', stdin: '2', expected: '4' },
      { id: 'b', title: 'A large one', stdin: '3502', expected: '7004', hidden: true },
      { id: 'c', title: 'Another', stdin: '2804', expected: '5608', worth: 2, hidden: true },
    ],
    solution: ['double'],
    ...part,
  })

/** Quizzes of a choice, worth 1, and programs, worth 4 each. The right option is `a`. */
export function createCodeFixture(kit: TestKit) {
  const fixture = createAttemptFixture(kit)
  const { organizationId, school } = fixture

  async function codeQuiz(settings: Partial<QuizSettings> = {}, ...given: Code[]) {
    const { id, questionId: choiceId } = await fixture.quiz(settings)
    const bodies = given.length > 0 ? given : [doubling()]
    const codeIds = bodies.map(() => uuidv7())
    await school.transaction(tx =>
      insertQuestions(
        tx,
        organizationId,
        id,
        bodies.map((body, at) => ({
          id: codeIds[at] as string,
          type: 'code' as const,
          content: '<p>Double a number.</p>',
          points: 4,
          options: [],
          correctAnswer: [],
          body,
          scoring: perPart,
          feedback: { general: null, correct: null, incorrect: null },
          version: 1,
        })),
      ),
    )
    return { id, choiceId, codeId: codeIds[0] as string, codeIds }
  }

  /** Who teaches every course. */
  function teacher(): ReturnType<typeof fixture.person> {
    const education = { getCourseAccess: async () => ({ author: true, enrolled: false }) }
    return { ...fixture.person(), others: { education } as never }
  }
  return { ...fixture, codeQuiz, teacher }
}
