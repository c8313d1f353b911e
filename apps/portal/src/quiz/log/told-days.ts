import type { QuizOverview } from '../use-overview.ts'

/** For how many days the page before an attempt says that its log is kept; null where it tells of none. */
export const toldDays = ({ integrityLog, integrityLogDays, kind, practice }: QuizOverview): number | null =>
  integrityLog && kind !== 'survey' && !practice ? integrityLogDays : null
