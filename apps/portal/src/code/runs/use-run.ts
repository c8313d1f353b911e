'use client'
import { faultText } from '@azora/web/calls/failures.ts'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { RunResult } from './run-result.ts'

/** An input of one's own, in place of the tests. */
export type OwnInput = { stdin: string; arguments: string[] }

/** Runs a program, and tells each result as soon as it is there. */
export type Runner<Given> = (
  given: Given,
  told: { signal: AbortSignal; onEvent: (result: RunResult) => void },
) => Promise<void>

export type RunState = {
  isRunning: boolean
  /** It has been a while: others are probably before it. */
  isSlow: boolean
  results: RunResult[]
  fault: string | null
}

const idle: RunState = { isRunning: false, isSlow: false, results: [], fault: null }
const slowAfterMs = 4_000

/** A run at a time; a new one takes the place of the one before, and leaving the page ends it. */
export function useRun<Given>(runner: Runner<Given>) {
  const lost = useTranslations('common')('connectionLost')
  const [state, setState] = useState(idle)
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])

  const run = async (given: Given): Promise<void> => {
    current.current?.abort()
    const controller = new AbortController()
    current.current = controller
    const set = (change: (before: RunState) => RunState) => {
      if (current.current === controller) setState(change)
    }
    setState({ ...idle, isRunning: true })
    const slow = () => set(before => ({ ...before, isSlow: true }))
    let timer = setTimeout(slow, slowAfterMs)
    try {
      await runner(given, {
        signal: controller.signal,
        onEvent(result) {
          clearTimeout(timer)
          timer = setTimeout(slow, slowAfterMs)
          set(before => ({
            ...before,
            isSlow: false,
            // A line that broke is opened again from the beginning.
            results: [...before.results.filter(({ testId }) => testId !== result.testId), result],
          }))
        },
      })
      set(before => ({ ...before, isRunning: false, isSlow: false }))
    } catch (failure) {
      if (controller.signal.aborted) return
      set(before => ({ ...before, isRunning: false, isSlow: false, fault: faultText(failure, lost) }))
    } finally {
      clearTimeout(timer)
    }
  }
  const stop = () => {
    current.current?.abort()
    current.current = null
    setState(before => ({ ...before, isRunning: false, isSlow: false }))
  }
  return { ...state, run, stop }
}
