import { CodeText } from './code-text.tsx'
import { fileLanguage } from './file-language.ts'

type CodeListingProps = {
  /** Begins the ids of what names the files. */
  id: string
  files: { path: string; content: string }[]
}

/** Files of a program to read, one below the other, each with its path. */
export function CodeListing({ id, files }: CodeListingProps) {
  return files.map(({ path, content }, at) => (
    <div key={path} className="flex min-w-0 flex-col gap-1.5">
      <p id={`${id}-${at}`} className="font-mono text-sm font-semibold break-all">
        {path}
      </p>
      <CodeText text={content} language={fileLanguage(path)} labelledBy={`${id}-${at}`} />
    </div>
  ))
}
