import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { manifestXml, resource, zipOf } from '@azora/service-education/cartridges/cartridge-fixture.ts'
import type { Person } from '../api.ts'
import { until } from '../system.ts'
import { upload } from './imported-course.ts'
import { asTexts, type DescribedItem } from './scored-items.ts'

/**
 * Items of QTI as people meet them: all of them are imported as one course, a learner takes each once for every case that
 * states a score, and what was awarded is compared with it.
 */

type Quiz = Awaited<ReturnType<Person['api']['assessment']['editQuiz']>>
type Question = Quiz['questions'][number]

const fileOf = (name: string) => `items/${name}.xml`

/** A course with a test for each item, named as its folder is. */
async function cartridge(folder: string, names: string[]): Promise<Buffer> {
  const files: Record<string, string> = {}
  const resources: string[] = []
  const items: string[] = []
  for (const [at, name] of names.entries()) {
    files[fileOf(name)] = await readFile(join(folder, name, 'item.xml'), 'utf8')
    files[`${name}.xml`] =
      `<assessmentTest identifier="t" title="${name}"><testPart identifier="p"><assessmentSection identifier="s" title=""><assessmentItemRef identifier="r" href="${fileOf(name)}"/></assessmentSection></testPart></assessmentTest>`
    resources.push(
      resource(`t${at}`, `${name}.xml`, 'imsqti_test_xmlv2p1'),
      resource(`i${at}`, fileOf(name), 'imsqti_item_xmlv2p1'),
    )
    items.push(`<item identifier="l${at}" identifierref="t${at}"><title>${name}</title></item>`)
  }
  files['imsmanifest.xml'] = manifestXml({
    items: `<item identifier="m"><title>Items</title>${items.join('')}</item>`,
    resources: resources.join(''),
  })
  return zipOf(files)
}

/** What a case says was answered, as the player sends it. Null where the question has no way to say so. */
function answersTo(question: Question, source: string, responses: Record<string, string[]>) {
  if (!('body' in question)) {
    const names = [...source.matchAll(/<(?:\w+:)?simpleChoice\b[^>]*?\bidentifier="([^"]*)"/g)].map(
      ([, name]) => name,
    )
    const given = Object.values(responses)[0] ?? []
    return { [question.id]: given.flatMap(name => question.options[names.indexOf(name)]?.id ?? []) }
  }
  if (question.type !== 'item') return null
  const answers: Record<string, string[]> = {}
  for (const part of question.body.parts) {
    const given = responses[part.response] ?? []
    const idOf = (options: typeof part.options, name: string | undefined) =>
      options.find(option => option.name === name)?.id
    answers[part.id ?? ''] =
      part.kind === 'text' || part.kind === 'long_text'
        ? part.several
          ? [given.join('\n')].filter(Boolean)
          : given
        : given.flatMap(name => {
            if (part.kind !== 'pairs') return idOf(part.options, name) ?? []
            const [from, to] = name.trim().split(/\s+/)
            const pair = [idOf(part.options, from), idOf(part.targets, to)]
            return pair.every(Boolean) ? [pair.join(' ')] : []
          })
  }
  return answers
}

const scoreOf = ({ expect }: DescribedItem['cases'][number]): number | null => {
  const { score = expect.outcomes?.SCORE } = expect
  return typeof score === 'number' ? score : null
}

/** Takes the items, and says of each what came of it. @returns how many cases were what. */
export async function takeItems(
  url: string,
  [instructor, learner]: [Person, Person],
  folder: string,
  described: DescribedItem[],
  scratch: string,
  say: (line: string) => void,
) {
  const counts = { right: 0, wrong: 0, unasked: 0 }
  const file = join(scratch, 'items.zip')
  await writeFile(
    file,
    await cartridge(
      folder,
      described.map(({ name }) => name),
    ),
  )
  const { courseId, report } = await upload(url, instructor, file)
  if (!courseId) throw new Error('The items were not imported.')
  const { education, assessment } = instructor.api
  const course = await education.editCourse({ courseId })
  const lessons = course.modules.flatMap(module => module.lessons)
  await education.saveCourse({ courseId, description: '<p>Items</p>' })
  const quizzes = new Map<string, Quiz>()
  for (const { id } of lessons) {
    const { quizId, title } = await education.editLesson({ lessonId: id })
    if (quizId)
      quizzes.set(
        title,
        await until('The quiz', () => assessment.editQuiz({ quizId }).catch(() => null), 30_000),
      )
  }
  await education.publishCourse({ courseId })
  await learner.api.education.enroll({ courseId })
  for (const { name, seed, cases } of described) {
    const quiz = quizzes.get(name)
    if (!quiz) {
      counts.unasked += cases.length
      const found = report?.entries.find(
        ({ as, code }) => code === 'unsupported_question' && as.includes(name),
      )
      say(`not asked  ${name} — ${found?.reason ?? 'it asks for nothing'}`)
      continue
    }
    for (const one of cases) {
      const expected = scoreOf(one)
      if (expected === null || one.xfail || choosesTwice(one)) {
        counts.unasked += 1
        continue
      }
      const drawn = await pinned(instructor, quiz, one.seed ?? seed)
      const awarded = await take(learner, drawn, await readFile(join(folder, name, 'item.xml'), 'utf8'), one)
      // A learner's points are neither below zero nor above what the question is worth.
      const most = drawn.questions[0]?.points ?? 0
      const right = Math.abs(awarded - Math.min(Math.max(expected, 0), most)) < 1e-4
      counts[right ? 'right' : 'wrong'] += 1
      if (!right) say(`wrong  ${name}: ${one.name} — ${awarded} points, not ${expected}`)
    }
  }
  return counts
}

/** No one can choose an option twice. */
const choosesTwice = ({ responses = {} }: DescribedItem['cases'][number]) =>
  Object.values(responses).some(given => new Set(asTexts(given)).size < asTexts(given).length)

/** The quiz with the numbers that its cases were scored with. */
async function pinned(instructor: Person, quiz: Quiz, seed: number): Promise<Quiz> {
  const [question] = quiz.questions
  if (question?.type !== 'item' || question.body.seed === seed) return quiz
  const questions = [{ ...question, body: { ...question.body, seed } }]
  const saved = await instructor.api.assessment.saveQuiz({ ...quiz, quizId: quiz.id, questions })
  quiz.questions = saved.questions
  return quiz
}

async function take(
  learner: Person,
  quiz: Quiz,
  source: string,
  { responses = {} }: DescribedItem['cases'][number],
): Promise<number> {
  const [question] = quiz.questions
  const given = Object.fromEntries(Object.entries(responses).map(([id, one]) => [id, asTexts(one)]))
  const answers = question && answersTo(question, source, given)
  if (!answers) throw new Error('A question of another type came of it.')
  const { id } = await learner.api.assessment.startSubmission({ quizId: quiz.id })
  const { result } = await learner.api.assessment.submit({ submissionId: id, answers })
  return result?.questions[0]?.awarded ?? 0
}
