import type { GivenMark, Place } from './given-marks.store.ts'
import type { MarkedAnswer, MarkingSettings } from './marking.store.ts'

/** What there is to do for one person at an answer that more than one person marks. */
export type Task = {
  place: Place
  /** As it is for this person: `marked` where nothing is left for them to do. */
  state: MarkedAnswer['state']
  /** The mark that they see as theirs to give or to change. */
  mark: GivenMark | null
  markedBy: string | null
  revision: number
  mayMark: boolean
  /** The marks of the answer that they may see. */
  seen: GivenMark[]
}

const isDone = (mark: GivenMark | undefined) => mark?.state === 'marked'
const bothIn = (marks: GivenMark[]) =>
  isDone(marks.find(({ place }) => place === 'first')) &&
  isDone(marks.find(({ place }) => place === 'second'))

/**
 * Whose turn it is (decision 0054). Two markers see nothing of each other's mark until both are in; from then on their
 * marks stay as they are. Who decides gave neither, unless the quiz says that it has no third person. Null where one
 * person marks the answer alone.
 * @param marks those of the answer that are not superseded
 */
export function taskOf(
  answer: Pick<MarkedAnswer, 'state' | 'toDecide' | 'markedBy'>,
  marks: GivenMark[],
  { markers, markersDecide }: Pick<MarkingSettings, 'markers' | 'markersDecide'>,
  userId: string,
): Task | null {
  const at = (place: Place) => marks.find(mark => mark.place === place)
  const [first, second, decision] = [at('first'), at('second'), at('decision')]
  if (markers === 'one' && !answer.toDecide && !bothIn(marks)) return null
  if (answer.toDecide || bothIn(marks) || answer.state === 'marked') {
    const before = [first, second].flatMap(mark => (mark && isDone(mark) ? [mark] : []))
    const gave = before.some(({ markedBy }) => markedBy === userId)
    const alone = before.length === 0 && answer.markedBy === userId
    const mayMark = markersDecide || !(gave || alone)
    const state = mayMark && answer.state !== 'marked' ? (decision?.state ?? 'waiting') : 'marked'
    const revision = marks.reduce((sum, mark) => sum + mark.revision, 0)
    const seen = [...before, ...(decision && isDone(decision) ? [decision] : [])]
    const mark = (mayMark || isDone(decision) ? decision : null) ?? null
    return { place: 'decision', state, mark, markedBy: mark?.markedBy ?? null, revision, mayMark, seen }
  }
  const open = (place: 'first' | 'second', mark?: GivenMark): Task => ({
    place,
    state: mark?.state ?? 'waiting',
    mark: mark ?? null,
    markedBy: mark?.markedBy ?? null,
    revision: mark?.revision ?? 0,
    mayMark: true,
    seen: [],
  })
  if (markers === 'moderated' || !first) {
    const own = markers === 'two' && second?.markedBy === userId ? second : null
    return own ? open('second', own) : open('first', first)
  }
  if (first.markedBy === userId) return open('first', first)
  if (!second || second.markedBy === userId) return open('second', second)
  // Both are taken, and one of them is a draft. A third person may take that over, and begins anew.
  const draft = isDone(first) ? second : first
  return { ...open(draft.place === 'first' ? 'first' : 'second', draft), mark: null }
}

/** The mark that the desk begins with. A moderator begins with the mark that was given, or, between two, with none. */
export function markOf(
  answer: MarkedAnswer,
  task: Task | null,
  { markers }: Pick<MarkingSettings, 'markers'>,
): Pick<GivenMark, 'levels' | 'points' | 'comment' | 'annotations' | 'reason'> {
  if (!task) return { ...answer, reason: '' }
  if (task.mark) return task.mark
  const [only, ...others] = task.seen
  if (only && others.length === 0 && (markers === 'moderated' || answer.state === 'marked')) {
    return { ...only, reason: '' }
  }
  return { levels: {}, points: null, comment: '', annotations: [], reason: '' }
}
