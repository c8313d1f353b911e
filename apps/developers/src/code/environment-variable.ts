/** How Node reads a variable, for examples. In two parts, or it would be taken for our own code reading one. */
export const environmentVariable = (name: string) => `process${'.env'}.${name}`
