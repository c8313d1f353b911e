import type { Answers, Submission } from '../offline/answers.ts'
import type { Graded } from './graded-question.tsx'
import type { TakeHint } from './use-hints.ts'

/**
 * `kept`: on this device, waiting for the line. `gathered`: on this device, to be sent with what is answered next. `waiting`: submitted, but the server does not have it yet. `unkept`:
 * nothing of it is saved anywhere, as in a teacher's preview.
 */
export type SaveState = 'saved' | 'saving' | 'gathered' | 'kept' | 'handing' | 'waiting' | 'unkept'

/** What the page shows: the server may not have it yet. */
export type Seen = { answers: Answers; confidence: Record<string, number> }

export type Answering = {
  answers: Answers
  state: SaveState
  fault: string | null
  choose: (questionId: string, chosen: string[]) => void
  /** `timeUp`: not by the learner. Where the server's clock does not agree, the attempt goes on. */
  submit: (why?: { timeUp?: boolean }) => Promise<void>
  /** The answers that the server does not have yet, by what they answer. */
  unsent?: ReadonlySet<string>
  /** The questions that are flagged, and how to flag one. Absent where that is not kept. */
  flagged?: ReadonlySet<string>
  flag?: (questionId: string, flagged: boolean) => void
  /** How an answer to a question is marked, in a quiz for practice. */
  check?: ((question: Submission['questions'][number]) => Promise<Graded>) | undefined
  takeHint?: TakeHint
  /** How sure the learner is of answers, by question, and how to say so. */
  confidence?: Readonly<Record<string, number>>
  rate?: (questionId: string, level: number) => void
  /** Leaves the question that is asked for good. */
  leave?: () => Promise<void>
  /** Takes a break that stops the clock. */
  rest?: () => Promise<void>
  /** Leaves the section that is asked: by its learner, or because its time is over, which answers whether the server was heard. */
  section?: { goOn: () => Promise<void>; takeEnd: () => Promise<boolean> }
}
