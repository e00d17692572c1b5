import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** What the browser loads by name from the root of the web's pages, and the app's pages as well. */
const lineWorklet: Plugin = {
  name: 'line-worklet',
  generateBundle() {
    const source = readFileSync(join(import.meta.dirname, '..', 'public', 'line-worklet.js'))
    this.emitFile({ type: 'asset', fileName: 'line-worklet.js', source })
  },
}

/** The web part of the app: the screens of ui/ in a shell of their own, built into mobile/dist for `cap sync`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), tailwindcss(), lineWorklet],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 900 },
})
