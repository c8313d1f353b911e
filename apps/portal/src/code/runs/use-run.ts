'use client'
import { faultText } from '@azora/web/calls/failures.ts'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { Place } from '../device/choice.ts'
import type { RunResult } from './run-result.ts'

/** An input of one's own, in place of the tests. */
export type OwnInput = { stdin: string; arguments: string[] }

/** Runs a program, and tells each result as soon as it is there. */
export type Runner<Given> = (given: Given, told: Told) => Promise<void>

export type Told = {
  signal: AbortSignal
  onEvent: (result: RunResult) => void
  /** Where it runs from here on: what was told before is forgotten. */
  onPlace: (ran: Ran) => void
  /** How much of a language the device has, from 0 to 1. */
  onLoaded: (part: number) => void
  /** Asks where such programs are to run; null when nothing was chosen. */
  ask: () => Promise<Place | null>
}

/** @param needs what the program uses that the device does not have */
export type Ran = { place: Place; needs?: string | null }

export type RunState = {
  isRunning: boolean
  /** It has been a while: others are probably before it. */
  isSlow: boolean
  results: RunResult[]
  fault: string | null
  /** Null until it is known, and where only the server runs such programs. */
  ran: Ran | null
  /** Of the language that the device is fetching; null when it has it. */
  loaded: number | null
  /** Answers where programs are to run; null while that is not asked. */
  answer: ((place: Place | null) => void) | null
}

const idle: RunState = {
  isRunning: false,
  isSlow: false,
  results: [],
  fault: null,
  ran: null,
  loaded: null,
  answer: null,
}
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
        onPlace: ran => set(before => ({ ...before, ran, results: [], loaded: null })),
        onLoaded: part => set(before => ({ ...before, loaded: part < 1 ? part : null })),
        ask() {
          clearTimeout(timer)
          const { promise, resolve } = Promise.withResolvers<Place | null>()
          controller.signal.addEventListener('abort', () => resolve(null))
          set(before => ({ ...before, answer: resolve }))
          return promise.finally(() => set(before => ({ ...before, answer: null })))
        },
      })
      set(before => ({ ...before, isRunning: false, isSlow: false, loaded: null }))
    } catch (failure) {
      if (controller.signal.aborted) return
      set(before => ({
        ...before,
        isRunning: false,
        isSlow: false,
        loaded: null,
        fault: faultText(failure, lost),
      }))
    } finally {
      clearTimeout(timer)
    }
  }
  const stop = () => {
    current.current?.abort()
    current.current = null
    setState(before => ({ ...before, isRunning: false, isSlow: false, loaded: null, answer: null }))
  }
  return { ...state, run, stop }
}
