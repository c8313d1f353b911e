import { setTimeout } from 'node:timers/promises'
import { codeOf } from '@azora/contracts/client.ts'
import type { Person } from '../test/api.ts'
import { type System, startSystem } from '../test/system.ts'
import { answersOf, type Ground, prepareQuiz } from './attempt.ts'

/**
 * `npm run bench -- rush`: learners who all begin a quiz within a minute, answer for some, save each answer and submit.
 * Then again with the process killed in the middle, where each device goes on trying as the portal's outbox does.
 * `npm run bench -- rush 1000 5` names how many they are and how many minutes they answer.
 */

const questionCount = 16
const beginWithinMs = 60_000
/** The pause of a device whose request did not arrive. */
const againAfterMs = 1000

type Learner = { answered: string[]; sure: Set<string>; kept: number; passed: boolean }
type Rush = {
  saves: number[]
  starts: number[]
  submits: number[]
  faults: Map<string, number>
  learners: Learner[]
}

/** What a device does with a request: it tries until there is an answer, and only the last try is timed. */
async function insist<T>(rush: Rush, times: number[], goesOn: boolean, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    const began = performance.now()
    try {
      const answer = await ask()
      times.push(performance.now() - began)
      return answer
    } catch (failure) {
      const fault = codeOf(failure)
      rush.faults.set(fault, (rush.faults.get(fault) ?? 0) + 1)
      if (!goesOn) throw failure
      await setTimeout(againAfterMs)
    }
  }
}

async function takeQuiz(rush: Rush, { api }: Person, quizId: string, answerForMs: number, goesOn: boolean) {
  const { startSubmission, saveAnswers, submit } = api.assessment
  await setTimeout(Math.random() * beginWithinMs)
  const begun = await insist(rush, rush.starts, goesOn, () => startSubmission({ quizId }))
  const submissionId = begun.id
  const learner: Learner = { answered: [], sure: new Set(), kept: 0, passed: false }
  rush.learners.push(learner)
  for (const question of begun.questions) {
    await setTimeout((Math.random() * 2 * answerForMs) / questionCount)
    learner.answered.push(question.id)
    const answers = answersOf([question])
    await insist(rush, rush.saves, goesOn, () => saveAnswers({ submissionId, answers }))
    learner.sure.add(question.id)
  }
  // Without the answers: what was said to be saved has to be there.
  const { result, answers } = await insist(rush, rush.submits, goesOn, () => submit({ submissionId }))
  learner.kept = [...learner.sure].filter(id => answers[id]?.[0] === 'b').length
  learner.passed = result?.passed === true
}

const at = (times: number[], share: number) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0

async function runRush(ground: Ground, answerForMs: number, goesOn: boolean, meanwhile: () => Promise<void>) {
  const rush: Rush = { saves: [], starts: [], submits: [], faults: new Map(), learners: [] }
  const taken = ground.learners.map(one => takeQuiz(rush, one, ground.quizId, answerForMs, goesOn))
  const [results] = await Promise.all([Promise.allSettled(taken), meanwhile()])
  return { rush, failed: results.filter(({ status }) => status === 'rejected').length }
}

function report(say: (line: string) => void, { rush, failed }: Awaited<ReturnType<typeof runRush>>): void {
  for (const [name, times] of [
    ['a saved answer', rush.saves],
    ['beginning', rush.starts],
    ['submitting', rush.submits],
  ] as const)
    say(
      `  ${name.padEnd(16)} ${String(times.length).padStart(6)} times   p50 ${at(times, 0.5).toFixed(0)} ms   p99 ${at(times, 0.99).toFixed(0)} ms   longest ${at(times, 1).toFixed(0)} ms`,
    )
  const acknowledged = rush.learners.reduce((sum, { sure }) => sum + sure.size, 0)
  const kept = rush.learners.reduce((sum, one) => sum + one.kept, 0)
  say(
    `  learners who passed ${rush.learners.filter(({ passed }) => passed).length}, who met an error ${failed}`,
  )
  say(`  answers acknowledged ${acknowledged}, of which lost ${acknowledged - kept}`)
  const faults = [...rush.faults].map(([fault, times]) => `${times} × ${fault}`)
  say(`  requests that failed: ${faults.join(', ') || 'none'}`)
}

async function killAndRevive(system: System, afterMs: number, say: (line: string) => void): Promise<void> {
  await setTimeout(afterMs)
  await system.kill('assessment')
  const began = performance.now()
  await system.revive('assessment')
  say(`  killed in the middle; ready again after ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

/** Print what each answer takes to be saved, and whether one is lost. */
export async function benchRush(say: (line: string) => void, asked: string[]): Promise<void> {
  const [learnerCount = 400, minutes = 5] = asked.map(Number)
  const answerForMs = minutes * 60_000
  for (const killed of [false, true]) {
    const system = await startSystem('single', { AZORA_LOG_TO: 'file' })
    try {
      const ground = await prepareQuiz(system, { learnerCount, questionCount })
      // It would not outlive the database, which is killed with the process.
      await ground.client.end()
      say(
        `\n${learnerCount} learners begin a quiz of ${questionCount} questions within a minute and answer for ${minutes}${killed ? ', with the process killed in the middle' : ''}`,
      )
      const middle = (beginWithinMs + answerForMs) / 2
      const ended = await runRush(ground, answerForMs, killed, () =>
        killed ? killAndRevive(system, middle, say) : Promise.resolve(),
      )
      report(say, ended)
    } finally {
      await system.stop()
    }
  }
}
