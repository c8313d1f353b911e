import type { Signals } from '@azora/kit/signals.ts'

/** The topic of the news of one import (`kit/signals.ts`). */
export const topicOfImport = (importId: string) => `education.import.${importId}`

/** Tell those who follow an import that it has moved on. */
export function importMoved(signals: Signals, importId: string): void {
  signals.send(topicOfImport(importId))
}
