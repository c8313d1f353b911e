/** Where the frame stands in which programs run on a device; `apps/web/programs/protocol.ts` names it for pages. */
export const programsAddress = '/programs'
