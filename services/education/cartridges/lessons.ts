import type { FindingCode } from '@azora/contracts/education/import-codes.ts'
import { became, type ImportName } from '@azora/contracts/education/import-names.ts'
import { because, importReasons } from '@azora/contracts/education/import-reasons.ts'
import { englishOf } from '@azora/contracts/education/said.ts'
import { limits } from '@azora/contracts/limits.ts'
import { escapeHtml, sanitiseInlineHtml, sanitiseLessonHtml } from '@azora/kit/rich-text/sanitise.ts'
import { safeUrl } from '@azora/kit/rich-text/urls.ts'
import type { CartridgeContent, CartridgeQuiz } from './cartridge.ts'
import { shownText } from './entry-names.ts'
import type { FileShelf } from './file-shelf.ts'
import { attached, described, type Finding, hiddenFinding, imported, lost } from './ledger.ts'
import { cleaner, type Workshop } from './page-cleaner.ts'
import { readQuiz } from './qti.ts'
import type { CleanHtml } from './qti-item.ts'
import { fitsIntroduction, fitsOneText, fittedSettings, type Note } from './qti-limits.ts'
import type { Loaded } from './resources.ts'

/** Turns what was read into what is stored: references resolved, HTML cleaned, outcomes recorded. */

type LoadedQuiz = Loaded & { kind: 'quiz' }

export function finishLesson(loaded: Loaded, title: string, at: Workshop): CartridgeContent {
  try {
    return finished(loaded, title, at)
  } catch (failure) {
    at.onFault(failure)
    return unfinished(loaded, title, at)
  }
}

/** One part that cannot be put together costs none of the others: its file is kept, or the report lists it. */
function unfinished(loaded: Loaded, title: string, { ledger, shelf, places }: Workshop): CartridgeContent {
  const reason = because('unreadable')
  if (loaded.path) {
    ledger.claim(loaded.path, attached(became('file_in_lesson', { title }), reason, 'unreadable'))
    return { kind: 'file', fileId: shelf.use(loaded.path, title) }
  }
  ledger.note(places.source.manifest, lost(became('lesson', { title }), reason, 'unreadable'))
  return { kind: 'page', html: `<p>${escapeHtml(englishOf(importReasons, reason))}</p>` }
}

function finished(loaded: Loaded, title: string, at: Workshop): CartridgeContent {
  const { ledger, shelf } = at
  const cameAs = (name: ImportName): Finding =>
    loaded.hidden ? hiddenFinding(name, loaded.hidden, because('check_first')) : imported(name)
  const where = loaded.path || at.places.source.manifest
  switch (loaded.kind) {
    case 'page': {
      const html = cleaner(loaded.path, title, at)(loaded.html, 'block')
      if (loaded.path && !fitsOneText(html, shelf.addressLength)) {
        const reason = because('page_too_large')
        ledger.claim(loaded.path, attached(became('file_in_lesson', { title }), reason, 'too_large'))
        return { kind: 'file', fileId: shelf.use(loaded.path, title) }
      }
      if (loaded.keepsFile) {
        shelf.use(loaded.path, null)
        ledger.claim(
          loaded.path,
          attached(became('lesson_and_file', { title }), because('tool_kept'), 'external_tool'),
        )
        if (loaded.hidden) ledger.note(where, cameAs(became('lesson', { title })))
      } else if (loaded.path) ledger.claim(loaded.path, cameAs(became('lesson', { title })))
      else if (loaded.hidden) ledger.note(where, cameAs(became('lesson', { title })))
      return { kind: 'page', html, ...(loaded.note && { note: loaded.note }) }
    }
    case 'link':
      return finishLink(loaded, title, at, cameAs)
    case 'file': {
      const fileId = shelf.use(loaded.path, title)
      if (loaded.reason)
        ledger.claim(loaded.path, attached(became('file_in_lesson', { title }), loaded.reason, 'unreadable'))
      else ledger.claim(loaded.path, cameAs(became('file_in_lesson', { title })))
      return { kind: 'file', fileId }
    }
    case 'quiz':
      return finishQuiz(loaded, title, at, cameAs)
  }
}

/** A web address in the form to store: one without a scheme is one all the same. */
function webAddress(raw: string): string | null {
  const url = raw.trim()
  if (/^(?:https?:|\/\/)/i.test(url)) return safeUrl(url, 'link')
  const host = /^((?:[\p{L}\p{N}-]+\.)+\p{L}{2,24})(?::\d{1,5})?(?:[/?#]|$)/u.test(url)
  return host ? safeUrl(`https://${url}`, 'link') : null
}

function finishLink(
  loaded: Loaded & { kind: 'link' },
  title: string,
  at: Workshop,
  cameAs: (name: ImportName) => Finding,
): CartridgeContent {
  const { ledger, places } = at
  const where = loaded.path || places.source.manifest
  const url = webAddress(loaded.url)
  if (url && url.length <= limits.linkLength) {
    const finding = cameAs(became('link', { title }))
    if (loaded.path) ledger.claim(loaded.path, finding)
    else if (loaded.hidden) ledger.note(where, finding)
    return { kind: 'link', url }
  }
  const shown = shownText(loaded.url, 5_000)
  const mail = safeUrl(loaded.url, 'link')
  const finding = described(
    became('lesson', { title }),
    because(url ? 'link_too_long' : 'link_no_web_address'),
    'unsafe_link',
  )
  const state = { ...finding, hidden: loaded.hidden !== null }
  if (loaded.path) ledger.claim(loaded.path, state)
  else ledger.note(where, state)
  const address = url ?? (mail?.startsWith('mailto:') ? mail : null)
  const text = escapeHtml(shown)
  return {
    kind: 'page',
    html: sanitiseLessonHtml(`<p>${address ? `<a href="${escapeHtml(address)}">${text}</a>` : text}</p>`),
  }
}

/** What a note about a quiz means for what it is about; any other came in as something else. */
const outcomes: Partial<Record<FindingCode, typeof described>> = {
  unsupported_question: attached,
  reference: lost,
  quiz_text: lost,
}

function finishQuiz(
  loaded: LoadedQuiz,
  title: string,
  at: Workshop,
  cameAs: (name: ImportName) => Finding,
): CartridgeContent {
  const { ledger, shelf } = at
  const clean = cleaner(loaded.path, title, at)
  const where = loaded.path || at.places.source.manifest
  const note: Note = (name, reasons, code) => {
    const outcome = outcomes[code] ?? described
    ledger.note(where, outcome(name, reasons, code))
  }
  const read = readQuiz(loaded.root, title, {
    clean,
    cleanAt: path => cleaner(path, title, at),
    keep: (name, xml) => shelf.add(name, Buffer.from(xml), 'application/xml', 'attachment'),
    note,
    addressLength: shelf.addressLength,
    onFault: at.onFault,
    survey: loaded.meta?.settings.kind === 'survey',
  })
  const { description, ...settings } = loaded.meta?.settings ?? {}
  const introduction = [description ? clean(description, 'block') : '', read.description ?? '']
    .filter(Boolean)
    .join('\n')
  const short = fitsIntroduction(introduction, shelf.addressLength)
  if (!short) note(became('quiz_introduction', { title }), because('introduction_kept'), 'limited')
  const shown = short ? introduction : fileLink(shelf, `introduction of ${title}.html`, introduction)
  const quiz = fittedSettings({ ...read, ...settings, title, description: shown || null }, note)
  if (quiz.questions.length === 0) return quizWithoutQuestions(quiz, loaded, at)
  const kind = quiz.bank ? 'bank' : quiz.kind
  const name = became(`${kind}_with_questions`, { title, count: quiz.questions.length })
  // A file may hold several quizzes; the first of them claims it.
  if (loaded.path && ledger.claimed(loaded.path)) ledger.note(loaded.path, cameAs(name))
  else if (loaded.path) ledger.claim(loaded.path, cameAs(name))
  return { kind: 'quiz', quiz }
}

/** A link to a text that is kept as a file. */
function fileLink(shelf: FileShelf, name: string, html: string): string {
  const id = shelf.add(name, Buffer.from(html), 'text/html', 'lesson')
  return `<p><a href="azora-file:${id}">${escapeHtml(name)}</a></p>`
}

/** A quiz of which nothing can be asked here stays in its place, for its author alone, with what was kept of it. */
function quizWithoutQuestions(quiz: CartridgeQuiz, loaded: LoadedQuiz, at: Workshop): CartridgeContent {
  const { ledger, shelf, places } = at
  if (loaded.path) {
    shelf.use(loaded.path, quiz.title)
    ledger.claim(loaded.path, {
      ...attached(
        became('hidden_lesson_with_quiz', { title: quiz.title }),
        because('no_question_here'),
        'quiz_without_questions',
      ),
      hidden: true,
    })
  } else {
    ledger.note(
      places.source.manifest,
      lost(became('quiz', { title: quiz.title }), because('no_question_here'), 'quiz_without_questions'),
    )
  }
  const kept = quiz.unsupported.map(
    question =>
      `<li>${question.content || escapeHtml(question.title)} <a href="azora-file:${question.attachmentFileId}">${escapeHtml(question.type)}</a></li>`,
  )
  const whole = loaded.path
    ? `<p><a href="azora-file:${shelf.idOf(loaded.path)}">${escapeHtml(quiz.title)}</a></p>`
    : ''
  const html = `<p>None of the questions of this quiz can be asked here. They are kept as files.</p>${quiz.description ?? ''}${kept.length ? `<ol>${kept.join('')}</ol>` : ''}${whole}`
  return { kind: 'page', html: sanitiseLessonHtml(html) }
}

/** Whether learners can take it, so that links may lead to it. */
export function isPlayable(loaded: LoadedQuiz): boolean {
  const clean: CleanHtml = (html, place) =>
    place === 'inline' ? sanitiseInlineHtml(html) : sanitiseLessonHtml(html)
  const quiz = readQuiz(loaded.root, loaded.title, {
    clean,
    cleanAt: () => clean,
    keep: () => 'unused',
    addressLength: () => 0,
    note: () => {},
    onFault: () => {},
  })
  return !quiz.bank && quiz.questions.length > 0
}
