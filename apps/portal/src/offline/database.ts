import { databaseName } from '@azora/web/offline/caches.ts'
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
import type { InputOf } from '../lib/api.browser.ts'

export type Progress = InputOf<'education.saveProgress'>
/** Something for the log of an attempt. */
export type Note = InputOf<'assessment.noteActivity'>['entries'][number]

/** Something to send. */
export type Thing =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'answer'; submissionId: string; questionId: string; chosen: string[] }
  | { kind: 'flag'; submissionId: string; questionId: string; flagged: boolean }
  | { kind: 'confidence'; submissionId: string; questionId: string; level: number }
  /** `timeUp`: by the device, whose clock says so, and not by the learner. */
  | { kind: 'submit'; submissionId: string; timeUp?: boolean }
  | { kind: 'note'; submissionId: string; note: Note }

/** The page on which it was done, for telling a person of it later on another. */
export type Place = { title: string; path: string }

/**
 * A thing in the outbox. `sent` is an answer, or what is said about one, that the server has and an open attempt still shows without a
 * connection; `refused` is what the server will never take, with its words, until a person has seen them.
 */
export type Row = Thing & {
  /** Counts up. A row that is replaced gets another, so that no answer to the old one settles the new one. */
  id: number
  /** One row for each: the later one replaces the earlier. */
  key: string
  /** The lesson or the attempt. */
  subject: string
  state: 'waiting' | 'sent' | 'refused'
  /** When it was put here, by this device's clock in milliseconds. */
  at?: number
  /** When the server had it, by the server's clock. */
  savedAt?: string
  code?: string
  reason?: string
  place?: Place
}

/** A file of an answer that the server does not have yet. Its id is that under which it is sent, however often. */
export type WaitingFile = {
  id: string
  submissionId: string
  questionId: string
  name: string
  content: Blob
  /** Counts up, so that files go in the order in which they were added. */
  addedAt: number
}

export interface Outbox extends DBSchema {
  files: { key: string; value: WaitingFile; indexes: { submissionId: string } }
  outbox: { key: number; value: Row; indexes: { key: string; subject: string } }
}

/** What version 1 kept of an open attempt, under its id. */
type FormerAnswers = {
  answers: Record<string, string[]>
  seen: Record<string, string[]>
  handIn: boolean
}

/** Whether something is part of an open attempt: an answer, or what is said about one. */
export const isOfAttempt = <T extends Thing>(
  thing: T,
): thing is Exclude<T, { kind: 'progress' | 'submit' | 'note' }> =>
  thing.kind !== 'progress' && thing.kind !== 'submit' && thing.kind !== 'note'

const subjectOf = (thing: Thing) => (thing.kind === 'progress' ? thing.progress.lessonId : thing.submissionId)

export const submitKey = (submissionId: string) => `submit:${submissionId}`
export const progressKey = (lessonId: string) => `progress:${lessonId}`

function keyOf(thing: Thing): string {
  if (thing.kind === 'progress') return progressKey(thing.progress.lessonId)
  if (thing.kind === 'submit') return submitKey(thing.submissionId)
  if (thing.kind === 'note') return `note:${thing.submissionId}:${thing.note.id}`
  return `${thing.kind}:${thing.submissionId}:${thing.questionId}`
}

/** A new row. Its id comes from the database. */
export function rowOf(thing: Thing, state: Row['state'], place?: Place): Row {
  return { ...thing, key: keyOf(thing), subject: subjectOf(thing), state, ...(place && { place }) } as Row
}

/** Opens the database of what waits on this device. Throws a DOMException where the device keeps nothing. */
export function openDatabase(): Promise<IDBPDatabase<Outbox>> {
  return openDB<Outbox>(databaseName, 3, {
    async upgrade(database, before, _after, transaction) {
      const files = database.createObjectStore('files', { keyPath: 'id' })
      files.createIndex('submissionId', 'submissionId')
      if (before === 2) return
      const store = database.createObjectStore('outbox', { keyPath: 'id', autoIncrement: true })
      store.createIndex('key', 'key', { unique: true })
      store.createIndex('subject', 'subject')
      if (before === 1) await moveFormer(database, transaction)
    },
    // Another tab signs out and deletes the database: let go of it, or the deletion waits for this page.
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
  })
}

/** Version 1 had a store for the progress of lessons and one for whole attempts. */
async function moveFormer(
  database: IDBPDatabase<Outbox>,
  transaction: IDBPTransaction<Outbox, ArrayLike<'outbox' | 'files'>, 'versionchange'>,
): Promise<void> {
  const former = transaction as unknown as IDBPTransaction<unknown, string[], 'versionchange'>
  const outbox = transaction.objectStore('outbox')
  for (const progress of (await former.objectStore('progress').getAll()) as Progress[])
    await outbox.add(rowOf({ kind: 'progress', progress }, 'waiting'))
  const answers = former.objectStore('answers')
  for (const submissionId of (await answers.getAllKeys()) as string[]) {
    const kept = (await answers.get(submissionId)) as FormerAnswers
    for (const [questionId, chosen] of Object.entries({ ...kept.seen, ...kept.answers })) {
      const state = questionId in kept.answers ? 'waiting' : 'sent'
      await outbox.add(rowOf({ kind: 'answer', submissionId, questionId, chosen }, state))
    }
    if (kept.handIn) await outbox.add(rowOf({ kind: 'submit', submissionId }, 'waiting'))
  }
  for (const name of ['progress', 'answers'])
    (database as unknown as IDBPDatabase<unknown>).deleteObjectStore(name)
}
