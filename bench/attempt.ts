import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { appoint, openAuthDatabase, type Person } from '../test/api.ts'
import { makeCourse } from '../test/courses.ts'
import { type System, startSystem, until } from '../test/system.ts'
import { cpuBetween, cpuOf } from './processes.ts'
import { countStatements } from './statements.ts'

/**
 * `npm run bench -- attempt`: what a ten-question attempt costs with all that it causes in other services, by learners
 * who take it at the same time and by one after another.
 */

const learnersAtOnce = 16
const questionCount = 10
const rounds = 3

export type Ground = { system: System; client: pg.Client; learners: Person[]; quizId: string }

/** A published course with a quiz in a lesson, and learners whom every service knows. Each right answer is b. */
export async function prepareQuiz(
  system: System,
  { learnerCount, questionCount }: { learnerCount: number; questionCount: number },
): Promise<Ground> {
  const access = await system.access()
  const client = new pg.Client({ connectionString: access.adminUrl })
  await client.connect()
  const authDb = openAuthDatabase(access)
  const author = await appoint(system.url, authDb, { role: 'instructor' })
  const learners: Person[] = []
  while (learners.length < learnerCount) learners.push(await appoint(system.url, authDb, { role: 'learner' }))
  await authDb.close()
  const { courseId, moduleId } = await makeCourse(system.url, author, { publish: false })
  const quiz = await author.api.assessment.createQuiz({
    courseId,
    title: 'Questions',
    questions: Array.from({ length: questionCount }, (_, index) => ({
      type: 'single_choice' as const,
      content: `<p>Question ${index + 1}?</p>`,
      options: ['a', 'b', 'c', 'd'].map(id => ({ id, content: `Option ${id}`, correct: id === 'b' })),
    })),
  })
  await author.api.education.createLesson({ moduleId, kind: 'quiz', title: 'Quiz', quizId: quiz.id })
  await author.api.education.publishCourse({ courseId })
  for (const { api } of learners) await api.education.enroll({ courseId })
  await until('The learners are known', async () => {
    const { rows } = await client.query(
      'select count(*)::int from assessment.course_learners where course_id = $1',
      [courseId],
    )
    return rows[0].count === learnerCount
  })
  return { system, client, learners, quizId: quiz.id }
}

export const answersOf = (questions: { id: string }[]) =>
  Object.fromEntries(questions.map(({ id }) => [id, ['b']]))

type Way = { name: string; atOnce: number; attempts: number; take(learner: Person): Promise<boolean> }

function waysOf({ quizId }: Ground): Way[] {
  const submitted = async ({ api }: Person) => {
    const begun = await api.assessment.startSubmission({ quizId })
    const answers = answersOf(begun.questions)
    const { result } = await api.assessment.submit({ submissionId: begun.id, answers })
    return result?.passed === true
  }
  const saved = async ({ api }: Person) => {
    const begun = await api.assessment.startSubmission({ quizId })
    for (const question of begun.questions)
      await api.assessment.saveAnswers({ submissionId: begun.id, answers: answersOf([question]) })
    return (await api.assessment.submit({ submissionId: begun.id })).result?.passed === true
  }
  return [
    { name: 'one after another', atOnce: 1, attempts: 200, take: submitted },
    { name: '16 at once', atOnce: learnersAtOnce, attempts: 800, take: submitted },
    { name: '16 at once, each answer saved', atOnce: learnersAtOnce, attempts: 320, take: saved },
  ]
}

/** Take attempts until there are so many, and wait for all that they cause. */
async function takeAttempts({ client, learners }: Ground, { atOnce, take }: Way, attempts: number) {
  let left = attempts
  await Promise.all(
    learners.slice(0, atOnce).map(async learner => {
      while (left-- > 0) if (!(await take(learner))) throw new Error('An attempt was not graded.')
    }),
  )
  for (;;) {
    const { rows } = await client.query(`
      select exists (select from assessment.outbox where published_at is null)
        or exists (select from education.inbox where processed_at is null)
        or exists (select from education.outbox where published_at is null) as waiting`)
    if (!rows[0].waiting) return
    await setTimeout(50)
  }
}

type Cost = { node: number; database: number; perSecond: number }

async function measure(ground: Ground, way: Way): Promise<Cost> {
  const pid = ground.system.pid()
  const before = cpuOf(pid)
  const began = performance.now()
  await takeAttempts(ground, way, way.attempts)
  const seconds = (performance.now() - began) / 1000
  const after = cpuOf(pid)
  const all = cpuBetween(before, after)
  const node = (after.get(pid) ?? 0) - (before.get(pid) ?? 0)
  const each = 1000 / way.attempts
  return { node: node * each, database: (all - node) * each, perSecond: way.attempts / seconds }
}

/** The writes that an attempt cannot do without, and the reads that they rest on, straight through pg here. */
async function measureBare({ client, system }: Ground): Promise<Cost> {
  const { adminUrl } = await system.access()
  const attempts = 800
  await client.query('create table bare (id int primary key, answers jsonb, score numeric)')
  const connections = Array.from(
    { length: learnersAtOnce },
    () => new pg.Client({ connectionString: adminUrl }),
  )
  for (const connection of connections) await connection.connect()
  const own = process.cpuUsage()
  const before = cpuOf(system.pid())
  const began = performance.now()
  let next = 0
  await Promise.all(
    connections.map(async connection => {
      for (let id = next++; id < attempts; id = next++) {
        await connection.query({ name: 'i', text: "insert into bare values ($1, '{}')", values: [id] })
        const answers = JSON.stringify(Object.fromEntries(Array.from({ length: 10 }, (_, at) => [at, ['b']])))
        await connection.query({
          name: 'g',
          text: 'update bare set answers = $2, score = 10 where id = $1',
          values: [id, answers],
        })
      }
    }),
  )
  const seconds = (performance.now() - began) / 1000
  const used = process.cpuUsage(own)
  const database = cpuBetween(before, cpuOf(system.pid()))
  // A process that has ended would take its figure along.
  for (const connection of connections) await connection.end()
  await client.query('drop table bare')
  return {
    node: (used.user + used.system) / 1000 / attempts,
    database: (database * 1000) / attempts,
    perSecond: attempts / seconds,
  }
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

function shown(name: string, costs: Cost[]): string {
  const of = (part: (cost: Cost) => number) => median(costs.map(part))
  const all = of(({ node, database }) => node + database)
  return `  ${name.padEnd(32)} ${all.toFixed(2).padStart(6)} ms of processor time each (${of(cost => cost.node).toFixed(2)} Node, ${of(cost => cost.database).toFixed(2)} PostgreSQL)   ${of(cost => cost.perSecond).toFixed(0)} a second`
}

/** Print what an attempt costs, and which statements it takes. */
export async function benchAttempt(say: (line: string) => void): Promise<void> {
  const system = await startSystem('single', { AZORA_LOG_TO: 'file' })
  try {
    const ground = await prepareQuiz(system, { learnerCount: learnersAtOnce, questionCount })
    const ways = waysOf(ground)
    for (const way of ways) await takeAttempts(ground, way, 100)
    say('\nA ten-question attempt from its beginning to the progress of its learner')
    const costs = new Map<string, Cost[]>(ways.map(({ name }) => [name, []]))
    const bare: Cost[] = []
    // In turn, so that what else the machine does meets all of them.
    for (let round = 0; round < rounds; round++) {
      for (const way of ways) costs.get(way.name)?.push(await measure(ground, way))
      bare.push(await measureBare(ground))
    }
    for (const { name } of ways) say(shown(name, costs.get(name) ?? []))
    say(shown('an insert and an update through pg', bare))
    const counted = 160
    for (const way of ways) {
      const found = await countStatements(ground.client, join(system.dataDir, 'postgres.log'), () =>
        takeAttempts(ground, way, counted),
      )
      const sum = [...found.values()].reduce((all, one) => all + one, 0)
      say(`\nStatements of an attempt, ${way.name}: ${(sum / counted).toFixed(1)}`)
      for (const [text, times] of [...found].sort(([, a], [, b]) => b - a).slice(0, 40))
        if (times >= counted / 20) say(`  ${(times / counted).toFixed(2).padStart(6)}  ${text}`)
    }
    await ground.client.end()
  } finally {
    await system.stop()
  }
}
