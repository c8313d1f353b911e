import { defaultSettings } from './quiz-settings.ts'
import type { QuizSettings } from './quizzes.store.ts'

/** Settings of a quiz for tests that are about something else. */
export const plainSettings: QuizSettings = {
  ...defaultSettings,
  title: 'Rivers',
  description: '',
  passingScore: 60,
  timeLimitMinutes: null,
  maxAttempts: null,
  shuffle: false,
}
