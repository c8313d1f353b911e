'use client'
import { useParams } from 'next/navigation'
import { useState } from 'react'
import type { RunResult } from '../../../../code/runs/run-result.ts'
import { type Runner, useRun } from '../../../../code/runs/use-run.ts'
import { open } from '../../../../lib/api.browser.ts'
import { type CodeDraft, codeBodyOf } from '../../code-draft.ts'

/** The solution of a question, run with all tests as they are on the page, saved or not. */
export function useTrialRun(body: CodeDraft) {
  // Both pages of the editor are below the course that the question is for.
  const { courseId } = useParams<{ courseId: string }>()
  const runner: Runner<CodeDraft> = async (draft, told) => {
    const { follow } = await import('@azora/web/calls/follow.ts')
    await follow(open, 'assessment.tryProgram', { courseId, body: codeBodyOf(draft) }, told)
  }
  const state = useRun(runner)
  const [ran, setRan] = useState<CodeDraft | null>(null)
  return {
    state,
    run() {
      setRan(body)
      void state.run(body)
    },
    /** What a test came to; null once the program or the test was changed. */
    resultOf(testId: string): RunResult | null {
      if (ran?.files !== body.files || ran.language !== body.language || ran.unitTests !== body.unitTests)
        return null
      const partOf = ({ tests, style = [] }: CodeDraft) =>
        [...tests, ...style].find(({ id }) => id === testId)
      const isSame = partOf(ran) === partOf(body)
      return (isSame && state.results.find(result => result.testId === testId)) || null
    },
    /** Where the solution failed, as long as it is as it was. */
    errorPlace:
      ran?.files === body.files ? (state.results.find(({ error }) => error !== null)?.error ?? null) : null,
  }
}
