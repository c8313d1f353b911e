import {
  escapeHtml,
  sanitiseInlineHtmlRewriting,
  sanitiseLessonHtmlRewriting,
} from '@azora/kit/rich-text/sanitise.ts'
import { safeUrl } from '@azora/kit/rich-text/urls.ts'
import type { CartridgeContent, CartridgeQuiz } from './cartridge.ts'
import { shownText } from './entry-names.ts'
import type { FileShelf } from './file-shelf.ts'
import { attached, described, imported, type Ledger, lost } from './ledger.ts'
import { readQuiz } from './qti.ts'
import type { CleanHtml } from './qti-item.ts'
import { type Places, resolveReference } from './references.ts'
import type { Loaded } from './resources.ts'

/** Turns what was read into what is stored: references resolved, HTML cleaned, outcomes recorded. */

type Workshop = { ledger: Ledger; shelf: FileShelf; places: Omit<Places, 'useFile' | 'keepImage'> }

export function finishLesson(loaded: Loaded, title: string, at: Workshop): CartridgeContent {
  const hidden: [string | null, string | null] = loaded.published
    ? [null, null]
    : ['It was not published in the original course.', 'unpublished']
  switch (loaded.kind) {
    case 'page': {
      const html = cleaner(loaded.path, title, at)(loaded.html, 'block')
      if (loaded.keepsFile) {
        at.shelf.use(loaded.path, null)
        at.ledger.claim(
          loaded.path,
          attached(
            `lesson “${title}” and an attached file`,
            'The tool cannot be launched from here; a lesson describes it and its settings are kept.',
            'external_tool',
          ),
        )
      } else if (loaded.path) at.ledger.claim(loaded.path, imported(`lesson “${title}”`, ...hidden))
      return { kind: 'page', html, ...(loaded.note && { note: loaded.note }) }
    }
    case 'link':
      return finishLink(loaded, title, at)
    case 'file': {
      const fileId = at.shelf.use(loaded.path, title)
      if (loaded.reason)
        at.ledger.claim(loaded.path, attached(`file in lesson “${title}”`, loaded.reason, 'unreadable'))
      else at.ledger.claim(loaded.path, imported(`file in lesson “${title}”`))
      return { kind: 'file', fileId }
    }
    case 'quiz': {
      const quiz = finishQuiz(loaded, title, at)
      const name = `${quiz.bank ? 'question bank' : 'quiz'} “${title}”`
      at.ledger.claim(loaded.path, imported(`${name}, ${quiz.questions.length} questions`, ...hidden))
      return { kind: 'quiz', quiz }
    }
  }
}

function finishLink(loaded: Loaded & { kind: 'link' }, title: string, at: Workshop): CartridgeContent {
  const url = /^(?:https?:|\/\/)/i.test(loaded.url.trim()) ? safeUrl(loaded.url, 'link') : null
  if (url) {
    if (loaded.path) at.ledger.claim(loaded.path, imported(`link “${title}”`))
    return { kind: 'link', url }
  }
  at.ledger.claim(
    loaded.path || 'imsmanifest.xml',
    described(
      `lesson “${title}”`,
      'Its address is not a web address, so it is shown as text only.',
      'unsafe_link',
    ),
  )
  return { kind: 'page', html: `<p>${escapeHtml(shownText(loaded.url, 500))}</p>` }
}

function finishQuiz(loaded: Loaded & { kind: 'quiz' }, title: string, at: Workshop): CartridgeQuiz {
  const clean = cleaner(loaded.path, title, at)
  const quiz = readQuiz(loaded.root, title, {
    clean,
    keep: (name, xml) => at.shelf.add(name, Buffer.from(xml), 'application/xml', 'attachment'),
    note: (as, reason, code) => {
      at.ledger.note(
        loaded.path,
        code === 'unsupported_question' ? attached(as, reason, code) : described(as, reason, code),
      )
    },
  })
  const { published: _published, description, ...settings } = loaded.meta ?? { published: true }
  const introduction = [description ? clean(description, 'block') : '', quiz.description ?? '']
    .filter(Boolean)
    .join('\n')
  return { ...quiz, ...settings, title, description: introduction || null }
}

function cleaner(path: string, title: string, at: Workshop): CleanHtml {
  const places: Places = {
    ...at.places,
    useFile: file => at.shelf.use(file, title),
    keepImage: data => keepImage(data, title, at.shelf),
  }
  const rewrite = (url: string, use: 'link' | 'media'): string | null => {
    const resolved = resolveReference(url, path, places)
    if (resolved === null && url.trim() !== '') {
      const shown = shownText(url.replace(/%24/g, '$'), 200)
      at.ledger.note(
        path || 'imsmanifest.xml',
        use === 'media'
          ? lost(
              `picture or recording “${shown}” in “${title}”`,
              'The archive does not contain it; its description is kept.',
              'unresolved_reference',
            )
          : described(
              `link “${shown}” in “${title}”`,
              'It leads to something that is not in the archive; its text is kept.',
              'unresolved_reference',
            ),
      )
    }
    return resolved
  }
  return (html, place) =>
    place === 'inline'
      ? sanitiseInlineHtmlRewriting(html, rewrite)
      : sanitiseLessonHtmlRewriting(html, rewrite)
}

/** A picture written into the page itself becomes a file: pages must stay small on a slow line. */
function keepImage(dataUrl: string, title: string, shelf: FileShelf): string | null {
  const parts = /^data:image\/(png|jpe?g|gif|webp|avif);base64,([A-Za-z0-9+/=\s]+)$/i.exec(dataUrl.trim())
  if (!parts) return null
  const type = parts[1]!.toLowerCase().replace('jpg', 'jpeg')
  const id = shelf.add(
    `picture in ${shownText(title, 80)}.${type}`,
    Buffer.from(parts[2]!, 'base64'),
    `image/${type}`,
    'lesson',
  )
  return `azora-file:${id}`
}
