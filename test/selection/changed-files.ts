import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * What differs from where this work left a branch or commit, committed or not, and what is new and not ignored.
 * @throws when git does not know it, with what git says.
 */
export async function changedFiles(root: string, since: string): Promise<string[]> {
  const git = async (...args: string[]) =>
    (await run('git', args, { cwd: root, maxBuffer: 64_000_000 })).stdout.split('\0').filter(Boolean)
  const lists = await Promise.all([
    // A file that moved is gone from where it was.
    git('diff', '--name-only', '--no-renames', '-z', '--merge-base', since),
    git('ls-files', '--others', '--exclude-standard', '-z'),
  ])
  return [...new Set(lists.flat())].sort()
}
