import type { ReportEntry } from './cartridge.ts'
import { shownText } from './entry-names.ts'

type Finding = Omit<ReportEntry, 'path'>

/** What became of everything in the archive. Each entry is accounted for once; notes may be added to any. */
export type Ledger = {
  /** The first claim on a path stands. */
  claim(path: string, finding: Finding): void
  claimed(path: string): Finding | undefined
  /** Something inside an entry, or something that is missing. Said once however often it is met. */
  note(path: string, finding: Finding): void
  /** In archive order, each entry followed by its notes; then notes on what is not in the archive. */
  entries(paths: string[]): ReportEntry[]
}

export function createLedger(): Ledger {
  const claims = new Map<string, Finding>()
  const notes = new Map<string, Map<string, Finding>>()
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
    entries: paths => {
      const known = new Set(paths)
      const others = [...new Set([...claims.keys(), ...notes.keys()])].filter(path => !known.has(path))
      return [...paths, ...others].flatMap(path => {
        const claim = claims.get(path)
        const findings = [...(claim ? [claim] : []), ...(notes.get(path)?.values() ?? [])]
        return findings.map(finding => ({ path: shownText(path, 500), ...finding }))
      })
    },
  }
}

export const imported = (as: string, reason: string | null = null, code: string | null = null): Finding => ({
  outcome: 'imported',
  as,
  reason,
  code,
})
export const attached = (as: string, reason: string, code: string): Finding => ({
  outcome: 'attached',
  as,
  reason,
  code,
})
export const described = (as: string, reason: string, code: string): Finding => ({
  outcome: 'described',
  as,
  reason,
  code,
})
export const lost = (as: string, reason: string, code: string): Finding => ({
  outcome: 'lost',
  as,
  reason,
  code,
})
