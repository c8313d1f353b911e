import type { CartridgeQuestion, CartridgeQuiz } from './cartridge.ts'
import { shownText } from './entry-names.ts'
import { type CleanHtml, metadataOf, readQuestion } from './qti-item.ts'
import { childOf, childrenOf, descendantsOf, serialiseXml, textOf, type XmlElement } from './xml.ts'

/** A quiz or question bank in IMS QTI 1.2, as Common Cartridge and Canvas write it. */

type QuizReader = {
  clean: CleanHtml
  /** Keeps XML that cannot be imported; returns the id of the file that holds it. */
  keep: (name: string, xml: string) => string
  /** Tells the report about something inside the quiz that came in changed. */
  note: (as: string, reason: string, code: string) => void
}

/** `root` is a `questestinterop` element. An unknown layout gives a quiz without questions. */
export function readQuiz(root: XmlElement, title: string, reader: QuizReader): CartridgeQuiz {
  const assessment = assessmentOf(root)
  const fields = metadataOf(assessment)
  const quiz: CartridgeQuiz = {
    title,
    description: reader.clean(rubricOf(assessment), 'block') || null,
    passingScore: passingScore(assessment, fields),
    timeLimitMinutes: positive(fields.get('qmd_timelimit')),
    maxAttempts: positive(fields.get('cc_maxattempts')),
    shuffle: /^(yes|true)$/i.test(fields.get('cc_shuffle') ?? fields.get('shuffle_answers') ?? ''),
    bank: assessment.name === 'objectbank',
    questions: [],
    unsupported: [],
  }
  collect(assessment, null, quiz, reader, { pendingText: '' })
  return quiz
}

/** The title inside the file; empty when it has none. */
export function quizTitle(root: XmlElement): string {
  const assessment = assessmentOf(root)
  return shownText(assessment.attributes.title || metadataOf(assessment).get('bank_title') || '')
}

function assessmentOf(root: XmlElement): XmlElement {
  return childOf(root, 'assessment') ?? childOf(root, 'objectbank') ?? root
}

/** How many questions of any kind the file holds, to choose the richer of two versions of one quiz. */
export function questionCount(root: XmlElement): number {
  return descendantsOf(root, 'item').length
}

type Pending = { pendingText: string }

function collect(
  container: XmlElement,
  points: number | null,
  quiz: CartridgeQuiz,
  reader: QuizReader,
  pending: Pending,
): void {
  for (const child of childrenOf(container)) {
    if (child.name === 'section') collectSection(child, points, quiz, reader, pending)
    if (child.name === 'item') collectItem(child, points, quiz, reader, pending)
  }
  // Text after the last question has no question to stand before.
  if (container.name !== 'section' && pending.pendingText) {
    quiz.description = [quiz.description ?? '', pending.pendingText].filter(Boolean).join('\n')
    pending.pendingText = ''
  }
}

function collectSection(
  section: XmlElement,
  points: number | null,
  quiz: CartridgeQuiz,
  reader: QuizReader,
  pending: Pending,
): void {
  const selection = childOf(section, 'selection_ordering', 'selection')
  const drawn = positive(textOf(childOf(selection, 'selection_number')))
  const each = Number.parseFloat(textOf(childOf(selection, 'selection_extension', 'points_per_item')))
  const items = childrenOf(section, 'item').length
  const name = shownText(section.attributes.title ?? '') || 'a group of questions'
  const bank =
    textOf(childOf(selection, 'sourcebank_ref')) || textOf(childOf(selection, 'sourcebank_external_id'))
  if (bank && items === 0) {
    const content = `<p>Draws ${drawn ?? 'some'} questions from another question bank.</p>`
    keepUnsupported(
      section,
      name,
      'question_group',
      content,
      'it draws from a bank; pick its questions by hand',
      quiz,
      reader,
    )
  } else if (drawn && drawn < items) {
    reader.note(
      `group “${name}” in quiz “${quiz.title}”`,
      `The original draws ${drawn} of ${items} questions at random; all ${items} are in the quiz.`,
      'random_selection',
    )
  }
  collect(section, Number.isFinite(each) && each >= 0 ? each : points, quiz, reader, pending)
}

function collectItem(
  item: XmlElement,
  points: number | null,
  quiz: CartridgeQuiz,
  reader: QuizReader,
  pending: Pending,
): void {
  const read = readQuestion(item, points, reader.clean)
  const title = shownText(item.attributes.title ?? '') || 'Question'
  if (read.kind === 'text') {
    // A text between questions introduces the next one.
    pending.pendingText = [pending.pendingText, read.content].filter(Boolean).join('\n')
  } else if (read.kind === 'question') {
    quiz.questions.push(introduced(read.question, pending))
  } else {
    keepUnsupported(item, title, read.type, read.content, read.reason, quiz, reader)
  }
}

function introduced(question: CartridgeQuestion, pending: Pending): CartridgeQuestion {
  const content = [pending.pendingText, question.content].filter(Boolean).join('\n')
  pending.pendingText = ''
  return { ...question, content }
}

function keepUnsupported(
  element: XmlElement,
  title: string,
  type: string,
  content: string,
  reason: string,
  quiz: CartridgeQuiz,
  reader: QuizReader,
): void {
  const number = quiz.unsupported.length + 1
  const shownType = shownText(type, 60)
  const attachmentFileId = reader.keep(
    `${quiz.title} – ${number} ${shownType}.xml`,
    `<?xml version="1.0" encoding="UTF-8"?>\n${serialiseXml(element)}\n`,
  )
  quiz.unsupported.push({ title, type: shownType, content, attachmentFileId })
  reader.note(
    `question “${title}” (${shownType}) in quiz “${quiz.title}”`,
    `Kept as a file: ${reason}.`,
    'unsupported_question',
  )
}

function rubricOf(assessment: XmlElement): string {
  const rubrics = [...childrenOf(assessment, 'rubric'), ...childrenOf(assessment, 'presentation_material')]
  return rubrics
    .flatMap(rubric => descendantsOf(rubric, 'mattext'))
    .map(text =>
      text.attributes.texttype?.includes('html')
        ? textOf(text)
        : `<p>${textOf(text).replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`,
    )
    .join('\n')
}

/** Percent: from the metadata that exporters add, or from the pass mark of the outcomes (QTI 1.2 `cutvalue`). */
function passingScore(assessment: XmlElement, fields: Map<string, string>): number | null {
  const named =
    fields.get('cc_passing_score') ?? fields.get('passing_score') ?? fields.get('qmd_passingscore')
  const variable = childrenOf(assessment, 'outcomes_processing').flatMap(outcomes =>
    descendantsOf(outcomes, 'decvar'),
  )[0]
  const cut = Number.parseFloat(variable?.attributes.cutvalue ?? '')
  const most = Number.parseFloat(variable?.attributes.maxvalue ?? '100')
  const percent = named !== undefined ? Number.parseFloat(named) : most > 0 ? (100 * cut) / most : Number.NaN
  return percent >= 0 && percent <= 100 ? percent : null
}

function positive(text: string | undefined): number | null {
  const number = Number.parseInt(text ?? '', 10)
  return number > 0 ? number : null
}
