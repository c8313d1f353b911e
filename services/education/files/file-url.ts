/** The same-origin address of a file. The name is for people and for saving; the id finds it. */
export function fileUrl(fileId: string, name: string): string {
  return `/api/v1/education/files/${fileId}/${encodeURIComponent(name)}`
}
