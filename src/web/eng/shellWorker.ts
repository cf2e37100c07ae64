import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/**
 * Writes sw.js: the service worker of the pages that work without network. It keeps their files under a version made of what is in them, so a new build is a
 * new worker, which waits until the old one's pages are closed or say that they are idle. It answers for those files and for opening such a page, and for
 * nothing else: what the API says is never kept.
 */
export function shellWorker(isKept: (modules: readonly string[]) => boolean): Plugin {
  return {
    name: 'shell-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((f) => f.type === 'chunk');
        const kept = new Set<string>();
        const take = (name: string) => {
          const chunk = chunks.find((c) => c.fileName === name);
          if (!chunk || kept.has(name)) return;
          kept.add(name);
          const css = (chunk as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? [];
          for (const file of css) kept.add(file);
          chunk.imports.forEach(take);
        };
        for (const chunk of chunks) if (chunk.isEntry || isKept(chunk.moduleIds)) take(chunk.fileName);
        for (const file of Object.values(bundle)) if (file.type === 'asset' && /(latin-wght-normal|scheme-|mark-).*\.(woff2|js|svg)$/.test(file.fileName)) kept.add(file.fileName);
        const files = [...kept].sort();
        const version = createHash('sha256');
        for (const name of files) {
          const file = bundle[name]!;
          version.update(name).update(file.type === 'chunk' ? file.code : file.source);
        }
        const source = readFileSync(new URL('shellWorker.js', import.meta.url), 'utf8');
        version.update(source);
        this.emitFile({
          type: 'asset',
          fileName: 'sw.js',
          source: source.replace("'__VERSION__'", JSON.stringify(version.digest('hex').slice(0, 12))).replace("['__FILES__']", JSON.stringify(files.map((f) => '/' + f))),
        });
      },
    },
  };
}
