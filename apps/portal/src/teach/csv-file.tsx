import { FileDrop } from '@azora/ui/file-drop.tsx'
import { Notice } from '@azora/ui/notice.tsx'

type CsvDropProps = {
  t: (key: 'drop' | 'browse' | 'accept') => string
  isDisabled: boolean
  onFile: (file: File) => void
}

/** Asks for a CSV file. */
export function CsvDrop({ t, isDisabled, onFile }: CsvDropProps) {
  return (
    <FileDrop
      label={t('drop')}
      browseLabel={t('browse')}
      description={t('accept')}
      accept={['.csv', 'text/csv']}
      isDisabled={isDisabled}
      onFiles={([file]) => file && onFile(file)}
    />
  )
}

// Enough to see what is wrong with a file.
const mostProblems = 50

/** What of a file is not used, and why. */
export function FileProblems({ title, problems }: { title: string; problems: readonly string[] }) {
  if (problems.length === 0) return null
  return (
    <Notice tone="warning" live title={title}>
      <ul className="max-h-40 overflow-y-auto">
        {problems.slice(0, mostProblems).map(problem => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </Notice>
  )
}

/** The cells of a file, line by line; null where it is no CSV. What reads it is loaded with the first file. */
export async function linesOfFile(file: File): Promise<string[][] | null> {
  const [{ linesOf }, text] = await Promise.all([import('./lines-of.ts'), file.text()])
  return linesOf(text)
}
