import { became, type ImportName } from '@azora/contracts/education/import-names.ts'
import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { comparisonsOf, limits } from '@azora/contracts/limits.ts'
import { isEmptyHtml } from '@azora/kit/rich-text/empty.ts'
import { escapeHtml } from '@azora/kit/rich-text/sanitise.ts'
import { stepsOf } from '@azora/qti/item.ts'
import type { CartridgeQuestion, CartridgeQuiz } from './cartridge.ts'
import { shownText } from './entry-names.ts'
import { asidesIn, isForLearners } from './qti-asides.ts'
import { type CleanHtml, metadataOf, type ReadQuestion, readQuestion } from './qti-item.ts'
import {
  type AddressLength,
  fitsOneText,
  fittedQuestion,
  misfit,
  type Note,
  savedBytes,
} from './qti-limits.ts'
import { isReference1, namedTwice, nameOf, pointsOfReference } from './qti-references.ts'
import { passingScore, positive, timeLimit1 } from './qti-settings.ts'
import { itemTitle2, readQuestion2 } from './qti2-item.ts'
import { pathOf, timeLimit2, weightOf } from './qti2-test.ts'
import { sourceOf } from './qti3.ts'
import { childOf, childrenOf, descendantsOf, serialiseXml, textOf, type XmlElement } from './xml.ts'

/**
 * A quiz or question bank in IMS QTI: 1.2 as Common Cartridge, Canvas and Brightspace write it, 2.1 and 2.2 with the
 * items that `qti2-test.ts` put into their test.
 */

type QuizReader = {
  clean: CleanHtml
  /** The same for a question that lies in a file of its own, from which its pictures are named. */
  cleanAt(path: string): CleanHtml
  /** Keeps XML that cannot be imported; returns the id of the file that holds it. */
  keep: (name: string, xml: string) => string
  /** Tells the report about something inside the quiz that came in changed. */
  note: Note
  addressLength: AddressLength
  /** Hears of faults of ours, which cost one question and should be looked at. */
  onFault: (failure: unknown) => void
  /** In a survey no answer has to be right. */
  survey?: boolean
}

/** `assessment` is one of `assessmentsOf`. An unknown layout gives a quiz without questions. */
export function readQuiz(assessment: XmlElement, title: string, reader: QuizReader): CartridgeQuiz {
  const fields = metadataOf(assessment)
  const quiz: CartridgeQuiz = {
    kind: reader.survey ? 'survey' : 'quiz',
    title,
    description: reader.clean(rubricOf(assessment), 'block') || null,
    passingScore: passingScore(assessment, fields),
    timeLimitMinutes: timeLimit1(assessment, fields) ?? timeLimit2(assessment),
    maxAttempts: positive(fields.get('cc_maxattempts')),
    shuffle: /^(yes|true)$/i.test(fields.get('cc_shuffle') ?? ''),
    opensAt: null,
    accessCode: null,
    resultsShown: 'all',
    shuffleAnswers: false,
    bank: isBank(assessment),
    questions: [],
    passages: [],
    unsupported: [],
  }
  collect(assessment, null, { quiz, reader, pendingText: '', bytes: 0, comparisons: 0 })
  return quiz
}

/** The title inside the file; empty when it has none. */
export function quizTitle(assessment: XmlElement): string {
  const fields = metadataOf(assessment)
  return shownText(assessment.attributes.title || fields.get('bank_title') || '')
}

const isBank = (assessment: XmlElement) => assessment.name === 'objectbank'

/**
 * Every quiz and bank that a file holds, in its order. Questions that stand beside them form a quiz of their own. For
 * QTI 2 the file's item or test is the quiz. Empty when the file is of another format.
 */
export function assessmentsOf(root: XmlElement): XmlElement[] {
  if (/^(?:assessmentTest|assessmentSection)$/.test(root.name)) return [root]
  if (root.name === 'assessmentItem') {
    return [{ name: 'assessmentTest', attributes: { title: itemTitle2(root) }, children: [root] }]
  }
  if (/^(?:assessment|objectbank)$/.test(root.name)) return [root]
  if (root.name !== 'questestinterop') return []
  const whole = childrenOf(root).filter(child => /^(?:assessment|objectbank)$/.test(child.name))
  const loose = { ...root, children: root.children.filter(child => !whole.includes(child as XmlElement)) }
  return [...whole, ...(whole.length === 0 || questionCount(loose) > 0 ? [loose] : [])]
}

/** How many questions of any kind the file holds, to choose the richer of two versions of one quiz. */
export function questionCount(root: XmlElement): number {
  return childrenOf(root).reduce(
    (count, child) => count + (isQuestion(child) ? 1 : questionCount(child)),
    isQuestion(root) ? 1 : 0,
  )
}

const isQuestion = ({ name }: XmlElement) => name === 'item' || name === 'assessmentItem'

type Collecting = {
  quiz: CartridgeQuiz
  reader: QuizReader
  pendingText: string
  bytes: number
  comparisons: number
}

function collect(container: XmlElement, points: number | null, at: Collecting): void {
  noteAsides(container, at)
  for (const child of childrenOf(container)) collectChild(child, points, at)
  // Text after the last question has no question to stand before.
  if (!/section/i.test(container.name) && at.pendingText) {
    at.quiz.description = [at.quiz.description ?? '', at.pendingText].filter(Boolean).join('\n')
    at.pendingText = ''
  }
}

function collectChild(child: XmlElement, points: number | null, at: Collecting): void {
  const { quiz, reader } = at
  switch (child.name) {
    case 'section':
    case 'assessmentSection':
      collectSection(child, points, at)
      return
    case 'item':
    case 'assessmentItem':
      collectItem(child, points, at)
      return
    case 'assessmentItemRef':
    case 'assessmentSectionRef':
      noteReference(child, at)
      return
    case 'preCondition':
    case 'branchRule': {
      const name = became('quiz', { title: quiz.title })
      reader.note(name, because('conditional_questions'), 'conditional_questions')
      return
    }
    default:
      if (isReference1(child)) noteReference(child, at)
      else if (child.name === 'bankentry_item') collectItem(child, points, at)
      else if (questionCount(child) > 0 || containsReference(child))
        collect({ ...child, name: 'section' }, points, at)
  }
}

const containsReference = (element: XmlElement): boolean =>
  childrenOf(element).some(
    child =>
      /^(?:itemref|sectionref|bankentry_item|assessmentItemRef|assessmentSectionRef)$/.test(child.name) ||
      containsReference(child),
  )

function noteReference(reference: XmlElement, { quiz, reader }: Collecting): void {
  const [name, title] = [shownText(nameOf(reference)), quiz.title]
  const what = /section/i.test(reference.name) ? 'questions' : 'question'
  const told = name ? became(`${what}_named`, { name, title }) : became(`${what}_unnamed`, { title })
  if (namedTwice(reference)) reader.note(told, because('named_twice'), 'named_twice')
  else reader.note(told, because('only_named'), 'reference')
}

function collectSection(section: XmlElement, points: number | null, at: Collecting): void {
  const { quiz, reader } = at
  const selection = childOf(section, 'selection_ordering', 'selection')
  const drawn =
    positive(textOf(childOf(selection, 'selection_number'))) ??
    positive(childOf(section, 'selection')?.attributes.select)
  const each = Number.parseFloat(textOf(childOf(selection, 'selection_extension', 'points_per_item')))
  const items = childrenOf(section).filter(isQuestion).length
  const name = shownText(section.attributes.title ?? '')
  const bank =
    textOf(childOf(selection, 'sourcebank_ref')) || textOf(childOf(selection, 'sourcebank_external_id'))
  if (bank && items === 0) {
    const content = `<p>Draws ${drawn ?? 'some'} questions from another question bank.</p>`
    const reason = because('question_from_bank')
    keepUnsupported(section, name, { type: 'question_group', content, reason }, at)
  } else if (drawn && drawn < items) {
    const { title } = quiz
    reader.note(
      name ? became('question_group', { name, title }) : became('question_group_unnamed', { title }),
      because('random_selection', { drawn, count: items }),
      'random_selection',
    )
  }
  const introduction = reader.clean(rubricOf(section), 'block')
  const pointsOfEach = Number.isFinite(each) && each >= 0 ? each : points
  const own = savedBytes(introduction, reader.addressLength)
  if (introduction && isShared(section, introduction, at) && at.bytes + own <= limits.savedBytes / 2) {
    const from = quiz.questions.length
    at.bytes += own
    collect(section, pointsOfEach, at)
    putUnder(introduction, from, at)
    return
  }
  if (introduction) at.pendingText = [at.pendingText, introduction].filter(Boolean).join('\n')
  collect(section, pointsOfEach, at)
}

/** Whether the text before a section is about all of its questions, and not an introduction to what comes next. */
function isShared(section: XmlElement, introduction: string, { quiz, reader }: Collecting): boolean {
  const count = childrenOf(section).filter(isQuestion).length
  return (
    !isEmptyHtml(introduction) &&
    count >= 2 &&
    count <= limits.questionsOfPassage &&
    count === questionCount(section) &&
    quiz.passages.length < limits.passagesOfQuiz &&
    fitsOneText(introduction, reader.addressLength)
  )
}

/** Puts the questions from a place on under one text. Before a single one that could be read, or
 * before more than may stand under a text, it introduces the first. */
function putUnder(introduction: string, from: number, at: Collecting): void {
  const { questions, passages } = at.quiz
  const [first, ...others] = questions.slice(from)
  if (!first) {
    at.pendingText = [at.pendingText, introduction].filter(Boolean).join('\n')
  } else if (others.length === 0 || others.length >= limits.questionsOfPassage) {
    questions[from] = { ...first, content: `${introduction}\n${first.content}` }
  } else {
    for (const question of [first, ...others]) question.passage = passages.length
    passages.push(introduction)
  }
}

function collectItem(item: XmlElement, points: number | null, at: Collecting): void {
  const { quiz, reader } = at
  const second = item.name === 'assessmentItem'
  const read = readWhole(item, pointsOfReference(item) ?? points, reader)
  if (!second) noteAsides(item, at)
  const title = shownText((second ? itemTitle2(item) : item.attributes.title) ?? '')
  if (read.kind === 'text') {
    // A text between questions introduces the next one.
    at.pendingText = [at.pendingText, read.content].filter(Boolean).join('\n')
  } else if (read.kind === 'question') {
    const { type, content } = read.question
    const own = savedBytes([read.question, at.pendingText], reader.addressLength)
    const marking = type === 'item' ? comparisonsOf(stepsOf(item)) : 0
    const comparisons = at.comparisons + marking
    const reason = misfit(read.question, quiz, { own, before: at.bytes, comparisons })
    if (reason) keepUnsupported(item, title, { type, content, reason }, at)
    else {
      at.bytes += own
      at.comparisons = comparisons
      quiz.questions.push(introduced(fittedQuestion(read.question, quiz, reader.note), at))
    }
    if (!reason && read.partial) {
      const name = became('quiz_questions', { title: quiz.title })
      reader.note(name, because('partial_points'), 'partial_points')
    }
  } else {
    keepUnsupported(item, title, read, at)
  }
}

/** One question that cannot be read costs none of the others. */
function readWhole(item: XmlElement, points: number | null, reader: QuizReader): ReadQuestion {
  try {
    return item.name === 'assessmentItem'
      ? readQuestion2(item, weightOf(item), cleanFor(item, reader))
      : readQuestion(item, points, reader.clean, reader.survey)
  } catch (failure) {
    reader.onFault(failure)
    return { kind: 'unsupported', type: 'unreadable', content: '', reason: because('question_unreadable') }
  }
}

function noteAsides(element: XmlElement, { quiz, reader }: Collecting): void {
  const name = became('quiz_text', { title: quiz.title })
  for (const { reason } of asidesIn(element)) reader.note(name, reason, 'quiz_text')
}

function introduced(question: CartridgeQuestion, at: Collecting): CartridgeQuestion {
  const content = [at.pendingText, question.content].filter(Boolean).join('\n')
  at.pendingText = ''
  return { ...question, content }
}

function keepUnsupported(
  element: XmlElement,
  name: string,
  { type, content, reason }: { type: string; content: string; reason: ImportReason },
  { quiz, reader }: Collecting,
): void {
  const number = quiz.unsupported.length + 1
  const place = quiz.questions.length + number
  const shownType = shownText(type, 60)
  const attachmentFileId = reader.keep(
    `${quiz.title} – ${number} ${shownType}.xml`,
    `<?xml version="1.0" encoding="UTF-8"?>\n${sourceOf(element)}\n`,
  )
  const isGroup = type === 'question_group'
  const title = name || (isGroup ? 'a group of questions' : 'Question')
  quiz.unsupported.push({ title, type: shownType, content, attachmentFileId })
  const told = keptName({ number: place, title: quiz.title }, name, ownTypes.has(type) ? '' : shownType)
  reader.note(told, [because('question_kept'), reason], 'unsupported_question')
}

/** Types that are ours, and not those of the file. */
const ownTypes = new Set(['question_group', 'unreadable', 'unknown', 'several interactions'])

function keptName(at: { number: number; title: string }, name: string, type: string): ImportName {
  if (name && type) return became('question_kept', { ...at, name, type })
  if (name) return became('question_kept_untyped', { ...at, name })
  return type ? became('question_kept_unnamed', { ...at, type }) : became('question_kept_bare', at)
}

/** The texts that stand before the questions of a quiz or a group, but for those that only graders should see. */
function rubricOf(container: XmlElement): string {
  const first = childrenOf(container, 'rubric')
    .filter(isForLearners)
    .concat(childrenOf(container, 'presentation_material'))
    .flatMap(rubric => descendantsOf(rubric, 'mattext'))
    .map(text =>
      text.attributes.texttype?.includes('html') ? textOf(text) : `<p>${escapeHtml(textOf(text))}</p>`,
    )
  const second = childrenOf(container, 'rubricBlock')
    .filter(block => /\bcandidate\b/.test(block.attributes.view ?? 'candidate'))
    .map(block => serialiseXml({ name: 'div', attributes: {}, children: block.children }))
  return [...first, ...second].join('\n')
}

const cleanFor = (item: XmlElement, { clean, cleanAt }: QuizReader) => {
  const path = pathOf(item)
  return path ? cleanAt(path) : clean
}
