import { ApiError, ConnectionLost, upload } from '../../../lib/api.browser.ts'
import { forgetFile, keepFile, waitingFiles } from '../../../offline/waiting-files.ts'

/** A file on its way to the server. */
export type QueuedFile = {
  id: string
  questionId: string
  name: string
  size: number
  /** How much of it has gone, from 0 to 1. */
  part: number
  state: 'waiting' | 'sending' | 'refused'
  /** Why the server does not take it. */
  fault: unknown
}

export type FileQueue = ReturnType<typeof createQueue>

const retryMs = [2_000, 5_000, 15_000, 30_000]

/** What may go better the next time: the line, a server that starts, too many at once, a try that another replaced. */
const isPassing = (failure: unknown) =>
  failure instanceof ConnectionLost ||
  (failure instanceof ApiError &&
    (failure.status === 429 ||
      failure.status >= 500 ||
      failure.status === 408 ||
      (failure.code as string) === 'upload_interrupted'))

/**
 * The files of an attempt that the server does not have yet. Each is kept on the device first and sent from there, one
 * after the other and by one tab at a time, until the server has it or refuses it.
 * @param onAnswer told of all files that the server has of a question
 */
export function createQueue(submissionId: string, onAnswer: (questionId: string, answer: string[]) => void) {
  let files: readonly QueuedFile[] = []
  /** Where the device keeps nothing, for as long as the page is open. */
  const contents = new Map<string, Blob>()
  const listeners = new Set<() => void>()
  const tabs =
    typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`azora-files-${submissionId}`)
  let timer: ReturnType<typeof setTimeout> | undefined
  let failed = 0
  let running = false
  let ended = false

  const set = (next: readonly QueuedFile[]) => {
    files = next
    for (const listener of listeners) listener()
  }
  const patch = (id: string, part: Partial<QueuedFile>) =>
    set(files.map(file => (file.id === id ? { ...file, ...part } : file)))
  const drop = (id: string) => {
    contents.delete(id)
    set(files.filter(file => file.id !== id))
  }

  /** Takes over what another tab, or an earlier visit, has left on the device. */
  async function read(): Promise<void> {
    const kept = await waitingFiles(submissionId).catch(() => [])
    const known = new Set(files.map(({ id }) => id))
    for (const { id, content } of kept) contents.set(id, content)
    const there = new Set(kept.map(({ id }) => id))
    const rest = files.filter(file => file.state !== 'waiting' || there.has(file.id) || unkept.has(file.id))
    const more = kept.filter(({ id }) => !known.has(id))
    set([
      ...rest,
      ...more.map(({ id, questionId, name, content }) => ({
        id,
        questionId,
        name,
        size: content.size,
        part: 0,
        state: 'waiting' as const,
        fault: null,
      })),
    ])
  }
  const unkept = new Set<string>()

  async function sendOne(file: QueuedFile): Promise<boolean> {
    const content = contents.get(file.id)
    if (!content) {
      drop(file.id)
      return true
    }
    patch(file.id, { state: 'sending', part: 0 })
    try {
      const { id: uploadId, questionId, name } = file
      const { answer } = await upload(
        'assessment.addUpload',
        { submissionId, questionId, uploadId, name },
        new File([content], name, { type: content.type }),
        part => patch(uploadId, { part }),
      )
      await forgetFile(uploadId).catch(() => undefined)
      drop(uploadId)
      onAnswer(questionId, answer)
      tabs?.postMessage({ questionId, answer })
      failed = 0
      return true
    } catch (failure) {
      if (isPassing(failure)) {
        patch(file.id, { state: 'waiting', part: 0 })
        return false
      }
      await forgetFile(file.id).catch(() => undefined)
      patch(file.id, { state: 'refused', fault: failure })
      return true
    }
  }

  async function sendAll(): Promise<void> {
    await read()
    for (;;) {
      const next = files.find(({ state }) => state === 'waiting')
      if (!next || ended) return
      if (await sendOne(next)) continue
      const waitMs = retryMs[Math.min(failed++, retryMs.length - 1)]
      timer = setTimeout(() => void send(), waitMs)
      return
    }
  }

  /** Sends what waits. */
  async function send(): Promise<void> {
    if (running || ended) return
    running = true
    clearTimeout(timer)
    try {
      if (navigator.locks) await navigator.locks.request(`azora-files-${submissionId}`, sendAll)
      else await sendAll()
    } finally {
      running = false
    }
  }

  const online = () => void send()
  addEventListener('online', online)
  if (tabs)
    tabs.onmessage = ({ data }) => {
      if (data?.answer) onAnswer(data.questionId, data.answer)
      void read()
    }
  void send()

  return {
    files: () => files,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async add(questionId: string, content: File): Promise<void> {
      const id = crypto.randomUUID()
      const file = { id, questionId, name: content.name, size: content.size }
      contents.set(id, content)
      await keepFile({
        id,
        submissionId,
        questionId,
        name: content.name,
        content,
        addedAt: Date.now(),
      }).catch((failure: unknown) => {
        console.warn('This device keeps no files; it is sent from this page alone.', failure)
        unkept.add(id)
      })
      set([...files, { ...file, part: 0, state: 'waiting', fault: null }])
      tabs?.postMessage({})
      void send()
    },
    /** Gives up a file that has not arrived. */
    async cancel(id: string): Promise<void> {
      await forgetFile(id).catch(() => undefined)
      drop(id)
      tabs?.postMessage({})
    },
    told(questionId: string, answer: string[]) {
      tabs?.postMessage({ questionId, answer })
    },
    end() {
      ended = true
      clearTimeout(timer)
      removeEventListener('online', online)
      tabs?.close()
    },
  }
}
