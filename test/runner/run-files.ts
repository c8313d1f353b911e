import { type FileOptions, type FileRun, runCompany, runFile } from './run-file.ts'

/**
 * Test files on several lanes: each lane takes the next company as it comes free, so that none waits with nothing to do
 * while another has a queue. A lane has what only one file may use at a time, such as a system to test.
 *
 * @param companies the files that share a process; what did not pass there runs alone, and that counts.
 * @param lanes the environment of each.
 * @returns what came of each file, in the order in which they ended.
 */
export async function runFiles(
  companies: readonly (readonly string[])[],
  lanes: readonly Record<string, string>[],
  options: Omit<FileOptions, 'environment'>,
): Promise<(FileRun | SecondRun)[]> {
  const waiting = [...companies]
  const runs: (FileRun | SecondRun)[] = []
  const work = async (environment: Record<string, string>) => {
    for (let files = waiting.shift(); files && !options.signal?.aborted; files = waiting.shift())
      for await (const run of runTogether(files, { ...options, environment })) runs.push(run)
  }
  await Promise.all(lanes.map(work))
  return runs
}

async function* runTogether(
  files: readonly string[],
  options: FileOptions,
): AsyncGenerator<FileRun | SecondRun> {
  const { passed, doubtful } =
    files.length > 1
      ? await runCompany(files, options)
      : { passed: [], doubtful: files.map(file => ({ file, first: null })) }
  yield* passed
  for (const { file, first } of doubtful) {
    if (options.signal?.aborted) return
    const run = await runFile(file, options)
    yield first ? { ...run, first } : run
  }
}

/** The second run of a file that failed at first. */
export type SecondRun = FileRun & { first: FileRun }

export const hasPassed = ({ failed, fault }: FileRun) => failed === 0 && fault === null

/** It did not pass in company, and ran again alone. */
export const isSecond = (run: FileRun): run is SecondRun => 'first' in run

/** It failed at first and passed when it ran again. */
export const isUnsteady = (run: FileRun): run is SecondRun => isSecond(run) && hasPassed(run)

/**
 * The same runs, where a file that failed has run once more (decision 0048): what then passed is marked as unsteady,
 * what failed again stays as it first was. Where more than `most` failed, those that passed alone among them, something
 * is broken, and nothing runs again.
 */
export async function runFailedAgain(
  runs: readonly (FileRun | SecondRun)[],
  most: number,
  options: FileOptions,
): Promise<(FileRun | SecondRun)[]> {
  const failed = runs.filter(run => !hasPassed(run))
  if (failed.length + runs.filter(isUnsteady).length > most)
    return runs.map(run => (isUnsteady(run) ? run.first : run))
  const settled: (FileRun | SecondRun)[] = []
  for (const run of runs) {
    const again =
      hasPassed(run) || isSecond(run) || options.signal?.aborted ? null : await runFile(run.file, options)
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
