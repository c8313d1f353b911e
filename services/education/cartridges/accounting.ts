import { became } from '@azora/contracts/education/import-names.ts'
import { because } from '@azora/contracts/education/import-reasons.ts'
import type { HiddenFile } from './canvas.ts'
import type { CartridgeCourse, ImportReport, Outcome } from './cartridge.ts'
import { shownFileName } from './entry-names.ts'
import type { FileShelf } from './file-shelf.ts'
import { attached, described, imported, type Ledger, lost, tallyOf } from './ledger.ts'
import type { Manifest, ManifestItem, ManifestResource } from './manifest.ts'
import { mendedFinding } from './page-cleaner.ts'
import { mainPath } from './resources.ts'
import { isHousekeeping, type Source } from './source.ts'

/** The end of an import: whatever nobody has spoken for yet is kept as a file or listed, and the report is drawn up. */

type Books = {
  manifest: Manifest
  source: Source
  ledger: Ledger
  shelf: FileShelf
  hiddenFile(path: string): HiddenFile | undefined
}

export function accountForTheRest({ manifest, source, ledger, shelf, hiddenFile }: Books): void {
  for (const { path } of source.entries) {
    const lesson = shelf.lessonUsing(path)
    const claim = ledger.claimed(path)
    const unreadable = source.unreadable.get(path)
    const hidden = hiddenFile(path)
    if (unreadable)
      ledger.claim(path, lost(became('file', { title: shownFileName(path) }), unreadable, 'damaged'))
    else if (isHousekeeping(path)) {
      ledger.claim(path, described(became('nothing'), because('housekeeping'), 'housekeeping'))
    } else if (/^course_settings\/canvas_export\.txt$/i.test(path)) {
      ledger.claim(path, described(became('nothing'), because('marks_canvas'), 'settings'))
    } else if (lesson !== undefined) {
      ledger.claim(path, imported(became('file_in_lesson', { title: lesson })))
    } else if (!claim || claim.outcome === 'attached') {
      shelf.use(path, null)
      ledger.claim(path, {
        ...attached(
          became('attached_file'),
          hidden ? [hidden.reason, because('unseen_here')] : unusedReason(path),
          'unused_file',
        ),
        hidden: hidden !== undefined,
      })
    }
    if (source.mended.has(path)) ledger.note(path, mendedFinding())
    const final = ledger.claimed(path)
    if (hidden && final?.outcome === 'imported' && !final.hidden)
      ledger.note(
        path,
        described(became('link_to_file', { title: shownFileName(path) }), hidden.reason, 'hidden_file'),
      )
  }
  for (const resource of manifest.resources.values()) noteMissingFiles(resource, source, ledger)
}

const unusedReason = (path: string) =>
  because(/^course_settings\//i.test(path) ? 'settings_of_original' : 'unused')

function noteMissingFiles(resource: ManifestResource, source: Source, ledger: Ledger): void {
  const named = new Set([...(resource.href ? [resource.href] : []), ...resource.files])
  for (const href of named) {
    if (source.find(href) || isUnreadable(href, source)) continue
    ledger.note(
      href,
      lost(became('file', { title: shownFileName(href) }), because('missing_named'), 'missing_file'),
    )
  }
  if (named.size === 0 && !resource.inline) {
    ledger.note(
      source.manifest,
      lost(
        became('resource', { title: resource.title ?? resource.id }),
        because('no_file_named'),
        'missing_file',
      ),
    )
  }
}

const isUnreadable = (href: string, source: Source) => source.unreadable.has(href)

export function reportOf(course: CartridgeCourse, { manifest, source, ledger }: Books): ImportReport {
  const entries = ledger.entries(source.entries.map(entry => entry.path))
  const items = course.modules.flatMap(module => module.items)
  const quizzes = items.flatMap(item => (item.kind === 'quiz' ? [item.quiz] : []))
  const count = (outcome: Outcome) => entries.filter(entry => entry.outcome === outcome).length
  const outcomeOf = (path: string): Outcome => ledger.claimed(path)?.outcome ?? 'lost'
  return {
    entries,
    tallies: {
      files: tallyOf(source.entries.map(({ path }) => outcomeOf(path))),
      resources: tallyOf(
        [...manifest.resources.values()].map(resource => {
          const path = mainPath(resource, source)
          if (path) return outcomeOf(path)
          return resource.inline && course.modules.length > 0 ? 'imported' : 'lost'
        }),
      ),
      items: ledger.items(),
      references: ledger.references(),
    },
    counts: {
      imported: count('imported'),
      attached: count('attached'),
      described: count('described'),
      lost: count('lost'),
      hidden: entries.filter(entry => entry.hidden).length,
      modules: course.modules.length,
      lessons: items.length,
      quizzes: quizzes.length,
      questions: quizzes.reduce((sum, quiz) => sum + quiz.questions.length, 0),
      unsupportedQuestions: entries.filter(entry => entry.code === 'unsupported_question').length,
      files: course.files.length,
    },
  }
}

/** Every item of the manifest counts once: those without a resource are headings. */
export function accountForHeadings(items: ManifestItem[], ledger: Ledger): void {
  for (const item of items) {
    if (!item.resourceId) ledger.item(item.id, 'described')
    accountForHeadings(item.children, ledger)
  }
}
