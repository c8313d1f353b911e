import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { stream } from '../stream.ts'
import { growing, id } from '../wire.ts'
import {
  codeBody,
  programArguments,
  programFailures,
  programLanguages,
  programText,
} from './question-types/code.ts'

/** Runs of programs that count for nothing: while learners write them, and while an author tries a question. */

/** What a run came to. `right` and `wrong` are of tests; `finished` is of a run with an input of one's own. */
const runOutcomes = ['right', 'wrong', 'finished', 'failed', ...programFailures, 'not_run'] as const

const output = (what: string, example: string) =>
  z.string().meta({
    description: `What the program wrote to ${what}, at most ${limits.shownOutputLength} characters of it.`,
    examples: [example],
  })

const runResult = z.object({
  testId: z
    .string()
    .nullable()
    .meta({
      description: 'The test that was run, or the rule of style; null for an input of one’s own.',
      examples: ['k7'],
    }),
  outcome: z.enum(runOutcomes).meta({
    ...growing,
    description:
      'What the run came to. `not_run` where the tests before it took all of the time there is for one request.',
    examples: ['wrong'],
  }),
  difference: z
    .object({
      line: z
        .number()
        .int()
        .meta({ description: 'The line of the output, from 1.', examples: [1] }),
      given: z
        .string()
        .nullable()
        .meta({ description: 'What the program wrote there; null where it had ended.', examples: ['5'] }),
      expected: z
        .string()
        .nullable()
        .meta({ description: 'What was expected there; null for nothing more.', examples: ['4'] }),
      only: z
        .enum(['spaces', 'case'])
        .nullable()
        .meta({
          ...growing,
          description: 'That they differ in spaces or capital letters alone; null where they differ in more.',
          examples: ['case'],
        }),
    })
    .nullable()
    .meta({ description: 'Where the output first differs from what was expected; null where it does not.' }),
  error: z
    .object({
      path: z.string().meta({ description: 'The file in which it failed.', examples: ['main.py'] }),
      line: z
        .number()
        .int()
        .meta({ description: 'The line of that file, from 1.', examples: [3] }),
      message: z.string().meta({ description: 'What is wrong.', examples: ['ValueError: no number'] }),
    })
    .nullable()
    .meta({ description: 'Where the program failed; null where it did not, and where that is not known.' }),
  assertion: z
    .object({
      kind: z.enum(['failed', 'error', 'ended', 'missing']).meta({
        ...growing,
        description:
          'Whether what the test asserts is not so, an error came in between, the program ended before the test did, or the file of unit tests has no such test.',
        examples: ['failed'],
      }),
      call: z
        .string()
        .nullable()
        .meta({
          description: 'What the test last called of the program; null for nothing.',
          examples: ['double(2)'],
        }),
      message: z
        .string()
        .nullable()
        .meta({
          description: 'What the test or the error says; null for no more than the values.',
          examples: ['Twice.'],
        }),
      given: z
        .string()
        .nullable()
        .meta({ description: 'The value that came; null where none was compared.', examples: ['3'] }),
      expected: z
        .string()
        .nullable()
        .meta({ description: 'The value that was expected; null where none was compared.', examples: ['4'] }),
    })
    .nullable()
    .optional()
    .meta({ description: 'Why a unit test failed. Absent or null for all else.' }),
  stdout: output('standard output', '5\n'),
  stderr: output('standard error', ''),
  cut: z
    .boolean()
    .meta({ description: 'Whether the program wrote more than is told here.', examples: [false] }),
  processorMs: z
    .number()
    .nullable()
    .meta({
      description: 'The processor time, in milliseconds; null for a run that was too short to tell.',
      examples: [120],
    }),
  wallMs: z
    .number()
    .int()
    .meta({ description: 'How long it took by the clock, in milliseconds.', examples: [150] }),
  memoryBytes: z
    .number()
    .nullable()
    .meta({
      description: 'The most memory that was seen; null for a run that was too short to tell.',
      examples: [9437184],
    }),
})

const given = {
  files: z
    .array(programText)
    .max(limits.editableFilesOfProgram)
    .meta({
      description: 'The content of each file that learners write, in their order.',
      examples: [['print(int(input()) * 2)\n']],
    }),
  own: z
    .object({
      stdin: programText.default('').meta({
        description: 'What the program reads from standard input.',
        examples: ['2\n'],
      }),
      arguments: programArguments,
    })
    .optional()
    .meta({
      description: 'An input of one’s own, with which the program is run in place of the tests.',
      examples: [{ stdin: '2\n', arguments: [] }],
    }),
}
const questionId = id.meta({
  description: 'Identifies the question.',
  examples: ['0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5b'],
})

const tags: [string] = ['assessment']
const rules = { reads: true, rateClass: 'program', tags } as const
const description =
  'A stream of events: the result of each run, as soon as it has ended. Runs wait for one another, in fair turns. With status 429 the caller has too many waiting, with 503 the school or the installation has, or programs cannot be run here.'

export const programOperations = {
  listProgramLanguages: operation({
    method: 'GET',
    path: '/assessment/program-languages',
    access: 'member',
    tags,
    summary: 'The languages in which programs can be run on this installation.',
  }).output(
    z.object({
      languages: z.array(z.enum(programLanguages).meta(growing)).meta({
        description: 'The languages. None where programs are not run here: a teacher then marks them.',
        examples: [['python', 'javascript']],
      }),
      reason: z
        .string()
        .nullable()
        .meta({
          description:
            'Why programs are not run here, for those who look after the installation; null where they are, and for all others.',
          examples: ['Not found: /usr/bin/bwrap. On Debian or Ubuntu, run: apt-get install bubblewrap'],
        }),
    }),
  ),
  runProgram: operation({
    ...rules,
    method: 'POST',
    path: '/assessment/submissions/{submissionId}/program-runs',
    access: 'member',
    summary: 'Run a program in your open attempt, with the tests that you can see or an input of your own.',
    description,
  })
    .input(z.object({ submissionId: id, questionId, ...given }))
    .output(stream(runResult)),
  previewProgram: operation({
    ...rules,
    method: 'POST',
    path: '/assessment/quizzes/{quizId}/preview/program-runs',
    access: 'course.author',
    summary: 'Run a program as a learner could, while you look at the quiz as a learner would.',
    description,
  })
    .input(z.object({ quizId: id, questionId, ...given }))
    .output(stream(runResult)),
  tryProgram: operation({
    ...rules,
    method: 'POST',
    path: '/assessment/courses/{courseId}/program-runs',
    access: 'course.author',
    summary: 'Run the solution of a question, or another answer, with all of its tests, before it is saved.',
    description,
  })
    .input(
      z.object({
        courseId: id,
        body: codeBody.meta({ description: 'The question beside its text, with its solution.' }),
        files: given.files.optional(),
        own: given.own,
      }),
    )
    .output(stream(runResult)),
}
