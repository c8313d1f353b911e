'use client'
import type { ReactNode } from 'react'
import { DropZone } from 'react-aria-components/DropZone'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { Text } from 'react-aria-components/Text'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

type FileDropProps = {
  /** The invitation, such as 'Drop a file here'. */
  label: string
  browseLabel: string
  description?: ReactNode
  /** Media types or endings such as `.imscc`, as the `accept` of a file input. */
  accept?: string[]
  multiple?: boolean
  isDisabled?: boolean
  onFiles: (files: File[]) => void
}

/** A place to drop files on, with a button to browse for them. */
export function FileDrop({
  label,
  browseLabel,
  description,
  accept,
  multiple,
  isDisabled,
  onFiles,
}: FileDropProps) {
  const dropped = async (items: { kind: string; getFile?: () => Promise<File> }[]) => {
    const files: File[] = []
    for (const item of items) if (item.kind === 'file' && item.getFile) files.push(await item.getFile())
    if (files.length) onFiles(multiple ? files : files.slice(0, 1))
  }
  return (
    <DropZone
      isDisabled={isDisabled}
      onDrop={event => dropped(event.items)}
      className="flex flex-col items-center gap-3 rounded-card border-2 border-dashed border-edge/60 bg-surface px-6 py-10 text-center data-drop-target:border-accent data-drop-target:bg-accent-soft"
    >
      <span className="grid size-12 place-items-center rounded-full bg-accent-soft text-xl text-accent-ink">
        <Icon name="upload" />
      </span>
      <Text slot="label" className="text-lg font-semibold">
        {label}
      </Text>
      {description ? <div className="max-w-md text-sm text-muted">{description}</div> : null}
      <FileTrigger
        acceptedFileTypes={accept}
        allowsMultiple={multiple}
        onSelect={list => list?.length && onFiles([...list])}
      >
        <Button variant="secondary" isDisabled={isDisabled}>
          {browseLabel}
        </Button>
      </FileTrigger>
    </DropZone>
  )
}
