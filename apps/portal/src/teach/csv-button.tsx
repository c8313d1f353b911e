'use client'
import { csvLine } from '@azora/contracts/csv.ts'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useAction } from './use-action.ts'

type CsvButtonProps = {
  fileName: string
  label: string
  /** Shown instead while the lines are fetched. */
  pendingLabel?: string
  /** The lines of the file, the names of the columns first. */
  lines: () => Promise<Parameters<typeof csvLine>[0][]>
}

/** Fetches lines and hands them over as a CSV file. */
export function CsvButton({ fileName, label, pendingLabel = label, lines }: CsvButtonProps) {
  const { run, pending, fault } = useAction()
  const download = () =>
    run(async () => {
      const csv = (await lines()).map(csvLine).join('')
      // The byte order mark tells spreadsheets that it is UTF-8.
      const url = URL.createObjectURL(new Blob(['\ufeff', csv], { type: 'text/csv;charset=utf-8' }))
      const link = Object.assign(document.createElement('a'), { href: url, download: `${fileName}.csv` })
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    })
  return (
    <div className="flex flex-col items-start gap-1">
      <Button variant="secondary" onPress={download} isPending={pending}>
        <Icon name="download" />
        {pending ? pendingLabel : label}
      </Button>
      {fault ? (
        <p role="alert" className="text-sm text-bad">
          {fault}
        </p>
      ) : null}
    </div>
  )
}
