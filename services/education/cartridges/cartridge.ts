import type { FindingCode } from '@azora/contracts/education/import-codes.ts'
import type { ImportName } from '@azora/contracts/education/import-names.ts'
import type { ImportReason } from '@azora/contracts/education/import-reasons.ts'

/** The shapes that the cartridge reader hands to the importer. Pure data: JSON all through. */

export type CartridgeCourse = {
  title: string
  /** Sanitised HTML. */
  description: string | null
  /** BCP 47, as the cartridge states it. */
  language: string | null
  keywords: string[]
  /** Hidden modules and items were not seen by the learners of the original. */
  modules: { title: string; hidden: boolean; items: CartridgeItem[] }[]
  files: CartridgeFile[]
}

export type PageNote = 'assignment' | 'discussion' | 'announcement' | 'syllabus' | 'external_tool' | 'message'

/** `ref` is unique and stable within the cartridge; `azora-item:<ref>` in any HTML points at it. */
export type CartridgeItem = {
  ref: string
  title: string
  durationMinutes: number | null
  hidden: boolean
} & CartridgeContent

export type CartridgeContent =
  | { kind: 'page'; html: string; note?: PageNote }
  | { kind: 'link'; url: string; html?: string }
  | { kind: 'file'; fileId: string }
  | { kind: 'quiz'; quiz: CartridgeQuiz }

/** `azora-file:<id>` in any HTML points at it. `size` in bytes. */
export type CartridgeFile = {
  id: string
  path: string
  name: string
  mediaType: string
  size: number
  usedBy: 'lesson' | 'attachment'
}

export type CartridgeQuiz = {
  /** The answers of a survey are neither right nor wrong. */
  kind: 'quiz' | 'survey'
  title: string
  description: string | null
  /** Percent, 0–100. */
  passingScore: number | null
  timeLimitMinutes: number | null
  maxAttempts: number | null
  /** ISO 8601. */
  opensAt: string | null
  accessCode: string | null
  resultsShown: 'all' | 'score' | 'none'
  shuffle: boolean
  shuffleAnswers: boolean
  /** A question bank rather than a quiz that learners take. */
  bank: boolean
  questions: CartridgeQuestion[]
  /** Texts that several questions are about, which name them by their place. */
  passages: string[]
  unsupported: { title: string; type: string; content: string; attachmentFileId: string }[]
}

type QuestionTexts = {
  passage?: number
  content: string
  points: number
  feedback: { general: string | null; correct: string | null; incorrect: string | null }
}
type QuestionOption = { id: string; content: string; correct: boolean; feedback: string | null }

export type CartridgeChoice = QuestionTexts & {
  type: 'single_choice' | 'multiple_choice' | 'true_false'
  options: QuestionOption[]
}

/** What its own rules score; its texts are cleaned. */
export type CartridgeItemQuestion = QuestionTexts & {
  type: 'item'
  options: QuestionOption[]
  body: CartridgeItemBody
}

export type CartridgeQuestion = CartridgeChoice | CartridgeItemQuestion

type PartOption = { id: string; name: string; content: string; fixed: boolean; most: number }

/** As `itemBody` of the contracts. */
export type CartridgeItemBody = {
  source: string
  parts: {
    response: string
    kind: 'choice' | 'text' | 'long_text' | 'inline_choice' | 'pairs' | 'order'
    prompt: string
    most: number
    several: boolean
    shuffle: boolean
    options: PartOption[]
    targets: PartOption[]
  }[]
  feedback: { name: string; content: string }[]
}

/**
 * `imported`: it is in the course. `attached`: the file is kept beside the course. `described`: another entry
 * says the same, or it only steered the import. `lost`: it did not come in.
 */
export type Outcome = 'imported' | 'attached' | 'described' | 'lost'

export type ReportEntry = {
  path: string
  outcome: Outcome
  /** What it became, and the same in English: `lesson "Welcome"`. */
  became: ImportName
  as: string
  /** Why, and the same in English; none where it came in as it was. */
  reasons: ImportReason[]
  reason: string | null
  code: FindingCode | null
  /** Learners of the original did not see it. */
  hidden: boolean
}

/** Of how many things of a kind came what. The four outcomes add up to `total`. */
export type Tally = Record<Outcome, number> & { total: number }

export type ImportReport = {
  entries: ReportEntry[]
  /** Everything in the archive: its files, what its manifest names, and the addresses in its texts. */
  tallies: { files: Tally; resources: Tally; items: Tally; references: Tally }
  counts: Record<Outcome, number> & {
    hidden: number
    modules: number
    lessons: number
    quizzes: number
    questions: number
    unsupportedQuestions: number
    files: number
  }
}

export type CartridgeLimits = {
  maxArchiveBytes: number
  maxEntries: number
  /** Unpacked size of one entry. */
  maxEntryBytes: number
  /** Unpacked size of all entries together. */
  maxTotalBytes: number
  maxXmlBytes: number
  maxXmlDepth: number
  maxXmlElements: number
  /** HTML pages larger than this stay files. */
  maxHtmlBytes: number
  /** All XML and HTML read into memory for one course. */
  maxTextBytes: number
  /** Unpacked to packed, looked at only beyond 10 MiB unpacked. */
  maxCompressionRatio: number
}

const MiB = 1024 * 1024

export const DEFAULT_CARTRIDGE_LIMITS: CartridgeLimits = {
  maxArchiveBytes: 1024 * MiB,
  maxEntries: 5_000,
  maxEntryBytes: 256 * MiB,
  maxTotalBytes: 1024 * MiB,
  maxXmlBytes: 16 * MiB,
  maxXmlDepth: 100,
  maxXmlElements: 500_000,
  maxHtmlBytes: 2 * MiB,
  maxTextBytes: 64 * MiB,
  maxCompressionRatio: 200,
}
