/**
 * The coarse codes of an import's report and of its end, which programs match on. Each is narrowed by reasons
 * (`import-reasons.ts`); reports and failures that were stored before there were any have the code alone.
 */

/** What kind of finding it is. One that came in as it was has none. */
export const findingCodes = [
  'aside',
  'blank_option',
  'conditional_questions',
  'damaged',
  'empty_heading',
  'empty_page',
  'external_tool',
  'for_teachers',
  'form',
  'hidden',
  'hidden_file',
  'hidden_part',
  'housekeeping',
  'limited',
  'mended',
  'missing_file',
  'missing_resource',
  'more',
  'named_twice',
  'partial_points',
  'quiz_text',
  'quiz_without_questions',
  'random_selection',
  'reference',
  'script',
  'second_version',
  'settings',
  'too_large',
  'unreadable',
  'unresolved_reference',
  'unsafe_link',
  'unsupported_question',
  'unused_file',
] as const

export type FindingCode = (typeof findingCodes)[number]

/** Why the file cannot be read, or should not be. A reason says more. */
export const refusedFileCodes = [
  'not_a_zip',
  'truncated',
  'damaged',
  'encrypted',
  'unsafe_path',
  'duplicate_entry',
  'too_large',
  'too_many_entries',
  'suspicious_compression',
  'manifest_missing',
  'malformed_xml',
  'forbidden_doctype',
  'xml_too_deep',
  'unsupported_format',
  'closed',
] as const

export type RefusedFileCode = (typeof refusedFileCodes)[number]

/** How else an import ends without a course. */
export const importEnds = {
  interrupted: 'The import was interrupted and did not finish. Nothing was imported. Import the file again.',
  cancelled: 'The import was cancelled. Nothing was imported.',
  unreadable:
    'We cannot read how this file is built. Nothing was imported. Export the course again as Common Cartridge. If that does not help, send the file to your administrator.',
  storage_quota_reached: 'There is not enough storage left for this. Nothing was saved.',
  storage_full: 'There is no space left for this course. Nothing was imported. Tell an administrator.',
  not_storable:
    'Something in this course cannot be stored. Nothing was imported. Send the file to your administrator.',
  unavailable:
    'A part of this system was not available, so the import did not finish. Nothing was imported. Import the file again later.',
} as const

export type ImportFailureCode = RefusedFileCode | keyof typeof importEnds

export const importFailureCodes = [
  ...refusedFileCodes,
  ...Object.keys(importEnds),
] as readonly ImportFailureCode[]
