'use client'
import { useEffect, useRef, useState } from 'react'
import { useLessData } from '../less-data/less-data.tsx'
import { call } from '../lib/api.browser.ts'
import type { Submission } from '../offline/answers.ts'
import { waitsForTests } from './waits-for-tests.ts'

/** Programs are tested in seconds; when others are before them it takes longer, and then there is no hurry. */
const pausesMs = [1_000, 1_000, 2_000, 2_000, 3_000, 3_000, 5_000, 5_000]
const laterPauseMs = 10_000
const mostAsked = 20

/**
 * Asks now and then for the result of an attempt whose programs are being tested. `isSlow` once it stopped asking: a
 * person may have to mark them, where the machine could not. Without `onResult` it does not ask.
 */
export function useTestResult(
  submission: Submission,
  onResult: ((graded: Submission) => void) | undefined,
): boolean {
  const [isSlow, setIsSlow] = useState(false)
  const told = useRef(onResult)
  told.current = onResult
  const waits = waitsForTests(submission) && onResult !== undefined
  const { id } = submission
  const less = useLessData()
  useEffect(() => {
    if (!waits) return
    const leaving = new AbortController()
    const { signal } = leaving
    const ask = async () => {
      for (let asked = 0; asked < mostAsked; asked++) {
        await pause(less ? laterPauseMs : (pausesMs[asked] ?? laterPauseMs), signal)
        try {
          const now = await call('assessment.getSubmission', { submissionId: id }, { signal })
          if (now.result) return told.current?.(now)
        } catch (failure) {
          signal.throwIfAborted()
          console.warn('The result could not be asked for; it is asked for again.', failure)
        }
      }
      setIsSlow(true)
    }
    ask().catch((failure: unknown) => {
      if (!signal.aborted) throw failure
    })
    return () => leaving.abort()
  }, [waits, id, less])
  return isSlow
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
