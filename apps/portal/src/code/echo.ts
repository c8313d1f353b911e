/**
 * Texts that an editor told its page, and that the page has not shown yet. A page shows what it was told a moment later,
 * when more is written already: that must not take the newer text away. What the editor did not tell, such as the text of
 * another device, is another's and is taken over.
 */
export function createEcho() {
  let waiting: string[] = []
  return {
    told(text: string): void {
      waiting.push(text)
    },
    /** Whether a text that the page shows now was told by the editor. */
    isOwn(text: string): boolean {
      const at = waiting.lastIndexOf(text)
      if (at >= 0) waiting = waiting.slice(at + 1)
      return at >= 0
    },
  }
}
