import { compareOutput } from '@azora/contracts/assessment/compare-output.ts'
import { errorPlaceOf } from '@azora/contracts/assessment/error-place.ts'
import { limits } from '@azora/contracts/limits.ts'
import type { DeviceLanguage } from '@azora/web/programs/protocol.ts'
import type { RunResult } from '../runs/run-result.ts'
import type { OwnInput } from '../runs/use-run.ts'
import { type DeviceWorker, type Ended, frameOf } from './frame.ts'

/** A program on this device, with the tests that a learner sees or an input of their own: as the server would run it. */

export type DeviceTest = {
  id: string
  stdin: string
  arguments: string[]
  expected: string
  comparison: Parameters<typeof compareOutput>[2]
  tolerance: number
}

export type DeviceProgram = {
  language: DeviceLanguage
  files: { path: string; content: string }[]
  tests: DeviceTest[]
  own?: OwnInput | undefined
  processorSeconds: number
  memoryMiB: number
}

type Told = { signal: AbortSignal; onEvent: (result: RunResult) => void; onLoaded: (part: number) => void }

// As on the server.
const outputBytes = 64 * 2 ** 10
const mostMs = 60_000

/** @returns what the program needs that only the server has; null when it has run. @throws where it cannot run here. */
export async function runOnDevice(program: DeviceProgram, told: Told): Promise<string | null> {
  const frame = await frameOf(program.language, told.onLoaded)
  told.signal.throwIfAborted()
  told.onLoaded(1)
  return frame.use(worker => runIn(worker, program, told), told.signal)
}

async function runIn(
  worker: DeviceWorker,
  program: DeviceProgram,
  { onEvent }: Told,
): Promise<string | null> {
  const { language, files, own, processorSeconds, memoryMiB } = program
  const runs: (OwnInput & { test: DeviceTest | null })[] = own
    ? [{ ...own, test: null }]
    : program.tests.map(test => ({ stdin: test.stdin, arguments: test.arguments, test }))
  let takenMs = 0
  for (const { test, stdin, arguments: given } of runs) {
    if (takenMs >= mostMs) {
      onEvent(resultOf(language, test, null))
      continue
    }
    // By the clock: a browser does not tell how long a program computed.
    const wallMs = processorSeconds * 3_000
    const ended = await worker.run({ files, stdin, arguments: given, memoryMiB, outputBytes }, wallMs)
    if ('needs' in ended.end) return ended.end.needs
    takenMs += ended.wallMs
    onEvent(resultOf(language, test, ended))
  }
  return null
}

/** @param ended null for one that was not run */
export function resultOf(language: string, test: DeviceTest | null, ended: Ended | null): RunResult {
  const most = limits.shownOutputLength
  const { stdout, stderr, wallMs } = ended ?? { stdout: '', stderr: '', wallMs: 0 }
  const end = ended && 'outcome' in ended.end ? ended.end.outcome : null
  const difference =
    test && end === 'finished' ? compareOutput(stdout, test.expected, test.comparison, test.tolerance) : null
  const compared = difference === null ? 'right' : 'wrong'
  return {
    testId: test?.id ?? null,
    outcome: end === null ? 'not_run' : end === 'finished' && test ? compared : end,
    difference: difference && {
      ...difference,
      given: difference.given?.slice(0, most) ?? null,
      expected: difference.expected?.slice(0, most) ?? null,
    },
    error: end === 'failed' ? errorPlaceOf(language, stderr) : null,
    assertion: null,
    stdout: stdout.slice(0, most),
    stderr: stderr.slice(0, most),
    cut: stdout.length > most || stderr.length > most,
    processorMs: null,
    wallMs,
    memoryBytes: null,
  }
}
