import type { FindingCode } from '@azora/contracts/education/import-codes.ts'
import { became, type ImportName, importNames } from '@azora/contracts/education/import-names.ts'
import { because, type ImportReason, importReasons } from '@azora/contracts/education/import-reasons.ts'
import { englishOf } from '@azora/contracts/education/said.ts'
import type { Outcome, ReportEntry, Tally } from './cartridge.ts'
import { shownText } from './entry-names.ts'

/** What the report says of something; its English is put to it where the report is drawn up. */
export type Finding = Omit<ReportEntry, 'path' | 'as' | 'reason'>

/**
 * What became of everything in the archive. Each entry is accounted for once, and so is each item of the manifest and
 * each address in a text; notes may be added to any. The report is what stands here, so that nothing is counted twice
 * and nothing is left out.
 */
export type Ledger = {
  /** The first claim on a path stands. */
  claim(path: string, finding: Finding): void
  claimed(path: string): Finding | undefined
  /** Something inside an entry, or something that is missing. Said once however often it is met. */
  note(path: string, finding: Finding): void
  /** What became of an address in a text. The worst that became of it in this text stands; `lost` is listed. */
  reference(path: string, url: string, finding: Finding): void
  /** What became of an item of the manifest, or of a resource that is no entry. */
  item(id: string, outcome: Outcome): void
  items(): Tally
  references(): Tally
  /** In archive order, each entry followed by its notes; then notes on what is not in the archive. */
  entries(paths: string[]): ReportEntry[]
}

const severity: Record<Outcome, number> = { imported: 0, described: 1, attached: 2, lost: 3 }

export function tallyOf(outcomes: Iterable<Outcome>): Tally {
  const tally: Tally = { total: 0, imported: 0, attached: 0, described: 0, lost: 0 }
  for (const outcome of outcomes) {
    tally.total += 1
    tally[outcome] += 1
  }
  return tally
}

/** Lost addresses of one text that are listed one by one. A page may hold a hundred thousand. */
const mostListed = 200

function shortlist(findings: Finding[]): Finding[] {
  if (findings.length <= mostListed) return findings
  const rest = findings.length - mostListed
  const more = lost(became('more_in', { count: rest }), because('as_above'), 'more')
  return [...findings.slice(0, mostListed), more]
}

export function createLedger(): Ledger {
  const claims = new Map<string, Finding>()
  const notes = new Map<string, Map<string, Finding>>()
  const references = new Map<string, Map<string, Finding>>()
  const items = new Map<string, Outcome>()
  return {
    claim: (path, finding) => {
      if (!claims.has(path)) claims.set(path, finding)
    },
    claimed: path => claims.get(path),
    note: (path, finding) => {
      const here = notes.get(path) ?? new Map<string, Finding>()
      here.set(JSON.stringify(finding), finding)
      notes.set(path, here)
    },
    reference: (path, url, finding) => {
      const here = references.get(path) ?? new Map<string, Finding>()
      const before = here.get(url)
      if (!before || severity[finding.outcome] > severity[before.outcome]) here.set(url, finding)
      references.set(path, here)
    },
    item: (id, outcome) => {
      if (!items.has(id)) items.set(id, outcome)
    },
    items: () => tallyOf(items.values()),
    references: () =>
      tallyOf([...references.values()].flatMap(here => [...here.values()].map(({ outcome }) => outcome))),
    entries: paths => {
      const known = new Set(paths)
      const listed = (path: string) =>
        shortlist([...(references.get(path)?.values() ?? [])].filter(({ outcome }) => outcome === 'lost'))
      const others = [...new Set([...claims.keys(), ...notes.keys(), ...references.keys()])].filter(
        path => !known.has(path),
      )
      return [...paths, ...others].flatMap(path => {
        const claim = claims.get(path)
        const findings = [...(claim ? [claim] : []), ...(notes.get(path)?.values() ?? []), ...listed(path)]
        return findings.map(finding => entryOf(path, finding))
      })
    },
  }
}

function entryOf(path: string, finding: Finding): ReportEntry {
  const reasons = finding.reasons.map(reason => englishOf(importReasons, reason))
  return {
    path: shownText(path, 500),
    ...finding,
    as: englishOf(importNames, finding.became),
    reason: reasons.length > 0 ? reasons.join(' ') : null,
  }
}

export const imported = (name: ImportName): Finding => ({
  outcome: 'imported',
  became: name,
  reasons: [],
  code: null,
  hidden: false,
})

/** In the course, though learners of the original did not see it. */
export const hiddenFinding = (name: ImportName, ...reasons: ImportReason[]): Finding => ({
  ...imported(name),
  reasons,
  code: 'hidden',
  hidden: true,
})

const other =
  (outcome: Outcome) =>
  (name: ImportName, reasons: ImportReason | ImportReason[], code: FindingCode): Finding => ({
    outcome,
    became: name,
    reasons: [reasons].flat(),
    code,
    hidden: false,
  })

/** Kept as a file beside the course. */
export const attached = other('attached')

/** Came in as something else: a setting, a text, a second version. */
export const described = other('described')

/** Did not come in. */
export const lost = other('lost')
