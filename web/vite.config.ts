import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { marked } from 'marked'
import { type Plugin, defineConfig } from 'vite'

const port = process.env['API_PORT'] ?? '8787'
// Only while developing: the API checks where a change comes from, and the page comes from another port.
const proxy = {
  target: `http://127.0.0.1:${port}`,
  changeOrigin: true,
  headers: { origin: `http://127.0.0.1:${port}` },
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      // Loaders go with their pages: what the desk asks for is no phone's to carry.
      codeSplittingOptions: { defaultBehavior: [['component', 'loader'], ['errorComponent'], ['notFoundComponent']] },
      routesDirectory: `${import.meta.dirname}/src/routes`,
      generatedRouteTree: `${import.meta.dirname}/src/routeTree.gen.ts`,
      quoteStyle: 'single',
      semicolons: false,
    }),
    react(),
    guidePages(),
  ],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'chrome92',
    manifest: true,
    rolldownOptions: {
      output: {
        // What every page needs, in one piece: it packs better than in ten, and changes only with its versions.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store|hono|idb|@tanstack[\\/](react-router|router-core|history|store|react-store|react-query|query-core))[\\/]/,
            },
            {
              // What lists and records of the phone share, which whoever only files something does without.
              name: 'phone-lists',
              test: /web[\\/]src[\\/](ui[\\/]phone[\\/](more|refresh|filing-way)|outbox[\\/]kept-record|photo[\\/]pictures|features[\\/]hazards[\\/]phone[\\/](hazard-card|tags|op-cards))\./,
              priority: 1,
              includeDependenciesRecursively: false,
            },
            {
              // What all pages of the phone share: one request on a slow line, and not twelve in a row.
              name: 'phone',
              test: /web[\\/]src[\\/](ui[\\/]phone|outbox|photo|features[\\/]session[\\/]phone[\\/](shell|verify-sheet))|node_modules[\\/]valibot|shared[\\/](hazards[\\/](words|machine)|time|text|ids|problem)\.ts|web[\\/]src[\\/](api|features[\\/](hazards|workbench|places|session)[\\/]queries)/,
            },
          ],
        },
      },
    },
  },
  server: { port: 5173, strictPort: true, proxy: { '/api': proxy, '/p': proxy } },
})

/**
 * Pages of the guide as HTML, made while the client is built, so that no reader carries a renderer. They are our own
 * files and nobody else's; HTML inside them is refused, so that none can creep in.
 */
function guidePages(): Plugin {
  return {
    name: 'guide-pages',
    transform(code, id) {
      if (!/\/docs\/guide\/[\w-]+\.md$/.test(id)) return null
      const unsafe = marked.lexer(code).find(({ type }) => type === 'html')
      if (unsafe || /<[a-z/!]/i.test(code)) throw new Error(`${id} holds HTML`)
      return { code: `export default ${JSON.stringify(marked.parse(code, { async: false }))}`, map: null }
    },
  }
}
