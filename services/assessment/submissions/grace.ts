/** An answer that is sent in the last second may arrive a little later on a slow line. */
export const graceSeconds = 15
