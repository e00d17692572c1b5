import { registerHooks } from 'node:module'

// Loaded before everything else (bin/setup/program.mjs). For each file of a package Node reads again, and parses anew, what
// the package exports. drizzle-orm exports a thousand names for its hundred files: that took seconds of every start and left
// 200 MB of rubbish behind. Its files are all ES modules and name each other by their paths, so there is nothing to look up.
const inDrizzle = /\/node_modules\/drizzle-orm\/.*\.js$/

registerHooks({
  resolve(specifier, context, next) {
    const { parentURL } = context
    const isWithin = specifier.startsWith('.') && parentURL !== undefined && inDrizzle.test(parentURL)
    if (!isWithin) return next(specifier, context)
    return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true }
  },
})
