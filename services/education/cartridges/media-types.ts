/** Media types by file extension: cartridges do not state them, and contents are not sniffed. */
const types: Record<string, string> = {
  avif: 'image/avif', bmp: 'image/bmp', csv: 'text/csv', css: 'text/css', doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', epub: 'application/epub+zip',
  gif: 'image/gif', htm: 'text/html', html: 'text/html', jpeg: 'image/jpeg', jpg: 'image/jpeg',
  js: 'text/javascript', json: 'application/json', m4a: 'audio/mp4', m4v: 'video/mp4', md: 'text/markdown',
  mov: 'video/quicktime', mp3: 'audio/mpeg', mp4: 'video/mp4', odp: 'application/vnd.oasis.opendocument.presentation',
  ods: 'application/vnd.oasis.opendocument.spreadsheet', odt: 'application/vnd.oasis.opendocument.text',
  oga: 'audio/ogg', ogg: 'audio/ogg', ogv: 'video/ogg', pdf: 'application/pdf', png: 'image/png',
  ppt: 'application/vnd.ms-powerpoint', py: 'text/x-python', qti: 'application/xml', rtf: 'application/rtf',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', srt: 'application/x-subrip',
  svg: 'image/svg+xml', tex: 'application/x-tex', txt: 'text/plain', vtt: 'text/vtt', wav: 'audio/wav',
  weba: 'audio/webm', webm: 'video/webm', webp: 'image/webp', xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', xml: 'application/xml',
  zip: 'application/zip',
} // biome-ignore format: a table reads better in rows

export function mediaTypeOf(path: string): string {
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(types, extension) ? types[extension]! : 'application/octet-stream'
}

export function isHtml(path: string): boolean {
  return /\.x?html?$/i.test(path)
}
