import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CartridgeQuiz } from './cartridge.ts'
import { type FixtureFiles, item, manifestXml, resource, withCartridge } from './cartridge-fixture.ts'
import type { OpenCartridge } from './read-cartridge.ts'

const field = (label: string, entry: string) =>
  `<qtimetadatafield><fieldlabel>${label}</fieldlabel><fieldentry>${entry}</fieldentry></qtimetadatafield>`
const label = (id: string, text: string) =>
  `<response_label ident="${id}"><material><mattext texttype="text/html">${text}</mattext></material></response_label>`
const right = (condition: string, value = 100) =>
  `<respcondition continue="No"><conditionvar>${condition}</conditionvar><setvar action="Set" varname="SCORE">${value}</setvar></respcondition>`
const equal = (id: string) => `<varequal respident="r">${id}</varequal>`

function question(
  type: string,
  parts: { labels?: string; processing?: string; feedback?: string; several?: boolean; points?: number } = {},
): string {
  return `<item ident="q" title="Q"><itemmetadata><qtimetadata>${field(type.startsWith('cc.') ? 'cc_profile' : 'question_type', type)}${field('points_possible', String(parts.points ?? 2))}</qtimetadata></itemmetadata>
    <presentation><material><mattext texttype="text/html">&lt;p onclick="x"&gt;Which?&lt;/p&gt;</mattext></material>
    ${parts.labels ? `<response_lid ident="r" rcardinality="${parts.several ? 'Multiple' : 'Single'}"><render_choice>${parts.labels}</render_choice></response_lid>` : ''}</presentation>
    <resprocessing>${parts.processing ?? ''}</resprocessing>${parts.feedback ?? ''}</item>`
}

const assessment = (inside: string, fields = '') =>
  `<questestinterop><assessment ident="a" title="Rivers quiz"><qtimetadata>${fields}</qtimetadata><section ident="root">${inside}</section></assessment></questestinterop>`

function withQuiz<T>(
  xml: string,
  use: (quiz: CartridgeQuiz, cartridge: OpenCartridge) => T | Promise<T>,
  extra: FixtureFiles = {},
): Promise<T> {
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('m', 'Unit', item('i', '', '', 'quiz')),
      resources: resource('quiz', 'quiz/qti.xml', 'imsqti_xmlv1p2/imscc_xmlv1p3/assessment'),
    }),
    'quiz/qti.xml': xml,
    ...extra,
  }
  return withCartridge(files, cartridge => {
    const only = cartridge.course.modules[0]!.items[0]!
    return use(only.kind === 'quiz' ? only.quiz : assert.fail(only.kind), cartridge)
  })
}

const choice = { labels: label('a', 'Nile') + label('b', 'Vaal'), processing: right(equal('b')) }

test('single choice, true/false and multiple choice are read with their right answers', async () => {
  const several = {
    several: true,
    labels: label('a', 'A') + label('b', 'B') + label('c', 'C'),
    processing: right(`<and>${equal('a')}<not>${equal('b')}</not>${equal('c')}</and>`),
  }
  const xml = assessment(
    question('cc.multiple_choice.v0p1', choice) +
      question('true_false_question', choice) +
      question('multiple_answers_question', several),
  )
  await withQuiz(xml, quiz => {
    assert.deepEqual(
      quiz.questions.map(one => [
        one.type,
        one.points,
        one.options.filter(option => option.correct).map(option => option.id),
      ]),
      [
        ['single_choice', 2, ['b']],
        ['true_false', 2, ['b']],
        ['multiple_choice', 2, ['a', 'c']],
      ],
    )
    assert.equal(quiz.questions[0]!.content, '<p>Which?</p>')
    assert.equal(quiz.title, 'Rivers quiz')
  })
})

test('in a choice of one with partial credit, the best answer is the right one', async () => {
  const processing = right(equal('a'), 50) + right(equal('b'), 100)
  await withQuiz(assessment(question('multiple_choice_question', { ...choice, processing })), quiz => {
    assert.deepEqual(
      quiz.questions[0]!.options.map(option => option.correct),
      [false, true],
    )
  })
})

test('feedback goes to the question, to right and wrong answers, and to options', async () => {
  const show = (condition: string, id: string) =>
    `<respcondition continue="Yes"><conditionvar>${condition}</conditionvar><displayfeedback feedbacktype="Response" linkrefid="${id}"/></respcondition>`
  const text = (id: string, said: string) =>
    `<itemfeedback ident="${id}"><flow_mat><material><mattext texttype="text/html">${said}</mattext></material></flow_mat></itemfeedback>`
  const processing = `${show('<other/>', 'general_fb')}${show(equal('a'), 'a_fb')}<respcondition><conditionvar>${equal('b')}</conditionvar><setvar>100</setvar><displayfeedback linkrefid="correct_fb"/></respcondition>${show('<other/>', 'general_incorrect_fb')}`
  const feedback =
    text('general_fb', 'G') +
    text('a_fb', 'A&lt;script&gt;x&lt;/script&gt;') +
    text('correct_fb', 'C') +
    text('general_incorrect_fb', 'I')
  await withQuiz(
    assessment(question('multiple_choice_question', { ...choice, processing, feedback })),
    quiz => {
      assert.deepEqual(quiz.questions[0]!.feedback, { general: 'G', correct: 'C', incorrect: 'I' })
      assert.deepEqual(
        quiz.questions[0]!.options.map(option => option.feedback),
        ['A', null],
      )
    },
  )
})

test('questions of other kinds are kept as files and listed', async () => {
  const xml = assessment(
    question('multiple_choice_question', choice) +
      question('essay_question') +
      question('matching_question', choice) +
      question('multiple_choice_question', { ...choice, processing: '' }),
  )
  await withQuiz(xml, async (quiz, { course, report, readFile }) => {
    assert.deepEqual(
      quiz.unsupported.map(one => one.type),
      ['essay_question', 'matching_question', 'multiple_choice_question'],
    )
    for (const one of quiz.unsupported) {
      const file = course.files.find(kept => kept.id === one.attachmentFileId)!
      const bytes = await readFile(file.id)
      assert.equal(bytes.length, file.size)
      assert.match(String(bytes), /<item ident="q"/)
    }
    assert.equal(report.entries.filter(entry => entry.code === 'unsupported_question').length, 3)
    assert.equal(report.counts.unsupportedQuestions, 3)
  })
})

test('a text between questions introduces the next one; after the last it joins the description', async () => {
  const xml = assessment(
    question('text_only_question') +
      question('multiple_choice_question', choice) +
      question('text_only_question'),
  )
  await withQuiz(xml, quiz => {
    assert.equal(quiz.questions[0]!.content, '<p>Which?</p>\n<p>Which?</p>')
    assert.equal(quiz.description, '<p>Which?</p>')
    assert.equal(quiz.unsupported.length, 0)
  })
})

test('attempts, time limit and pass mark are read', async () => {
  const fields = field('cc_maxattempts', '3') + field('qmd_timelimit', '20') + field('cc_passing_score', '75')
  await withQuiz(assessment(question('multiple_choice_question', choice), fields), quiz => {
    assert.deepEqual(
      [quiz.maxAttempts, quiz.timeLimitMinutes, quiz.passingScore, quiz.bank],
      [3, 20, 75, false],
    )
  })
})

test('of Canvas’s two versions of a quiz the fuller one is taken, with its settings', async () => {
  const rich = assessment(question('multiple_choice_question', choice) + question('numerical_question'))
  const extra = {
    'non_cc_assessments/quiz.xml.qti': rich,
    'quiz/assessment_meta.xml':
      '<quiz><title>The real title</title><description>&lt;p&gt;About&lt;/p&gt;</description><allowed_attempts>-1</allowed_attempts><time_limit>15</time_limit><shuffle_answers>true</shuffle_answers></quiz>',
  }
  await withQuiz(
    assessment(question('cc.multiple_choice.v0p1', choice)),
    (quiz, { report }) => {
      assert.deepEqual([quiz.questions.length, quiz.unsupported.length], [1, 1])
      assert.deepEqual(
        [quiz.title, quiz.description, quiz.maxAttempts, quiz.timeLimitMinutes, quiz.shuffle],
        ['The real title', '<p>About</p>', null, 15, false],
      )
      assert.equal(report.entries.find(entry => entry.path === 'quiz/qti.xml')?.code, 'second_version')
      assert.equal(
        report.entries.find(entry => entry.path === 'non_cc_assessments/quiz.xml.qti')?.outcome,
        'imported',
      )
    },
    extra,
  )
})

test('a random group brings all its questions at the group’s points, and says so', async () => {
  const group = `<section title="Pool"><selection_ordering><selection><selection_number>1</selection_number><selection_extension><points_per_item>5</points_per_item></selection_extension></selection></selection_ordering>${question('multiple_choice_question', choice).repeat(2)}</section>`
  await withQuiz(assessment(group), (quiz, { report }) => {
    assert.deepEqual(
      quiz.questions.map(one => one.points),
      [5, 5],
    )
    assert.ok(
      report.entries.some(entry => entry.code === 'random_selection' && entry.reason?.includes('1 of 2')),
    )
  })
})

test('a question bank is marked as one', async () => {
  const bank = `<questestinterop><objectbank ident="b"><qtimetadata>${field('bank_title', 'Spare questions')}</qtimetadata>${question('multiple_choice_question', choice)}</objectbank></questestinterop>`
  await withQuiz(bank, quiz =>
    assert.deepEqual([quiz.bank, quiz.title, quiz.questions.length], [true, 'Spare questions', 1]),
  )
})

test('references to questions elsewhere are listed', async () => {
  const refs =
    '<itemref linkrefid="q77"/><sectionref linkrefid="s2"/><bankentry_item ident="q78"/><section><itemref linkrefid="q79"/></section>'
  await withQuiz(assessment(question('multiple_choice_question', choice) + refs), (quiz, { report }) => {
    assert.equal(quiz.questions.length, 1)
    const listed = report.entries.filter(entry => entry.outcome === 'lost').map(entry => entry.as)
    assert.deepEqual(
      listed.map(as => /“(.+?)”/.exec(as)?.[1]),
      ['q77', 's2', 'q78', 'q79'],
    )
  })
})

test('a prompt inside the response is the question', async () => {
  const inside = question('multiple_choice_question', choice)
    .replace(/<presentation><material>.*?<\/material>/s, '<presentation>')
    .replace('<render_choice>', '<material><mattext>Inside?</mattext></material><render_choice>')
  await withQuiz(assessment(inside), quiz => assert.equal(quiz.questions[0]!.content, 'Inside?'))
})

test('every assessment of a file becomes a quiz', async () => {
  const one = (title: string) =>
    `<assessment title="${title}"><section>${question('multiple_choice_question', choice)}</section></assessment>`
  const xml = `<questestinterop>${one('First')}${one('Second')}${question('multiple_choice_question', choice)}</questestinterop>`
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('m', 'Unit', item('i', '', '', 'quiz')),
      resources: resource('quiz', 'quiz/qti.xml', 'imsqti_xmlv1p2/imscc_xmlv1p3/assessment'),
    }),
    'quiz/qti.xml': xml,
  }
  await withCartridge(files, ({ course, report }) => {
    assert.deepEqual(
      course.modules[0]!.items.map(one => [one.title, one.kind]),
      [
        ['First', 'quiz'],
        ['Second', 'quiz'],
        ['More questions', 'quiz'],
      ],
    )
    assert.equal(report.counts.questions, 3)
  })
})

test('weights are read in every spelling of the metadata', async () => {
  const weighed = (field: string) =>
    `<item ident="q"><itemmetadata><qtimetadata>${field}</qtimetadata></itemmetadata><presentation><response_lid ident="r"><render_choice>${choice.labels}</render_choice></response_lid></presentation><resprocessing>${choice.processing}</resprocessing></item>`
  const brightspace =
    '<qti_metadatafield><fieldlabel>qmd_weighting</fieldlabel><fieldentry>5.0</fieldentry></qti_metadatafield>'
  const xml = assessment(weighed(brightspace) + weighed('<qmd_weighting>3</qmd_weighting>') + weighed(''))
  await withQuiz(xml, quiz =>
    assert.deepEqual(
      quiz.questions.map(one => one.points),
      [5, 3, 1],
    ),
  )
})

const canvasSettings = (inside: string) => ({ 'quiz/assessment_meta.xml': `<quiz>${inside}</quiz>` })

test('What a Canvas teacher set for who may start, and when, and what they see, is kept', async () => {
  const xml = assessment(question('multiple_choice_question', choice))
  const settings = canvasSettings(
    '<quiz_type>assignment</quiz_type><access_code> open-sesame </access_code><unlock_at>2030-01-01T06:00:00</unlock_at><shuffle_answers>true</shuffle_answers><hide_results>always</hide_results><lock_at>2030-02-01T00:00:00</lock_at>',
  )
  await withQuiz(
    xml,
    (quiz, { report }) => {
      assert.deepEqual(
        [quiz.kind, quiz.accessCode, quiz.opensAt, quiz.resultsShown, quiz.shuffle, quiz.shuffleAnswers],
        ['quiz', 'open-sesame', '2030-01-01T06:00:00.000Z', 'none', false, true],
      )
      assert.ok(quiz.questions[0]?.options.some(option => option.correct))
      const told = report.entries.find(entry => entry.path === 'quiz/assessment_meta.xml')?.reason ?? ''
      assert.match(told, /closed on 2030-02-01/)
      assert.ok(!JSON.stringify(report).includes('sesame'), 'the report gives the access code away')
    },
    settings,
  )
})

for (const [inside, shown] of [
  ['<hide_results/>', 'all'],
  ['<show_correct_answers>true</show_correct_answers>', 'all'],
  ['<show_correct_answers>false</show_correct_answers>', 'score'],
  ['<hide_results>until_after_last_attempt</hide_results>', 'score'],
  ['<hide_correct_answers_at>2030-01-01T00:00:00</hide_correct_answers_at>', 'score'],
  ['<show_correct_answers>false</show_correct_answers><hide_results>always</hide_results>', 'none'],
] as const) {
  test(`With ${inside} learners see of their result: ${shown}`, () =>
    withQuiz(
      assessment(question('multiple_choice_question', choice)),
      quiz => assert.equal(quiz.resultsShown, shown),
      canvasSettings(inside),
    ))
}

test('Questions of a Canvas survey come in without a right answer, whether or not they had a key', async () => {
  const keyless = { ...choice, processing: '' }
  const xml = assessment(
    question('multiple_choice_question', choice) + question('multiple_choice_question', keyless),
  )
  const rightOptions = (quiz: CartridgeQuiz) =>
    quiz.questions.map(one => one.options.filter(option => option.correct).length)
  for (const type of ['survey', 'graded_survey'])
    await withQuiz(
      xml,
      quiz => assert.deepEqual([quiz.kind, rightOptions(quiz), quiz.unsupported], ['survey', [0, 0], []]),
      canvasSettings(`<quiz_type>${type}</quiz_type>`),
    )
  await withQuiz(xml, quiz => assert.deepEqual([quiz.kind, rightOptions(quiz)], ['quiz', [1]]))
})

const rubric = (text: string) =>
  `<rubric view="All"><material><mattext texttype="text/html">&lt;p&gt;${text}&lt;/p&gt;</mattext></material></rubric>`
const asked = (count: number) => question('multiple_choice_question', choice).repeat(count)

test('a text before the questions of a section stays over all of them', async () => {
  const xml = assessment(
    `<section>${rubric('The Nile floods.')}${asked(2)}</section>` +
      `<section>${rubric('The Vaal bends.')}${asked(3)}</section><section>${asked(1)}</section>`,
  )
  await withQuiz(xml, quiz => {
    assert.deepEqual(quiz.passages, ['<p>The Nile floods.</p>', '<p>The Vaal bends.</p>'])
    assert.deepEqual(
      quiz.questions.map(({ passage }) => passage),
      [0, 0, 1, 1, 1, undefined],
    )
    assert.ok(quiz.questions.every(({ content }) => !content.includes('The Nile')))
  })
})

test('a text before more questions than may stand under one introduces the first', async () => {
  const inBank = asked(21).replaceAll(/<(\/?)item\b/g, '<$1bankentry_item')
  const xml = assessment(`<section>${rubric('The Nile floods.')}${asked(2)}${inBank}</section>`)
  await withQuiz(xml, quiz => {
    assert.equal(quiz.questions.length, 23)
    assert.deepEqual(
      [quiz.passages, quiz.questions.map(({ passage }) => passage ?? null)],
      [[], Array(23).fill(null)],
    )
    assert.match(quiz.questions[0]?.content ?? '', /The Nile floods/)
  })
})

test('a text before one question, or before further sections, introduces what comes next', async () => {
  const xml = assessment(
    `<section>${rubric('Alone.')}${asked(1)}</section>` +
      `<section>${rubric('Over sections.')}<section>${asked(2)}</section></section>`,
  )
  await withQuiz(xml, quiz => {
    assert.deepEqual(quiz.passages, [])
    assert.match(quiz.questions[0]?.content ?? '', /Alone/)
    assert.match(quiz.questions[1]?.content ?? '', /Over sections/)
    assert.doesNotMatch(quiz.questions[2]?.content ?? '', /Over sections/)
  })
})
