import { z } from 'zod'
import { limits } from '../../limits.ts'
import { growing, line } from '../../wire.ts'
import { partId, type QuestionType } from './question-type.ts'

/**
 * A program, which is run against tests (decision 0045). It is answered under the id of the question, with one text for
 * each file that learners write, in the order of the files.
 */

export const programLanguages = ['python', 'javascript', 'typescript', 'sql', 'c'] as const
const language = z
  .enum(programLanguages)
  .meta({ ...growing, description: 'The language of the program.', examples: ['python'] })

/** Why a program did not come to its own end. */
export const programFailures = [
  'not_compiled',
  'timed_out',
  'memory_exceeded',
  'output_exceeded',
  'files_exceeded',
  'processes_exceeded',
] as const

/** How a program's output is compared with what a test expects. */
export const outputComparisons = [
  /** Each character, but for how lines end and whether the last one does. */
  'exact',
  /** The same without spaces at the ends of lines and empty lines at the end. What most exercises mean. */
  'lines',
  /** The words in their order, however they are spaced. */
  'words',
  /** The same, and numbers are equal that are near enough. */
  'numbers',
] as const

/** A file, an input or an output. */
export const programText = z.string().max(limits.programTextLength)

const path = z
  .string()
  .max(limits.programPathLength)
  // Within the folder of the program, and nothing that could be taken for an option.
  .regex(/^\w[\w.-]*(?:\/\w[\w.-]*)*$/)
  .meta({
    description:
      'Where the file is for the program: letters, digits, points, lines and slashes, within its folder.',
    examples: ['main.py'],
  })

const file = z.object({
  path,
  content: programText.meta({
    description: 'What the file holds. Of a file that learners write, what they begin with.',
    examples: ['n = int(input())\n'],
  }),
  locked: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether learners see the file and cannot change it.', examples: [false] }),
})

const comparison = z
  .enum(outputComparisons)
  .default('lines')
  .meta({
    ...growing,
    description:
      'How the output is compared: each character; lines without spaces at their ends and empty lines at the end; words, however they are spaced; or words with numbers that are near enough.',
    examples: ['lines'],
  })

export const programArguments = z
  .array(
    z
      .string()
      .max(limits.programArgumentLength)
      .regex(/^[^\0]*$/),
  )
  .max(limits.argumentsOfProgram)
  .default([])
  .meta({ description: 'The arguments that the program is called with.', examples: [['--all']] })

const programTest = z.object({
  id: partId,
  title: line(limits.programTitleLength).meta({
    description: 'What the test is called. Learners see it, of hidden tests too.',
    examples: ['A small number'],
  }),
  stdin: programText
    .default('')
    .meta({ description: 'What the program reads from standard input.', examples: ['2\n'] }),
  arguments: programArguments,
  expected: programText.meta({ description: 'What it should write to standard output.', examples: ['4\n'] }),
  comparison,
  tolerance: z
    .number()
    .min(0)
    .max(1)
    .default(1e-6)
    .meta({
      description: 'How far numbers may be off where they are compared as numbers, relative to their size.',
      examples: [0.000001],
    }),
  worth: z
    .number()
    .min(0)
    .max(1000)
    .default(1)
    .meta({ description: 'How much this test counts beside the others.', examples: [1] }),
})

const unit = z
  .string()
  .min(1)
  .max(limits.programArgumentLength)
  .optional()
  .meta({
    description:
      'The test in the file of unit tests that this one runs, in place of comparing what is printed: in Python its class and method with a point between, in JavaScript its name after those of its suites, with > between. Absent for none.',
    examples: ['TestDouble.test_small'],
  })

/** Rules that a program is held against as it is written, without being run. */
const styleRules = [
  'must_use',
  'must_not_use',
  'line_length',
  'docstrings',
  'no_mixed_tabs',
  'naming',
] as const

/** Languages that have unit tests and rules of style. */
export const unitTestLanguages = ['python', 'javascript', 'typescript'] as const

const style = z
  .array(
    z.object({
      id: partId,
      rule: z.enum(styleRules).meta({
        ...growing,
        description:
          'What is asked: that the files that learners write use something, or do not use it; how long lines may be; that functions and classes say what they do; that tabs and spaces are not mixed; or that names are written as is usual.',
        examples: ['must_not_use'],
      }),
      value: z
        .string()
        .max(limits.programPathLength)
        .default('')
        .meta({
          description:
            'What is to be used or not: a name such as math.sqrt, or one of the words for, while, if, def, function, class, return, try, import, lambda, comprehension or recursion. Of line_length the number of characters. Empty for the other rules.',
          examples: ['recursion'],
        }),
      worth: z
        .number()
        .min(0)
        .max(1000)
        .default(0)
        .meta({
          description: 'How much it counts beside the tests; 0 for a remark that costs nothing.',
          examples: [0],
        }),
    }),
  )
  .max(limits.styleChecksOfProgram)
  .optional()
  .meta({
    description: 'Rules of style, for Python, JavaScript and TypeScript. Absent for none.',
    examples: [[{ id: 's1', rule: 'must_not_use', value: 'recursion', worth: 0 }]],
  })

const testExample = {
  id: 'k7',
  title: 'A small number',
  stdin: '2\n',
  arguments: [],
  expected: '4\n',
  comparison: 'lines',
  tolerance: 0.000001,
  worth: 1,
}
const fileExample = { path: 'main.py', content: 'n = int(input())\n', locked: false }

const bounds = {
  processorSeconds: z
    .number()
    .int()
    .min(1)
    .max(10)
    .default(5)
    .meta({
      description: 'How many seconds of processor time a run may take; three times as long by the clock.',
      examples: [5],
    }),
  memoryMiB: z
    .number()
    .int()
    .min(16)
    .max(512)
    .default(128)
    .meta({
      description: 'How much memory a run may take, in mebibytes, beyond what its language takes.',
      examples: [128],
    }),
}

export const codeBody = z.object({
  language,
  files: z
    .array(
      file.extend({
        hidden: z
          .boolean()
          .default(false)
          .meta({
            description:
              'Whether the file is there in hidden tests alone. Learners never see it, nor does a program that they can see the output of.',
            examples: [false],
          }),
      }),
    )
    .max(limits.filesOfProgram)
    .meta({
      description: 'The files of the program. The first one is run, so it is not hidden.',
      examples: [[{ ...fileExample, hidden: false }]],
    }),
  tests: z
    .array(
      programTest.extend({
        unit,
        hidden: z
          .boolean()
          .default(false)
          .meta({
            description: 'Whether learners see no more of the test than its title and what it came to.',
            examples: [false],
          }),
      }),
    )
    .max(limits.testsOfProgram)
    .meta({
      description:
        'What the program is run with, and what it should print. Each earns its worth or nothing; what comes after two minutes of running counts as timed out.',
      examples: [[{ ...testExample, hidden: false }]],
    }),
  unitTests: programText.optional().meta({
    description:
      'A file of unit tests, for Python (unittest), JavaScript and TypeScript (node:test). It imports the files of the program. Learners never see it, nor does their program. Absent for none.',
    examples: ['import unittest\nfrom main import double\n'],
  }),
  style,
  solution: z
    .array(programText)
    .max(limits.editableFilesOfProgram)
    .default([])
    .meta({
      description:
        'A right answer: the content of each file that learners write, in their order. Empty for none.',
      examples: [['print(int(input()) * 2)\n']],
    }),
  keyShown: z
    .boolean()
    .default(false)
    .meta({
      description:
        'Whether the solution and the hidden tests are shown where the quiz shows the right answers.',
      examples: [false],
    }),
  ...bounds,
})

const open = z.object({
  language,
  files: z.array(file).meta({
    description: 'The files that learners see. Those that are not locked take an answer, in this order.',
    examples: [[fileExample]],
  }),
  tests: z
    .array(programTest.extend({ unit }))
    .meta({ description: 'The tests that learners see.', examples: [[testExample]] }),
  hiddenTests: z.array(programTest.pick({ id: true, title: true, worth: true })).meta({
    description: 'The other tests that the program is marked by.',
    examples: [[{ id: 'm2', title: 'A large number', worth: 1 }]],
  }),
  style,
  ...bounds,
})

export const code = {
  name: 'code',
  body: codeBody,
  open,
} as const satisfies QuestionType<'code', typeof codeBody, typeof open>
