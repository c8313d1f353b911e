import { call, upload } from '../../../lib/api.browser.ts'
import { isPassing } from '../../../offline/passing.ts'
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
  /** The device has it, also once the page is closed. */
  kept: boolean
}

export type FileQueue = ReturnType<typeof createQueue>

const retryMs = [2_000, 5_000, 15_000, 30_000]

/**
 * The files of an attempt that the server does not have yet. Each is kept on the device first and sent from there, one
 * after the other and by one tab at a time. One that the server refuses stays there, to be tried again or removed.
 * @param onAnswer told of all files that the server has of a question
 */
export function createQueue(submissionId: string, onAnswer: (questionId: string, answer: string[]) => void) {
  let files: readonly QueuedFile[] = []
  /** Where the device keeps nothing, for as long as the page is open. */
  const contents = new Map<string, Blob>()
  const listeners = new Set<() => void>()
  const tabs =
    typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`azora-files-${submissionId}`)
  /** The file that is being sent, and how to break it off. */
  let sending: { id: string; stop: AbortController } | null = null
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
    const rest = files.filter(file => file.state !== 'waiting' || there.has(file.id) || !file.kept)
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
        kept: true,
      })),
    ])
  }
  async function sendOne(file: QueuedFile): Promise<boolean> {
    const content = contents.get(file.id)
    if (!content) {
      drop(file.id)
      return true
    }
    const stop = new AbortController()
    sending = { id: file.id, stop }
    patch(file.id, { state: 'sending', part: 0 })
    try {
      const { id: uploadId, questionId, name } = file
      const { answer } = await upload(
        'assessment.addUpload',
        { submissionId, questionId, uploadId, name },
        new File([content], name, { type: content.type }),
        part => patch(uploadId, { part }),
        stop.signal,
      )
      // Removed meanwhile: `cancel` tells the server.
      if (stop.signal.aborted) return true
      await forgetFile(uploadId).catch(() => undefined)
      drop(uploadId)
      onAnswer(questionId, answer)
      tabs?.postMessage({ questionId, answer })
      failed = 0
      return true
    } catch (failure) {
      if (stop.signal.aborted) return true
      if (isPassing(failure)) {
        patch(file.id, { state: 'waiting', part: 0 })
        return false
      }
      patch(file.id, { state: 'refused', fault: failure })
      return true
    } finally {
      sending = null
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
  /** What the device does not have would go with the page: the browser asks first. */
  const leaving = (event: BeforeUnloadEvent) => {
    if (files.some(({ kept }) => !kept)) event.preventDefault()
  }
  addEventListener('beforeunload', leaving)
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
      const stored = { id, submissionId, questionId, name: content.name, content, addedAt: Date.now() }
      const kept = await keepFile(stored).then(
        () => true,
        (failure: unknown) => {
          console.warn('This device keeps no files; it is sent from this page alone.', failure)
          return false
        },
      )
      set([...files, { ...file, part: 0, state: 'waiting', fault: null, kept }])
      tabs?.postMessage({})
      void send()
    },
    /** Gives up a file that has not arrived. */
    async cancel(id: string): Promise<void> {
      const file = files.find(one => one.id === id)
      if (sending?.id === id) sending.stop.abort()
      await forgetFile(id).catch(() => undefined)
      drop(id)
      tabs?.postMessage({})
      if (file?.state !== 'sending') return
      // It may have arrived all the same, its answer lost on the way.
      const { questionId } = file
      try {
        const { answer } = await call('assessment.removeUpload', { submissionId, questionId, uploadId: id })
        onAnswer(questionId, answer)
        tabs?.postMessage({ questionId, answer })
      } catch (failure) {
        console.warn('A file that was removed may have arrived.', failure)
      }
    },
    /** Sends a refused file once more. */
    again(id: string): void {
      patch(id, { state: 'waiting', part: 0, fault: null })
      void send()
    },
    told(questionId: string, answer: string[]) {
      tabs?.postMessage({ questionId, answer })
    },
    end() {
      ended = true
      clearTimeout(timer)
      removeEventListener('online', online)
      removeEventListener('beforeunload', leaving)
      tabs?.close()
    },
  }
}
