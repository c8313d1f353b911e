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

/** What to read of a file that did not pass. */
export function report({ file, failed, fault, output }: FileRun): string {
  const at = output.indexOf('✖ failing tests:')
  const said = at >= 0 ? output.slice(at) : output.split('\n').slice(-60).join('\n')
  return `✖ ${file} ${[fault, failed > 0 && `${failed} failed`].filter(Boolean).join('; ')}\n${said}`
}
