export { format, inspect } from 'node-inspect-extracted'
