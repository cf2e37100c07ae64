import react from '@vitejs/plugin-react';
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { shellWorker } from './eng/shellWorker.ts';

const server = process.env['SWITCHYARD_URL'] ?? 'http://127.0.0.1:5080';
const passedOn = Object.fromEntries(
  ['/api', '/openapi', '/healthz', '/problems', '/channel-consent'].map((path) => [path, { target: server, changeOrigin: false }]),
);

/**
 * The script that sets light or dark before anything is drawn. It is a file of its own, because the content security
 * policy allows no inline script, and it blocks, because a flash of the wrong scheme hurts.
 */
function schemeFirst(): Plugin {
  const source = readFileSync(new URL('./src/house/look/scheme.js', import.meta.url), 'utf8');
  const name = `scheme-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.js`;
  return {
    name: 'scheme-first',
    configureServer(dev) {
      dev.middlewares.use(`/assets/${name}`, (_, answer) => {
        answer.setHeader('Content-Type', 'text/javascript').end(source);
      });
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: `assets/${name}`, source });
    },
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: `/assets/${name}` }, injectTo: 'head-prepend' }],
  };
}

export default defineConfig({
  plugins: [
    react(),
    schemeFirst(),
    // What the handheld needs without network: its own pages, signing in, and the texts of each language.
    shellWorker((modules) => modules.some((m) => /\/rooms\/(Handheld|Dock)\/|\/house\/(scan|offline)\/|\/shell\/Login\.tsx|\/texts\.(de|fr|es)\.ts$/.test(m))),
  ],
  resolve: { alias: { '@house': fileURLToPath(new URL('./src/house', import.meta.url)), '@rooms': fileURLToPath(new URL('./src/rooms', import.meta.url)) } },
  // The server puts the nonce of each answer in its place; Mantine and what it uses read it from the meta tag.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    manifest: false,
    modulePreload: { polyfill: false },
    target: 'es2023',
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { debugName: 'texts', name: (id: string) => /\/texts\.(de|fr|es)\.ts$/.exec(id)?.[1]?.replace(/^/, 'texts-') ?? null },
          ],
        },
      },
    },
  },
  server: { proxy: passedOn, port: Number(process.env['PORT'] ?? 5173), strictPort: true },
  preview: { proxy: passedOn },
});
