/** What the interpreter gives to the script that plays Node. */
export type Host = {
  write(to: 1 | 2, text: string): void
  exit(code: number): never
  needs(name: string): never
  /** Of the bundle that writes values as Node does, which takes a moment to read. */
  inspector(): { inspect: (value: unknown) => string; format: (...values: unknown[]) => string }
  stdin: string
  arguments: string[]
  files: Record<string, string>
}
