/** Keeps a person's choice of light or dark; the server reads it, so that the page never flashes. */
export const themeCookie = 'azora_theme'
