import { uploadRead } from '@azora/contracts/assessment/uploaded-file.ts'

export type Kind = 'document' | 'photo' | 'audio'

const endings: Record<Kind, string> = {
  document: '.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt',
  photo: 'image/jpeg,image/png,image/webp',
  audio: 'audio/*,.m4a,.mp3,.ogg,.wav,.webm,.aac',
}

/** What a file chooser offers for the kinds that a question takes. */
export const accepted = (kinds: readonly Kind[]) => kinds.map(kind => endings[kind]).join(',')

/** The files that an answer holds. */
export const filesIn = (answer: readonly string[]) => answer.flatMap(text => uploadRead(text) ?? [])

/** Seconds that fit into so many bytes, at what a recording of speech takes with room to spare; half an hour at most. */
export const longestRecording = (mostBytes: number) => Math.min(1800, Math.floor(mostBytes / 9_000))
