'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { OwnInput, Runner, Told } from '../../../code/runs/use-run.ts'
import { open } from '../../../lib/api.browser.ts'
import type { QuestionOf } from '../answer-field.ts'

/** What a learner runs: the files that they write, with the tests of the question or with an input of their own. */
export type Given = {
  questionId: string
  files: string[]
  own?: OwnInput
  /** The same program whole, for the device. */
  program: Pick<
    QuestionOf<'code'>['body'],
    'language' | 'files' | 'tests' | 'style' | 'processorSeconds' | 'memoryMiB'
  >
}

const RunsContext = createContext<Runner<Given> | null>(null)

type RunsProps = {
  submission: { id: string; quizId: string }
  /** An author looks at the quiz as a learner would: there is no attempt. */
  isTrial: boolean
  children: ReactNode
}

/** Lets the programs within be run, in this attempt or in this trial of the quiz. */
export function Runs({ submission: { id, quizId }, isTrial, children }: RunsProps) {
  const runner = useMemo<Runner<Given>>(
    () =>
      async ({ program, ...given }, told) => {
        if ((await onDevice(program, given.own, told)) !== 'server') return
        // Only who runs a program pays for the reading of streams.
        const { follow } = await import('@azora/web/calls/follow.ts')
        return isTrial
          ? follow(open, 'assessment.previewProgram', { quizId, ...given }, told)
          : follow(open, 'assessment.runProgram', { submissionId: id, ...given }, told)
      },
    [id, quizId, isTrial],
  )
  return <RunsContext value={runner}>{children}</RunsContext>
}

/** Without its script, as on a device that lost its connection before it was ever asked for, it is for the server. */
async function onDevice({ style, ...program }: Given['program'], own: OwnInput | undefined, told: Told) {
  const here = await import('../../../code/device/run-here.ts').catch(() => null)
  return here?.runHere({ ...program, own, hasStyle: (style?.length ?? 0) > 0 }, told) ?? 'server'
}

export function useRunner(): Runner<Given> {
  const runner = useContext(RunsContext)
  if (!runner) throw new Error('A program is shown outside of <Runs>.')
  return runner
}
