/** Whether the text of a lesson holds what its video lesson promises: a film, or a page of another site. */
export const showsVideo = (html: string): boolean =>
  /<(video|audio|iframe|object)\b|class="embed"|data-embed/.test(html)
