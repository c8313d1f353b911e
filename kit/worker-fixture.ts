import { answerJobs } from './worker.ts'

/** The thread of worker.test.ts. */

export type FixtureJob =
  | { echo: unknown }
  | { hold: true }
  | { fail: string }
  | { fill: true }
  | { news: number }

const forever = () => {
  for (;;) Math.random()
}

function fill(): never {
  const all: number[][] = []
  for (;;) all.push(Array.from({ length: 100_000 }, (_, at) => at + all.length))
}

answerJobs((job: FixtureJob, tell: (news: number) => void) => {
  if ('fail' in job) throw new RangeError(job.fail)
  if ('hold' in job) return forever()
  if ('fill' in job) return fill()
  if ('news' in job) {
    for (let at = 0; at < job.news; at++) tell(at)
    return 'told'
  }
  return job.echo
})
