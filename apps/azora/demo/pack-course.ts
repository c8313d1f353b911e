import { createWriteStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import yazl from 'yazl'
import { z } from 'zod'

const coursesDir = new URL('./courses/', import.meta.url).pathname

const about = z.object({
  slug: z.string(),
  category: z.string(),
  level: z.enum(['beginner', 'intermediate', 'advanced']),
  summary: z.string().max(300),
  cover: z.string(),
  instructor: z.string(),
})

export type DemoCourse = z.infer<typeof about> & { folder: string }

/** The project's own courses, as they lie unpacked in the repository. */
export async function demoCourses(): Promise<DemoCourse[]> {
  const root = decodeURIComponent(coursesDir)
  const entries = await readdir(root, { withFileTypes: true })
  const folders = entries.filter(entry => entry.isDirectory()).map(entry => join(root, entry.name))
  return Promise.all(
    folders.sort().map(async folder => ({
      ...about.parse(JSON.parse(await readFile(join(folder, 'course.json'), 'utf8'))),
      folder,
    })),
  )
}

/** Zip an unpacked course into a Common Cartridge file. JSON is ours and not in it: `course.json`, own-quizzes.ts. */
export async function packCourse(folder: string, target: string): Promise<void> {
  const zip = new yazl.ZipFile()
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith('.json')) continue
    const path = join(entry.parentPath, entry.name)
    zip.addFile(path, relative(folder, path).split('\\').join('/'))
  }
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(target))
}
