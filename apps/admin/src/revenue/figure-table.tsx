import { Button } from '@azora/ui/button.tsx'
import { type Column, Table } from '@azora/ui/table.tsx'
import { useTranslations } from '../messages.ts'

export type Figure<Row> = Column<Row> & {
  header: string
  /** As it is in a file: amounts as decimals, without a sign of their currency. */
  plain: (row: Row) => string | number
}

type FigureTableProps<Row> = {
  caption: string
  /** What the file is called, without its ending. */
  fileName: string
  columns: Figure<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** What is said where there are no rows. */
  none?: string
}

/** Figures as a table, and as a file of comma-separated values (RFC 4180). */
export function FigureTable<Row>({ caption, fileName, columns, rows, rowKey, none }: FigureTableProps<Row>) {
  const t = useTranslations('revenue')
  const save = () => {
    const lines = [
      columns.map(({ header }) => header),
      ...rows.map(row => columns.map(one => one.plain(row))),
    ]
    const text = lines.map(line => line.map(quoted).join(',')).join('\r\n')
    const url = URL.createObjectURL(new Blob([`\ufeff${text}\r\n`], { type: 'text/csv' }))
    const link = Object.assign(document.createElement('a'), { href: url, download: `${fileName}.csv` })
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <div className="flex flex-col items-start gap-3">
      <div className="w-full">
        <Table
          caption={caption}
          captionHidden
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          empty={<p className="text-muted">{none ?? t('none')}</p>}
        />
      </div>
      {rows.length > 0 ? (
        <Button variant="secondary" size="small" aria-label={t('saveOf', { title: caption })} onPress={save}>
          {t('save')}
        </Button>
      ) : null}
    </div>
  )
}

const quoted = (cell: string | number): string => `"${String(cell).replaceAll('"', '""')}"`
