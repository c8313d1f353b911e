import { type FileOptions, type FileRun, runFile } from './run-file.ts'

/**
 * Test files on several lanes: each lane takes the next file as it comes free, so that none waits with nothing to do
 * while another has a queue. A lane has what only one file may use at a time, such as a system to test.
 *
 * @param lanes the environment of each.
 * @returns what came of each file, in the order in which they ended.
 */
export async function runFiles(
  files: readonly string[],
  lanes: readonly Record<string, string>[],
  options: Omit<FileOptions, 'environment'>,
): Promise<FileRun[]> {
  const waiting = [...files]
  const runs: FileRun[] = []
  const work = async (environment: Record<string, string>) => {
    for (let file = waiting.shift(); file && !options.signal?.aborted; file = waiting.shift())
      runs.push(await runFile(file, { ...options, environment }))
  }
  await Promise.all(lanes.map(work))
  return runs
}

/** A file that failed at first and passed when it ran again. */
export type UnsteadyRun = FileRun & { first: FileRun }

export const hasPassed = ({ failed, fault }: FileRun) => failed === 0 && fault === null

export const isUnsteady = (run: FileRun): run is UnsteadyRun => 'first' in run

/**
 * The same runs, where a file that failed has run once more (decision 0048): what then passed is marked as unsteady,
 * what failed again stays as it first was. Where more than `most` failed something is broken, and nothing runs again.
 */
export async function runFailedAgain(
  runs: readonly FileRun[],
  most: number,
  options: FileOptions,
): Promise<(FileRun | UnsteadyRun)[]> {
  const failed = runs.filter(run => !hasPassed(run))
  if (failed.length > most) return [...runs]
  const settled: (FileRun | UnsteadyRun)[] = []
  for (const run of runs) {
    const again = hasPassed(run) || options.signal?.aborted ? null : await runFile(run.file, options)
    settled.push(again && hasPassed(again) ? { ...again, first: run } : run)
  }
  return settled
}

/** What to read of a file that did not pass. */
export function report({ file, failed, fault, output }: FileRun): string {
  const at = output.indexOf('✖ failing tests:')
  const said = at >= 0 ? output.slice(at) : output.split('\n').slice(-60).join('\n')
  return `✖ ${file} ${[fault, failed > 0 && `${failed} failed`].filter(Boolean).join('; ')}\n${said}`
}
