/** Stands for a star among those that stand for anything, as no text holds it: it is no character. */
export const literalStar = '\uFDD0'
