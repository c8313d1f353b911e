import type { Stage } from './select.ts'

/** What is asked of `npm test`, as it is written behind `--`. */

export const stages: readonly Stage[] = ['unit', 'system', 'failure', 'browser']

export type Wishes = {
  /** A single stage, `check` among them; null for all. */
  stage: Stage | 'check' | null
  /** Some files of the stage; none for all. */
  files: string[]
  /** Run what differs from this can reach; null for all. */
  since: string | null
}

/** @throws when a stage has no such name. */
export function readWishes(words: readonly string[]): Wishes {
  const at = words.indexOf('--changed')
  const since = at < 0 ? null : (words[at + 1] ?? 'main')
  const [stage = null, ...files] = at < 0 ? words : words.slice(0, at)
  if (stage !== null && stage !== 'check' && !stages.includes(stage as Stage))
    throw new Error(`There is no stage ${stage}. Name one of check, ${stages.join(', ')}.`)
  return { stage: stage as Wishes['stage'], files, since }
}
