import type { OutputOf } from '../../lib/api.browser.ts'

export type CourseStandards = OutputOf<'assessment.getStandards'>
export type Standard = CourseStandards['standards'][number]
export type Level = CourseStandards['levels'][number]
export type LevelRow = OutputOf<'assessment.readStandardLevels'>['items'][number]
export type Standing = LevelRow['standings'][number]
