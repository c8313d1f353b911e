import type { OutputOf } from '../../lib/api.browser.ts'

export type CourseStandards = OutputOf<'assessment.getStandards'>
export type Standard = CourseStandards['standards'][number]
export type Level = CourseStandards['levels'][number]
export type Standing = OutputOf<'assessment.judgeLevel'>

/** Where a learner stands, by standard: someone may have put them into another order since the page was read. */
export type LevelRow = ReadonlyMap<string, Standing>

type Row = OutputOf<'assessment.readStandardLevels'>['items'][number]

export const levelRow = ({ standings }: Row): LevelRow =>
  new Map(standings.map(standing => [standing.standardId, standing]))
