import assert from 'node:assert/strict'
import { plainText } from '@azora/kit/rich-text/sanitise.ts'
import type { ImportedCourse } from './imported-course.ts'

/**
 * What is right for each of the small inputs, by the start of the file's name, as the README beside them tells it.
 * A check throws when the import is wrong. Files that are not named here are held to what holds for any import.
 */

type Check = (imported: ImportedCourse) => void | Promise<void>

const done = ({ state }: ImportedCourse) => assert.equal(state.status, 'done', state.error?.message ?? '')

function lesson(imported: ImportedCourse, title: string) {
  done(imported)
  const found = imported.lessons.find(candidate => candidate.title === title)
  assert.ok(found, `there is no lesson “${title}”`)
  return found
}

const hidden = (imported: ImportedCourse, title: string) => {
  assert.ok(lesson(imported, title).hidden, `“${title}” is open to learners`)
}

const reportText = ({ state }: ImportedCourse) =>
  (state.report?.entries ?? []).map(({ path, as, reason }) => `${path}: ${as}. ${reason ?? ''}`).join('\n')

const noted = (imported: ImportedCourse, pattern: RegExp, what: string) => {
  done(imported)
  assert.match(reportText(imported), pattern, `the report does not mention ${what}`)
}

const listed = (imported: ImportedCourse, what: string) => {
  done(imported)
  const kept = imported.state.report?.entries.some(({ outcome }) => ['attached', 'lost'].includes(outcome))
  assert.ok(kept, `the report does not list ${what} as kept or lost`)
}

const questions = (imported: ImportedCourse) => {
  done(imported)
  return imported.quizzes.flatMap(quiz => quiz.questions)
}

const key = (expected: string[]): Check => {
  return imported => {
    const [question] = questions(imported)
    assert.ok(question, 'the question is not there')
    // What is read counts, not the markup round it.
    const right = question.options.flatMap(({ content, correct }) => (correct ? plainText(content) : []))
    assert.deepEqual(right, expected, 'the answer key is wrong')
  }
}

const aQuestion: Check = imported => assert.ok(questions(imported).length > 0, 'no question came in')

const textKept = (title: string, pattern: RegExp): Check => {
  return imported => assert.match(lesson(imported, title).content, pattern, 'the text is not kept')
}

const linked = (content: string, text: string) =>
  assert.match(content, new RegExp(`<a href="/learn/[^"]+"[^>]*>${text}</a>`), `“${text}” is no link`)

const rightFor: Record<string, Check> = {
  'q01-': key(['Two', 'Four']),
  'q02-': key(['Two', 'Four']),
  'q03-': imported => {
    aQuestion(imported)
    listed(imported, 'the references to other questions')
  },
  'q03c-': imported => {
    aQuestion(imported)
    listed(imported, 'the reference to another section')
  },
  'q04-': imported => {
    const [question] = questions(imported)
    assert.match(question?.content ?? '', /How many legs has a spider\?/, 'the prompt is lost')
  },
  'q05-': imported => {
    done(imported)
    if (questions(imported).length > 0) return key(['Four'])(imported)
    listed(imported, 'the QTI 2.1 file')
  },
  'q06-': imported => {
    if (questions(imported).length < 2) listed(imported, 'the later assessment')
  },
  'q08a-': aQuestion,
  'q08b-': aQuestion,
  'q08d-': aQuestion,
  'q08e-': aQuestion,
  'q08f-': done,
  's01-': imported => {
    done(imported)
    assert.ok(imported.lessons.length > 0, 'the page is not there')
  },
  's02-': imported => {
    done(imported)
    assert.ok(imported.lessons.length > 0, 'the link is not there')
  },
  'q08h-': imported => {
    const [quiz] = imported.quizzes
    assert.ok(quiz && quiz.questions.length > 0, 'the quiz is not there')
    assert.ok((quiz.timeLimitMinutes ?? 0) <= 10_080, `the time limit is ${quiz.timeLimitMinutes} minutes`)
    noted(imported, /limit/i, 'the time limit')
  },
  'q09-': imported => {
    const points = questions(imported).map(question => question.points)
    assert.deepEqual(points, [5, 1], 'the points are wrong')
  },
  'm01-': imported => {
    assert.equal(lesson(imported, 'Lesson').hidden, false, 'the lesson for learners is hidden')
    hidden(imported, 'Answer key')
    noted(imported, /teacher|instructor/i, 'that the page is for teachers')
  },
  'm02-': imported => {
    hidden(imported, 'Plan for the teacher')
    noted(imported, /teacher|lesson plan/i, 'that the page is for teachers')
  },
  'm04-': imported => {
    for (const title of ['Solutions', 'Secret link', 'Secret file']) hidden(imported, title)
    noted(imported, /hidden|not published/i, 'what was hidden')
  },
  'm05-': imported => {
    for (const { hidden: isHidden, content } of imported.lessons)
      assert.ok(isHidden || !content.includes('42'), 'learners see the text for teachers')
    noted(imported, /teacher/i, 'the text for teachers')
  },
  's04-': imported => {
    const [quiz] = imported.quizzes
    assert.ok(quiz && quiz.questions.length > 0, 'the survey is not there')
    assert.equal(quiz.kind, 'survey', 'it is an ordinary quiz')
    assert.equal(quiz.accessCode, 'open-sesame', 'the access code is lost')
    assert.equal(quiz.opensAt, '2030-01-01T00:00:00.000Z', 'the opening date is lost')
    assert.equal(quiz.resultsShown, 'none', 'the results are shown')
    assert.ok(
      quiz.questions.every(({ options }) => options.every(({ correct }) => !correct)),
      'an opinion is right or wrong',
    )
    assert.equal(quiz.shuffleAnswers, true, 'the answers keep their order')
    assert.equal(quiz.shuffle, false, 'shuffled answers are taken for shuffled questions')
  },
  's05-': imported => {
    const { content } = lesson(imported, 'Start')
    for (const text of ['quiz', 'discussion', 'syllabus']) linked(content, text)
  },
  'm15-': imported => {
    const { content } = lesson(imported, 'Lesson')
    assert.match(content, /test/, 'the link’s text is lost')
    const target = /<a href="([^"]+)"/.exec(content)?.[1]
    if (!target) return noted(imported, /link/i, 'the link')
    const known = imported.lessons.some(({ id }) => target.endsWith(id)) || target.includes('/files/')
    assert.ok(known, `the link leads to ${target}, which is not there`)
  },
  'm06-': imported => {
    assert.equal(lesson(imported, 'Reading').linkUrl, 'https://example.org/reading')
  },
  'm07-': ({ state }) => {
    assert.equal(state.status, 'failed', 'an empty course was made')
    assert.match(state.error?.message ?? '', /Blackboard archive/)
  },
  'm08b-': textKept('Lesson', /Hi/),
  'm09-': textKept('Lesson', /Hi/),
  'm10-': imported => {
    const { content } = lesson(imported, 'Lesson')
    assert.match(content, /<img[^>]* src="[^"]*fa%C3%A7ade\.png"/, 'the picture is not found')
  },
  'm11b-': aQuestion,
  'm12a-': textKept('Lesson', /Before.{0,3}after/),
  'm12b-': textKept('Lesson', /Before after/),
  'm16b-': textKept('Lesson', /After, the important text/),
  'm19-': imported => {
    const { content } = lesson(imported, 'Lesson')
    for (const name of ['doc.pdf', 'song.mp3']) {
      assert.ok(
        content.includes(name) || imported.attachments.includes(name),
        `${name} is neither in the lesson nor kept`,
      )
    }
    assert.match(content + reportText(imported), /example\.org\/viz/, 'the outside object is gone')
    assert.match(content, /Fallback|doc\.pdf/)
  },
  'm20-': imported => {
    const { content } = lesson(imported, 'Lesson')
    for (const name of ['a.png', 'v.mp4', 'v.vtt']) assert.ok(content.includes(name), `${name} is not shown`)
    assert.ok(content.split('b.png').length > 1, 'the lazy picture is not shown')
    noted(imported, /a\.webp/, 'the other version of the picture')
  },
  'm36-': imported => {
    assert.equal(lesson(imported, 'W2').linkUrl, 'https://www.example.org/page')
    assert.equal(imported.lessons.length, 10, 'a link is missing')
  },
}

/** The check for a file, or null when the README says nothing of it. */
export function checkFor(fileName: string): Check | null {
  const start = Object.keys(rightFor).find(prefix => fileName.startsWith(prefix))
  return start ? (rightFor[start] ?? null) : null
}
