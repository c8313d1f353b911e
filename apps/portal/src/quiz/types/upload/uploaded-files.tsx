'use client'
import { type UploadedFile, uploadAddress } from '@azora/contracts/assessment/uploaded-file.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { sizeText } from '@azora/web/size.ts'
import type { ReactNode } from 'react'
import { useLocale } from '../../../i18n/client.tsx'
import { useLessData } from '../../../less-data/less-data.tsx'

const isPhoto = ({ mediaType }: UploadedFile) => mediaType.startsWith('image/')
const isAudio = ({ mediaType }: UploadedFile) => mediaType.startsWith('audio/')

/** A file that arrived, with a small picture of it where it is one, and a player where it is a recording. */
export function FileRow({ file, children }: { file: UploadedFile; children?: ReactNode }) {
  const locale = useLocale()
  const address = uploadAddress(file)
  const less = useLessData()
  return (
    <li className="flex flex-col gap-2 rounded-control border border-line bg-surface px-4 py-3">
      <div className="flex items-center gap-3">
        {isPhoto(file) && !less ? (
          <img
            src={address}
            alt=""
            loading="lazy"
            className="size-12 shrink-0 rounded-control border border-line object-cover"
          />
        ) : (
          <Icon name="file" className="shrink-0 text-accent" />
        )}
        <a
          href={address}
          target="_blank"
          rel="noreferrer"
          className="min-w-0 flex-1 break-words underline underline-offset-4"
        >
          {file.name}
        </a>
        <span className="text-sm whitespace-nowrap text-muted">{sizeText(locale, file.size)}</span>
        {children}
      </div>
      {isAudio(file) ? <Player file={file} /> : null}
    </li>
  )
}

/** The browser's own player, which has the speed among its controls where it has no others. */
function Player({ file }: { file: Pick<UploadedFile, 'id' | 'name'> }) {
  const preload = useLessData() ? 'none' : 'metadata'
  return (
    // biome-ignore lint/a11y/useMediaCaption: nobody wrote down what a learner said
    <audio controls preload={preload} src={uploadAddress(file)} aria-label={file.name} className="w-full" />
  )
}

/** The files of an answer, to look at. */
export function UploadedFiles({ files }: { files: UploadedFile[] }) {
  return (
    <ul className="flex flex-col gap-2">
      {files.map(file => (
        <FileRow key={file.id} file={file} />
      ))}
    </ul>
  )
}
