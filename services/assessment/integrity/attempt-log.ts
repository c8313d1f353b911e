import { limits } from '@azora/contracts/limits.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { AskedQuestions } from '../submissions/asked-questions.ts'
import { selectVisible } from '../submissions/attempt.ts'
import { breaksTaken } from '../submissions/breaks.ts'
import type { Submission } from '../submissions/submissions.store.ts'
import { type Entry, selectEntries } from './integrity.store.ts'

type Kind =
  | 'begun'
  | 'device'
  | 'left'
  | 'returned'
  | 'pasted'
  | 'line_down'
  | 'saved_late'
  | 'break_began'
  | 'break_ended'
  | 'submitted'
  | 'ended'

const blank = {
  deviceAt: null,
  seconds: null,
  question: null,
  characters: null,
  answers: null,
  device: null,
  session: null,
}

/** What the attempt itself tells of its course. */
function milestones(attempt: Submission) {
  const { submittedAt, startedAt, expiresAt, now } = attempt
  const moments: [Kind, string][] = [['begun', startedAt]]
  for (const { from, to } of breaksTaken(attempt)) {
    moments.push(['break_began', from])
    if (Date.parse(to) <= Date.parse(now)) moments.push(['break_ended', to])
  }
  // From the end of its time on it is the page or the service that hands it in, and no one presses a button.
  const ended = expiresAt !== null && submittedAt !== null && Date.parse(submittedAt) >= Date.parse(expiresAt)
  if (submittedAt) moments.push([ended ? 'ended' : 'submitted', submittedAt])
  return moments.map(([kind, at]) => ({ ...blank, kind, at }))
}

function told({ kind, details, deviceAt, notedAt }: Entry, attempt: Submission, sessions: string[]) {
  const { questionId, session } = details
  const place = questionId ? attempt.questionIds.indexOf(questionId) : -1
  if (session && !sessions.includes(session)) sessions.push(session)
  return {
    kind: kind as Kind,
    at: notedAt,
    deviceAt,
    seconds: details.seconds ?? null,
    question: place < 0 ? null : place + 1,
    characters: details.characters ?? null,
    answers: details.answers ?? null,
    device: details.device ?? null,
    session: session ? sessions.indexOf(session) + 1 : null,
  }
}

/** What came with the end of an attempt was noted at its moment, and stands before it. */
const isEnd = ({ kind }: { kind: Kind }) => kind === 'submitted' || kind === 'ended'

/**
 * The log of an attempt, in the order of the service's clock: for its learner, and for who may mark it. Of which sign-in
 * something came is told by a number alone.
 * @throws AppError `not_found`, `marked_without_names`.
 */
export async function getAttemptLog(
  tools: Pick<ServiceKit, 'db'> & { questionsOf: AskedQuestions },
  by: AskingCaller,
  submissionId: string,
) {
  const { attempt } = await selectVisible(tools, by, submissionId)
  const { logDays } = attempt
  if (logDays === null) return { kept: false, days: null, full: false, entries: [] }
  const sessions: string[] = []
  const stored = await selectEntries(tools.db.in(by.actor.organizationId), submissionId)
  const entries = [...milestones(attempt), ...stored.map(entry => told(entry, attempt, sessions))]
  return {
    kept: true,
    days: logDays,
    full: stored.length >= limits.deviceEntriesOfLog,
    entries: entries.sort(
      (one, other) => Date.parse(one.at) - Date.parse(other.at) || Number(isEnd(one)) - Number(isEnd(other)),
    ),
  }
}
